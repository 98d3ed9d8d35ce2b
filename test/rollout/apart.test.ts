import { GetParameterCommand, ParameterNotFound } from '@aws-sdk/client-ssm';
import { expect } from 'chai';
import { build } from '../../src/build/build';
import { defineSystem } from '../../src/cfn';
import { Parameter } from '../../src/cfn/generated/ssm';
import { MeridianError } from '../../src/errors';
import { Build, fileParameters, plan, planDestroy, status, type DeployParameters, type RolloutOptions } from '../../src/rollout';
import { note, office, registry } from './support/office';
import { Rehearsal } from './support/rehearsal';
import { account, primary, secondary } from './support/shop';

describe('a deployment in an account of its own', function () {
  this.timeout(30_000);
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  beforeEach(async () => {
    await rehearsal.control.reset();
    await write('first');
  });
  after(() => rehearsal.stop());

  const write = (text: string) => build({ dist: rehearsal.dist, systems: [account(), office(text)] });
  const parameters = (values: Readonly<Record<string, string>> = { RegistryAccountId: registry }): DeployParameters => ({ file: 'parameters/office/test.yaml', suffix: 'main', values });
  const options = (values?: Readonly<Record<string, string>>): Pick<RolloutOptions, 'system' | 'parameters'> => ({ system: 'office', parameters: parameters(values) });
  const read = async (of: string, name: string, region = primary) => (await rehearsal.target.of(of).in(region).ssm.send(new GetParameterCommand({ Name: name }))).Parameter?.Value;
  const absent = async (of: string, name: string) => read(of, name).then(() => false, (error: unknown) => error instanceof ParameterNotFound);
  const outcomes = async (values?: Readonly<Record<string, string>>) => {
    const { exitCode, message, nodes } = await rehearsal.rollout(options(values));
    expect(exitCode, message).to.equal(0);
    return nodes.filter(({ node }) => node.system === 'office').map(({ node, outcome }) => `${node.deployment} ${outcome}`);
  };
  const own = () => rehearsal.target.account;

  it('stands there and nowhere else, and takes and gives values like any other', async () => {
    expect(await outcomes()).to.deep.equal(['base done', 'entry done', 'use done']);
    expect(await read(registry, note)).to.equal(`${registry} first`);
    expect(await absent(own(), note)).to.equal(true);
    expect(await absent(registry, '/office/name')).to.equal(true);
    expect(await read(own(), '/office/use', secondary)).to.equal(`${registry} first`);
  });

  it('changes nothing the second time, and when its value changes is brought forward', async () => {
    await outcomes();
    await rehearsal.control.resetCalls();
    expect(await outcomes()).to.deep.equal(['base unchanged', 'entry unchanged', 'use unchanged']);
    expect(await rehearsal.mutations()).to.deep.equal([]);
    await write('second');
    expect(await outcomes()).to.deep.equal(['base done', 'entry done', 'use done']);
    expect(await read(registry, note)).to.equal(`${registry} second`);
  });

  it('is planned against its account, with the values of the others', async () => {
    const before = await plan({ target: rehearsal.target, dist: rehearsal.dist, environment: 'test', ...options() });
    expect(before.nodes.filter(({ node }) => node.system === 'office').map(({ node, account, action }) => [node.deployment, account, action])).to.deep.equal([['base', undefined, 'create'], ['entry', registry, 'create'], ['use', undefined, 'create']]);
    await outcomes();
    await write('second');
    const { nodes } = await plan({ target: rehearsal.target, dist: rehearsal.dist, environment: 'test', ...options() });
    const entry = nodes.find(({ node }) => node.deployment === 'entry');
    expect([entry?.action, entry?.account, entry?.resources.map(({ logicalId }) => logicalId)]).to.deep.equal(['update', registry, ['Entry', 'PublishWritten']]);
  });

  it('is shown where it stands, and goes with its system', async () => {
    await outcomes();
    const shown = await status({ target: rehearsal.target, dist: rehearsal.dist, systems: [{ system: 'office', environment: 'test', ...parameters() }] });
    expect(shown.map(({ node, account, deployed }) => [node.deployment, account, deployed])).to.deep.equal([['base', own(), true], ['entry', registry, true], ['use', own(), true]]);
    expect((await planDestroy({ target: rehearsal.target, dist: rehearsal.dist, state: rehearsal.state, environment: 'test', ...options() })).protected).to.deep.equal([]);
    const { exitCode, message } = await rehearsal.destroy(options());
    expect(exitCode, message).to.equal(0);
    expect(await absent(registry, note)).to.equal(true);
  });

  it('stands with its system when the file gives it no account', async () => {
    await outcomes({});
    expect(await read(own(), note)).to.equal(`${own()} first`);
  });

  it('is a parameter that the file may give, and an account', () => {
    expect(fileParameters(Build.open(rehearsal.dist, 'office', 'test'))['RegistryAccountId']).to.include({ AllowedPattern: '^[0-9]{12}$' });
  });

  it('is left standing, and said so, when the file gives another account', async () => {
    await outcomes();
    const refusal = await rehearsal.rollout(options({ RegistryAccountId: '333333333333' })).then(() => undefined, (error: unknown) => error);
    expect(refusal).to.be.instanceOf(MeridianError).with.property('message').that.contains(`Account ${registry} not listed in parameters/office/test.yaml, but office entry stands there in ${primary}.`);
    expect(await read(registry, note)).to.equal(`${registry} first`);
  });

  it('reads no wire', () => {
    const wired = defineSystem({
      name: 'wired',
      title: 'Test',
      regions: { primary, secondary },
      namePattern: '{system}-{resource}-{environment}-{suffix}',
      costCenter: 'test',
      compliance: 'none',
      environments: { test: { short: 'tst', settings: {} } },
      deployments: (plan) =>
        plan
          .deploy('base', { description: 'Test', regions: { create: [primary], update: [primary] }, parameters: {} }, (root) => ({ wires: { Given: root.add('Name', new Parameter({ Type: 'String', Value: 'x' })).att('Value') } }))
          .deploy('entry', { description: 'Test', account: 'RegistryAccountId', regions: { create: [primary], update: [primary] }, parameters: {} }, (root, { base }) => {
            root.wire(base.Given);
            return { wires: {} };
          }),
    });
    expect(() => wired.build('test')).to.throw(MeridianError, 'Wire base.Given not read by entry: it may stand in another account (RegistryAccountId)');
  });
});
