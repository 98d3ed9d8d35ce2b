import {
  ChangeResourceRecordSetsCommand,
  GetHostedZoneCommand,
  ListResourceRecordSetsCommand,
  NoSuchHostedZone,
  Route53Client,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { mockClient, type AwsClientStub } from 'aws-sdk-client-mock';
import { expect } from 'chai';
import fc from 'fast-check';
import { changeBatches, emptyZone } from '../../../src/functions/empty/zone';

const signal = new AbortController().signal;
const apex: ResourceRecordSet[] = [
  { Name: 'kasha.example.', Type: 'NS', ResourceRecords: [{ Value: 'ns-1.example.' }] },
  { Name: 'kasha.example.', Type: 'SOA', ResourceRecords: [{ Value: 'ns-1.example. 1' }] },
];

describe('Emptying a hosted zone', () => {
  let route53: AwsClientStub<Route53Client>;
  let sets: ResourceRecordSet[];

  beforeEach(() => {
    route53 = mockClient(Route53Client);
    route53
      .on(GetHostedZoneCommand)
      .resolves({ HostedZone: { Id: 'Z1', Name: 'kasha.example.', CallerReference: 'r' } });
    route53
      .on(ListResourceRecordSetsCommand)
      .callsFake(({ MaxItems }) => ({ ResourceRecordSets: sets.slice(0, Number(MaxItems)) }));
    route53.on(ChangeResourceRecordSetsCommand).callsFake(({ ChangeBatch }) => {
      const gone = (ChangeBatch.Changes as { ResourceRecordSet: ResourceRecordSet }[]).map(
        (change) => change.ResourceRecordSet,
      );
      sets = sets.filter((set) => !gone.includes(set));
      return {};
    });
  });
  afterEach(() => route53.restore());

  for (const { title, set } of [
    {
      title: 'a certificate-validation CNAME',
      set: { Name: '_1.kasha.example.', Type: 'CNAME', ResourceRecords: [{ Value: '_2.acm-validations.aws.' }] },
    },
    {
      title: 'a delegation below the apex',
      set: { Name: 'dev.kasha.example.', Type: 'NS', ResourceRecords: [{ Value: 'ns-9.example.' }] },
    },
    {
      title: 'an alias at the apex',
      set: {
        Name: 'kasha.example.',
        Type: 'A',
        AliasTarget: { HostedZoneId: 'Z2', DNSName: 'd.cloudfront.net.', EvaluateTargetHealth: false },
      },
    },
    {
      title: 'a weighted record',
      set: {
        Name: 'w.kasha.example.',
        Type: 'A',
        SetIdentifier: 'one',
        Weight: 1,
        TTL: 60,
        ResourceRecords: [{ Value: '192.0.2.1' }],
      },
    },
  ] satisfies { title: string; set: ResourceRecordSet }[]) {
    it(`deletes ${title}, exactly as it stands, and keeps the NS and SOA of the apex`, async () => {
      sets = [...apex, set];
      await emptyZone('Z1', signal);
      expect(sets).to.deep.equal(apex);
      const [call] = route53.commandCalls(ChangeResourceRecordSetsCommand);
      expect(call?.args[0].input.ChangeBatch?.Changes).to.deep.equal([{ Action: 'DELETE', ResourceRecordSet: set }]);
    });
  }

  it('deletes more records than one page holds', async () => {
    sets = [
      ...apex,
      ...Array.from({ length: 650 }, (_, n): ResourceRecordSet => ({
        Name: `r${n}.kasha.example.`,
        Type: 'A',
        TTL: 60,
        ResourceRecords: [{ Value: '192.0.2.1' }],
      })),
    ];
    await emptyZone('Z1', signal);
    expect(sets).to.deep.equal(apex);
  });

  it('succeeds when the zone is gone already', async () => {
    route53.on(GetHostedZoneCommand).rejects(new NoSuchHostedZone({ message: 'gone', $metadata: {} }));
    await emptyZone('Z1', signal);
  });

  it('changes no more at once than Route 53 allows, in the order of the records', () => {
    const value = fc.record({ Value: fc.string({ maxLength: 4000 }) });
    const recordSet = fc.record({
      Name: fc.string(),
      Type: fc.constant('TXT' as const),
      ResourceRecords: fc.array(value, { maxLength: 8 }),
    });
    fc.assert(
      fc.property(fc.array(recordSet, { maxLength: 60 }), (all) => {
        const batches = changeBatches(all);
        expect(batches.flat()).to.deep.equal(all);
        for (const batch of batches) {
          const values = batch.flatMap((set) => set.ResourceRecords ?? []);
          expect(values.length).to.be.at.most(1000);
          expect(values.reduce((sum, { Value = '' }) => sum + Value.length, 0)).to.be.at.most(32_000);
        }
      }),
    );
  });

  it('counts an alias as one record of a change', () => {
    const alias: ResourceRecordSet = {
      Name: 'a.',
      Type: 'A',
      AliasTarget: { HostedZoneId: 'Z', DNSName: 'd.', EvaluateTargetHealth: true },
    };
    expect(changeBatches(Array.from({ length: 1001 }, () => alias)).map((batch) => batch.length)).to.deep.equal([
      1000, 1,
    ]);
  });
});
