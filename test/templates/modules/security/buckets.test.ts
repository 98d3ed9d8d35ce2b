import { expect } from 'chai';
import { Fn, TemplateBuilder } from '../../../../src/cfn';
import { bucket } from '../../../../templates/modules/security/bucket';
import { replication } from '../../../../templates/modules/security/replication';
import { contextOf } from '../../kasha/built';
import { emitted, properties } from '../emitting';

const builder = () => new TemplateBuilder('buckets', { description: 'Buckets', parameters: {} }, contextOf('production'));
const cold = { Id: 'cold', Status: 'Enabled', Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 30 }] };

describe('Buckets', () => {
  it('move their objects to cold storage, log and replicate only where they are asked to', () => {
    const t = builder();
    const name = t.resourceName('files', 'world');
    bucket(t, 'Plain', { name, retained: false });
    bucket(t, 'Full', { name, retained: false, coldAfterDays: 30, accessLogBucket: Fn.Ref('Plain'), replication: Fn.Ref('Copied') });
    const rulesOf = (id: string) => (properties(t, id)['LifecycleConfiguration'] as { readonly Rules: readonly unknown[] }).Rules;
    expect(rulesOf('Plain')).to.have.length(2);
    expect(rulesOf('Full').slice(2)).to.deep.equal([cold]);
    expect(properties(t, 'Plain')).not.to.have.any.keys('LoggingConfiguration', 'ReplicationConfiguration');
    expect(properties(t, 'Full')).to.deep.include({
      LoggingConfiguration: { DestinationBucketName: { Ref: 'Plain' }, LogFilePrefix: { 'Fn::Sub': 'kasha-files-prod-${EnvironmentSuffix}-${AWS::AccountId}-${AWS::Region}/' } },
      ReplicationConfiguration: { Ref: 'Copied' },
    });
  });

  it('move their objects to less used and then to cold storage, as they are told', () => {
    const t = builder();
    bucket(t, 'Lake', { name: t.resourceName('lake', 'world'), retained: true, infrequentAfterDays: 30, coldAfterDays: 90, noncurrentDays: 365 });
    const { Rules } = properties(t, 'Lake')['LifecycleConfiguration'] as { readonly Rules: readonly unknown[] };
    expect(Rules.slice(1)).to.deep.equal([
      { Id: 'old-versions', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 365 } },
      { Id: 'infrequent', Status: 'Enabled', Transitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 30 }] },
      { Id: 'cold', Status: 'Enabled', Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 90 }] },
    ]);
  });

  it('are copied within a time only where somebody pays for it', () => {
    const rule = (timeControl?: boolean): unknown => {
      const t = builder();
      const source = t.resourceName('files', 'world');
      const destination = { region: 'ap-southeast-1', bucket: source.in('ap-southeast-1'), key: t.resourceName('default') };
      const { Rules } = replication(t, 'Copier', { roleName: t.resourceName('copy', 'account'), source, sourceKeyArn: Fn.Ref('Key'), destination, timeControl });
      const [{ Destination: { Metrics, ReplicationTime } }] = JSON.parse(JSON.stringify(Rules)) as [{ readonly Destination: Record<string, unknown> }];
      return { Metrics, ReplicationTime };
    };
    expect(rule()).to.deep.equal({ Metrics: { Status: 'Enabled' }, ReplicationTime: undefined });
    expect(rule(true)).to.deep.equal({ Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } }, ReplicationTime: { Status: 'Enabled', Time: { Minutes: 15 } } });
  });

  it('have the role that copies where they are the source, and only there', () => {
    const t = builder();
    const source = t.resourceName('files', 'world');
    const destination = { region: 'ap-southeast-1', bucket: source.in('ap-southeast-1'), key: t.resourceName('default') };
    const { Role, Rules } = replication(t, 'Copier', { roleName: t.resourceName('copy', 'account'), source, sourceKeyArn: Fn.Ref('Key'), destination, when: t.isPrimary });
    expect(emitted(t)['Copier']).to.include({ Type: 'AWS::IAM::Role', Condition: 'IsPrimary' });
    expect(JSON.parse(JSON.stringify(Role))).to.deep.equal({ 'Fn::GetAtt': ['Copier', 'Arn'] });
    const [rule] = JSON.parse(JSON.stringify(Rules)) as readonly { readonly Destination: { readonly Bucket: unknown } }[];
    expect(rule?.Destination.Bucket).to.deep.equal({ 'Fn::Sub': 'arn:${AWS::Partition}:s3:::kasha-files-prod-${EnvironmentSuffix}-${AWS::AccountId}-ap-southeast-1' });
  });
});
