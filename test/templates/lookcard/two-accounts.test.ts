import { CloudFormationClient, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { ListHostedZonesCommand, ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../../src/build/build';
import { LocalAwsControl, startLocalAws, type LocalAws } from '../../../src/local-aws';
import { Build, destroy, fileParameters, openTarget, readParametersFile, rollout, type Target } from '../../../src/rollout';
import { checkout } from '../../../src/toolchain';
import { account } from '../../../templates/account';
import { lookcard } from '../../../templates/systems/lookcard';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const dnsAccount = '222222222222';
const environment = 'testing';
const domain = 'cards.example.com';
const subDomain = `${environment}.${domain}.`;
const regions = ['ap-southeast-1', 'us-east-1'] as const;

/** One account rolls the platform, another owns the domain. */
describe('LookCard on the local AWS in two accounts', function () {
  this.timeout(240_000);
  const dist = mkdtempSync(join(tmpdir(), 'meridian-lookcard-'));
  let aws: LocalAws;
  let target: Target;
  let control: LocalAwsControl;

  before(async () => {
    await build({ dist, systems: [account, lookcard] });
    aws = await startLocalAws();
    target = await openTarget({ kind: 'local', endpoint: aws.endpoint });
    control = new LocalAwsControl(aws.endpoint);
  });
  after(async () => {
    target.close();
    await aws.stop();
    rmSync(dist, { recursive: true, force: true });
  });

  const options = () => {
    const parametersOf = (name: string, of: string) => readParametersFile(join(checkout, 'parameters'), name, of, fileParameters(Build.open(dist, name, of)));
    const { values, ...rest } = parametersOf('lookcard', environment);
    return { target, dist, state: join(dist, 'state'), system: 'lookcard', environment, parameters: { ...rest, values: { ...values, DomainName: domain, DnsAccountId: dnsAccount } }, sharedParameters: parametersOf('account', 'shared') };
  };

  const rolled = async (): Promise<readonly string[]> => {
    const { exitCode, message, nodes } = await rollout(options());
    expect(exitCode, message).to.equal(0);
    return nodes.filter(({ node }) => node.system === 'lookcard').map(({ node, action, resources }) => `${node.deployment} ${resources === 0 ? 'none' : action}`);
  };

  /** The public zones of an account with their records but those that every zone has, as `name type values`. */
  const zonesOf = async (of: string): Promise<Readonly<Record<string, readonly string[]>>> => {
    const { route53 } = target.of(of);
    const { HostedZones = [] } = await route53.send(new ListHostedZonesCommand({}));
    const zones = HostedZones.filter(({ Config }) => !Config?.PrivateZone).map(async ({ Id, Name = '' }) => {
      const { ResourceRecordSets = [] } = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: Id }));
      const own = ResourceRecordSets.filter((record) => !(record.Name === Name && ['NS', 'SOA'].includes(record.Type ?? '')));
      return [Name, own.map((record) => `${record.Name} ${record.Type}`).sort()] as const;
    });
    return Object.fromEntries(await Promise.all(zones));
  };

  const stacksOf = async (of: string): Promise<readonly string[]> => {
    const names = regions.map(async (region) => {
      const client = new CloudFormationClient(target.of(of).clientConfig(region));
      const { StackSummaries = [] } = await client.send(new ListStacksCommand({ StackStatusFilter: ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] })).finally(() => client.destroy());
      return StackSummaries.flatMap(({ StackName = '' }) => (StackName.includes('lookcard') ? [StackName] : []));
    });
    return (await Promise.all(names)).flat();
  };

  it('LKC-11 LKC-12 writes the delegation of the sub-domain into the zone of the account that owns the domain, and everything else into its own', async () => {
    const first = await rolled();
    expect(first.filter((node) => !node.endsWith(' create'))).to.deep.equal([]);
    expect(first.slice(0, 3)).to.have.members(['parent-zone create', 'zone create', 'delegation create']);
    expect(Object.entries(await zonesOf(dnsAccount))).to.deep.equal([[`${domain}.`, [`${subDomain} NS`]]]);
    const own = await zonesOf(target.account);
    expect(Object.keys(own)).to.deep.equal([subDomain]);
    expect(own[subDomain]).to.include.members([`${subDomain} A`, `${subDomain} AAAA`, `api.${subDomain} A`, `origin.${subDomain} A`]);
    const apart = (await stacksOf(dnsAccount)).map((name) => /-(ParentZone|Delegation)-/.exec(name)?.[1] ?? 'root');
    expect(apart.sort()).to.deep.equal(['Delegation', 'ParentZone', 'root', 'root']);
  });

  it('LKC-11 changes nothing in either account the second time', async () => {
    await control.resetCalls();
    expect((await rolled()).filter((node) => !node.endsWith(' none'))).to.deep.equal([]);
  });

  it('LKC-11 is destroyed to nothing in both accounts', async () => {
    const { exitCode, message, kept } = await destroy(options());
    expect([exitCode, message, kept]).to.deep.equal([0, undefined, []]);
    expect([await stacksOf(target.account), await stacksOf(dnsAccount)]).to.deep.equal([[], []]);
    expect([await zonesOf(target.account), await zonesOf(dnsAccount)]).to.deep.equal([{}, {}]);
  });
});
