import { expect } from 'chai';
import { MeridianError } from '../../../src/errors';
import { knownParameters, parameterOverrides, samParameters, type ReadParameterStore } from '../../../src/rollout/sam/parameters';
import { WrittenDist } from '../support/built';
import { nodesOf, paper } from './paper';

describe('the values that sam deploy gives a stack', () => {
  const dist = new WrittenDist();
  const build = paper(dist);
  after(() => dist.remove());

  const shop = (values: Record<string, string>, suffix?: string) => nodesOf(build, { DomainName: 'a.b', ...values }, suffix).at(-1)!;

  /** A Parameter Store of each region, which notes what is asked of it. */
  function parameterStore(content: Record<string, Record<string, string>>): { read: ReadParameterStore; asked: string[] } {
    const asked: string[] = [];
    const read: ReadParameterStore = (region, names) => {
      asked.push(...names.map((name) => `${region} ${name}`));
      return Promise.resolve(Object.fromEntries(Object.entries(content[region] ?? {}).filter(([name]) => names.includes(name))));
    };
    return { read, asked };
  }

  const published = {
    'us-east-1': { '/meridian/paper/test/main/zone/HostedZoneId': 'Z1' },
    'ap-southeast-1': { '/meridian/paper/test/main/base/KeyArn': 'arn:key' },
  };

  it('are known before anything stands, but for outputs of other regions', () => {
    expect(knownParameters(shop({}))).to.deep.equal({ EnvironmentSuffix: 'main', DomainName: 'a.b', Size: '2' });
  });

  it('name the wires of another copy of the environment', () => {
    expect(knownParameters(shop({}, 'blue'))).to.include({ EnvironmentSuffix: 'blue', BaseVpcId: '/meridian/paper/test/blue/base/VpcId' });
  });

  it('are completed by outputs, each read in the region that published it', async () => {
    const { read, asked } = parameterStore(published);
    expect(await samParameters(shop({}), read)).to.deep.equal({ EnvironmentSuffix: 'main', DomainName: 'a.b', Size: '2', HostedZoneId: 'Z1', SecondaryKeyArn: 'arn:key' });
    expect(asked).to.have.members(['us-east-1 /meridian/paper/test/main/zone/HostedZoneId', 'ap-southeast-1 /meridian/paper/test/main/base/KeyArn']);
  });

  it('are those of the same copy of the environment', async () => {
    const { read, asked } = parameterStore({});
    await samParameters(shop({}, 'blue'), read).catch(() => undefined);
    expect(asked).to.include('us-east-1 /meridian/paper/test/blue/zone/HostedZoneId');
  });

  it('are not looked up where the parameters file gives them', async () => {
    const { read, asked } = parameterStore(published);
    expect(await samParameters(shop({ HostedZoneId: 'Z2' }), read)).to.include({ HostedZoneId: 'Z2' });
    expect(asked.join()).to.not.contain('HostedZoneId');
  });

  it('are refused while outputs are missing, with what to deploy first and in which order', async () => {
    const error = await samParameters(shop({}), parameterStore({}).read).then(() => undefined, (thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(MeridianError).with.property('exitCode', 1);
    expect((error as Error).message).to.equal(
      'Parameters of paper-test-shop-ap-southeast-1 not published yet: SecondaryKeyArn (/meridian/paper/test/main/base/KeyArn in ap-southeast-1), ' +
        'HostedZoneId (/meridian/paper/test/main/zone/HostedZoneId in us-east-1). Deploy paper-test-zone-us-east-1, then paper-test-base-ap-southeast-1 first.',
    );
  });

  it('are one argument on the command line, empty values and quotes included', () => {
    expect(parameterOverrides({ A: 'one two', B: '', C: 'say "hi"' })).to.equal('A="one two" B="" C="say \\"hi\\""');
  });
});
