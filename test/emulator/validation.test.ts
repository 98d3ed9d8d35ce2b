import { expect } from 'chai';
import { AWAY, type Outcome, Rehearsal, ref, type Resource } from './rehearsal';

const ZONE = { HostedZoneId: 'Z1', Name: 'a.example', Type: 'A' };

/** What is wrong, a resource with it, and the line that CloudFormation reports. */
const WRONG: [string, Resource, string][] = [
  ['an unknown property', { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16', Name: 'x' } }, '#: extraneous key [Name] is not permitted'],
  ['an unknown property inside another', { Type: 'AWS::ECR::Repository', Properties: { ImageScanningConfiguration: { Scan: true } } }, '#/ImageScanningConfiguration: extraneous key [Scan] is not permitted'],
  ['a missing property', { Type: 'AWS::EC2::Subnet', Properties: { CidrBlock: '10.0.0.0/24' } }, '#: required key [VpcId] not found'],
  ['a read-only property', { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16', VpcId: 'vpc-1' } }, '#: extraneous key [VpcId] is not permitted'],
  ['an object for a string', { Type: 'AWS::SQS::Queue', Properties: { QueueName: { a: 'b' } } }, '#/QueueName: expected type: String, found: JSONObject'],
  ['a word for a number', { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 'long' } }, '#/VisibilityTimeout: expected type: Integer, found: String'],
  ['a value outside the enum', { Type: 'AWS::ECR::Repository', Properties: { ImageTagMutability: 'SOMETIMES' } }, '#/ImageTagMutability: SOMETIMES is not a valid enum value'],
  ['a value that misses the pattern', { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'no-prefix', TargetKeyId: 'x' } }, '#/AliasName: failed validation constraint for keyword [pattern]'],
  ['a string that is too long', { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'x'.repeat(513) } }, '#/LogGroupName: expected maxLength: 512, actual: 513'],
  ['a number that is too small', { Type: 'AWS::Lambda::Function', Properties: { Code: {}, Role: 'arn:aws:iam::111111111111:role/x', Timeout: 0 } }, '#/Timeout: 0 is not greater or equal to 1'],
  ['a number that is too big', { Type: 'AWS::ECS::ClusterCapacityProviderAssociations', Properties: { Cluster: 'c', CapacityProviders: [], DefaultCapacityProviderStrategy: [{ CapacityProvider: 'FARGATE', Base: 100001 }] } }, '#/DefaultCapacityProviderStrategy/0/Base: 100001 is not less or equal to 100000'],
  ['too few items', { Type: 'AWS::Logs::MetricFilter', Properties: { FilterPattern: '', LogGroupName: 'x', MetricTransformations: [] } }, '#/MetricTransformations: expected minimum item count: 1, found: 0'],
  ['too many items', { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmRule: 'TRUE', AlarmActions: ['a', 'b', 'c', 'd', 'e', 'f'] } }, '#/AlarmActions: expected maximum item count: 5, found: 6'],
  ['a range of addresses that is none', { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: 'hello' } }, '#/CidrBlock: [hello] is not a valid CIDR block'],
  ['neither of two properties of which one is needed', { Type: 'AWS::EC2::VPC', Properties: {} }, '#: 0 subschemas matched instead of one'],
];

describe('validation of properties against the registry schema', () => {
  let aws: Rehearsal;
  before(async () => {
    aws = await Rehearsal.open();
  });
  after(() => aws.close());

  for (const [what, Wrong, message] of WRONG) {
    it(`fails the resource and rolls back for ${what}`, async () => {
      const outcome: Outcome = await aws.create({ Resources: { Wrong } });
      expect(outcome.status).to.equal('ROLLBACK_COMPLETE');
      expect(outcome.reasons).to.contain('Properties validation failed for resource Wrong with message:').and.contain(message);
    });
  }

  it('reports all violations of a resource at once', async () => {
    const { reasons } = await aws.create({ Resources: { Wrong: { Type: 'AWS::Route53::RecordSet', Properties: { ...ZONE, Nope: 1, Neither: 2 } } } });
    expect(reasons).to.contain('#: 2 schema violations found').and.contain('[Nope]').and.contain('[Neither]');
  });

  it('takes numbers and booleans that parameters give as strings', async () => {
    const { status } = await aws.create({
      Parameters: { Seconds: { Type: 'Number', Default: 45 }, Fifo: { Type: 'String', Default: 'true' } },
      Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: ref('Seconds'), FifoQueue: ref('Fifo') } } },
    });
    expect(status).to.equal('CREATE_COMPLETE');
  });

  it('validates an update too and keeps what was', async () => {
    const queue = (properties: object) => ({ Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 5, ...properties } } } });
    const stack = await aws.create(queue({}));
    const updated = await aws.update(stack, queue({ Delay: 5 }));
    expect(updated.status).to.equal('UPDATE_ROLLBACK_COMPLETE');
    expect(updated.reasons).to.contain('extraneous key [Delay] is not permitted');
  });

  it('refuses a resource type that the region does not offer', async () => {
    const message = await aws.refusal({ Resources: { Report: { Type: 'AWS::CUR::ReportDefinition', Properties: {} } } }, { region: AWAY });
    expect(message).to.equal('ValidationError: Template format error: Unrecognized resource types: [AWS::CUR::ReportDefinition]');
  });
});
