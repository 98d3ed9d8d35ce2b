import { CloudFormationClient, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { ListHostedZonesCommand, ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { expect } from 'chai';
import { destroy } from '../../../src/rollout';
import { lookcard } from '../../../templates/systems/lookcard';
import { RolledSystem } from '../rolled-system';

const dnsAccount = '222222222222';
const environment = 'testing';
const domain = 'cards.example.com';
const values = { DomainName: domain, DnsAccountId: dnsAccount };
const subDomain = `${environment}.${domain}.`;
const regions = ['ap-southeast-1', 'us-east-1'] as const;

/** One account rolls the platform, another owns the domain. */
describe('LookCard on the local AWS in two accounts', function () {
  this.timeout(240_000);
  let platform: RolledSystem;

  before(async () => {
    platform = await RolledSystem.open(lookcard, environment);
  });
  after(() => platform?.close());

  /** Rolls, and says of each deployment what was done; this environment has each in one region only. */
  const rolled = async (): Promise<readonly string[]> => (await platform.rolled(values)).map((node) => node.replace(/ \S+/, ''));

  /** The public zones of an account with their records but those that every zone has, as `name type values`. */
  const zonesOf = async (of: string): Promise<Readonly<Record<string, readonly string[]>>> => {
    const { route53 } = platform.target.of(of);
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
      const client = new CloudFormationClient(platform.target.of(of).clientConfig(region));
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
    const own = await zonesOf(platform.target.account);
    expect(Object.keys(own)).to.deep.equal([subDomain]);
    expect(own[subDomain]).to.include.members([`${subDomain} A`, `${subDomain} AAAA`, `api.${subDomain} A`, `origin.${subDomain} A`]);
    const apart = (await stacksOf(dnsAccount)).map((name) => /-(ParentZone|Delegation)-/.exec(name)?.[1] ?? 'root');
    expect(apart.sort()).to.deep.equal(['Delegation', 'ParentZone', 'root', 'root']);
  });

  it('LKC-11 changes nothing in either account the second time', async () => {
    expect((await rolled()).filter((node) => !node.endsWith(' none'))).to.deep.equal([]);
  });

  it('LKC-11 is destroyed to nothing in both accounts', async () => {
    const { exitCode, message, kept } = await destroy(platform.options(values));
    expect([exitCode, message, kept]).to.deep.equal([0, undefined, []]);
    expect([await stacksOf(platform.target.account), await stacksOf(dnsAccount)]).to.deep.equal([[], []]);
    expect([await zonesOf(platform.target.account), await zonesOf(dnsAccount)]).to.deep.equal([{}, {}]);
  });
});
