import { expect } from 'chai';
import { resolveInstance, type Template, type TemplateResource } from '../../../src/resolve';
import { compareInstances, compareWritten, type Comparison } from '../../../src/rollout/plan/compare';

type Resources = Readonly<Record<string, TemplateResource>>;

/** Resources of a root, and of a stack `Data` that it nests. */
interface Version {
  readonly root?: Resources;
  readonly data?: Resources;
  readonly values?: Readonly<Record<string, string>>;
}

function instance({ root = {}, data = {}, values = {} }: Version, region: string) {
  const parameter = { Type: 'String', Default: 'unset' };
  const nested: Template = { Parameters: { Name: parameter }, Conditions: { IsPrimary: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] } }, Resources: data, Outputs: 'Table' in data ? { Table: { Value: { Ref: 'Table' } } } : {} };
  const template: Template = { Parameters: { Name: parameter }, Resources: { ...root, Data: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './data.json', Parameters: { Name: { Ref: 'Name' } } } } } };
  return resolveInstance({ id: 'test', root: template, templates: { 'data.json': nested }, region, accountId: '111111111111', parameters: values });
}

function compare(before: Version, after: Version, region = 'us-east-1'): Comparison {
  return compareInstances(instance(before, region), instance(after, region));
}

/** Changes as `action path: property before → after (replaces)`. */
function lines({ resources }: Comparison): string[] {
  return resources.flatMap(({ action, old, path, logicalId, properties }) => {
    const head = [action, ...(old ? [old] : []), [...path, logicalId].join('/')].join(' ');
    if (properties.length === 0) return [head];
    return properties.map(({ property, before, after, replaces }) => `${head}: ${property} ${JSON.stringify(before)} → ${JSON.stringify(after)} (${replaces})`);
  });
}

const queue = (properties: object, more: object = {}): TemplateResource => ({ Type: 'AWS::SQS::Queue', Properties: { ...properties }, ...more });
const table = (key: string, more: object = {}): TemplateResource => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: { TableName: 'ledger', KeySchema: [{ AttributeName: key, KeyType: 'HASH' }], AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }] },
  ...more,
});
const note = (value: unknown): TemplateResource => ({ Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Name: '/note', Value: value } });

describe('comparing two versions of an instance', () => {
  const cases: readonly { readonly title: string; readonly before: Version; readonly after: Version; readonly region?: string; readonly expected: readonly string[] }[] = [
    { title: 'says nothing of equal versions', before: { data: { Q: queue({ DelaySeconds: 1 }) } }, after: { data: { Q: queue({ DelaySeconds: 1 }) } }, expected: [] },
    {
      title: 'names a changed property in a nested stack, with both values',
      before: { data: { Q: queue({ VisibilityTimeout: 30 }) } },
      after: { data: { Q: queue({ VisibilityTimeout: 60 }) } },
      expected: ['change Data/Q: VisibilityTimeout 30 → 60 (never)'],
    },
    {
      title: 'goes down to the value that differs inside a property',
      before: { data: { Q: queue({ RedrivePolicy: { maxReceiveCount: 3, deadLetterTargetArn: 'a' } }) } },
      after: { data: { Q: queue({ RedrivePolicy: { maxReceiveCount: 5, deadLetterTargetArn: 'a' } }) } },
      expected: ['change Data/Q: RedrivePolicy.maxReceiveCount 3 → 5 (never)'],
    },
    {
      title: 'names a property that comes or goes',
      before: { data: { Q: queue({ DelaySeconds: 5 }) } },
      after: { data: { Q: queue({ KmsMasterKeyId: 'key' }) } },
      expected: ['change Data/Q: DelaySeconds 5 → undefined (never)', 'change Data/Q: KmsMasterKeyId undefined → "key" (never)'],
    },
    { title: 'tells an addition', before: {}, after: { data: { Q: queue({}) } }, expected: ['add Data/Q'] },
    { title: 'tells a removal that deletes', before: { data: { Q: queue({}) } }, after: {}, expected: ['remove deleted Data/Q'] },
    { title: 'tells a removal that keeps', before: { data: { Q: queue({}, { DeletionPolicy: 'Retain' }) } }, after: {}, expected: ['remove kept Data/Q'] },
    { title: 'tells a removal that leaves a snapshot', before: { data: { Q: queue({}, { DeletionPolicy: 'Snapshot' }) } }, after: {}, expected: ['remove snapshot Data/Q'] },
    {
      title: 'tells a replacement by a property that can only be given at creation',
      before: { data: { Q: queue({ QueueName: 'orders' }) } },
      after: { data: { Q: queue({ QueueName: 'bestellungen' }) } },
      expected: ['replace deleted Data/Q: QueueName "orders" → "bestellungen" (always)'],
    },
    {
      title: 'says that the old one is kept only when both versions keep it',
      before: { data: { Q: queue({ QueueName: 'a' }, { UpdateReplacePolicy: 'Retain' }), R: queue({ QueueName: 'c' }) } },
      after: { data: { Q: queue({ QueueName: 'b' }, { UpdateReplacePolicy: 'Retain' }), R: queue({ QueueName: 'd' }, { UpdateReplacePolicy: 'Retain' }) } },
      expected: [
        'replace kept Data/Q: QueueName "a" → "b" (always)',
        'replace deleted Data/R: QueueName "c" → "d" (always)',
        'replace deleted Data/R: UpdateReplacePolicy undefined → "Retain" (never)',
      ],
    },
    {
      title: 'follows a replacement to what refers to it from another stack',
      before: { root: { Note: note({ 'Fn::GetAtt': ['Data', 'Outputs.Table'] }) }, data: { Table: table('id') } },
      after: { root: { Note: note({ 'Fn::GetAtt': ['Data', 'Outputs.Table'] }) }, data: { Table: { ...table('id'), Properties: { ...table('id').Properties, TableName: 'other' } } } },
      expected: ['replace deleted Data/Table: TableName "ledger" → "other" (always)', 'change Note: Value "Data/Table" → "Data/Table (the new one)" (never)'],
    },
    {
      title: 'follows it on through what can only be given at creation',
      before: { data: { Q: queue({ QueueName: 'a' }), Policy: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: 'f', EventSourceArn: { 'Fn::GetAtt': ['Q', 'Arn'] } } } } },
      after: { data: { Q: queue({ QueueName: 'b' }), Policy: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: 'f', EventSourceArn: { 'Fn::GetAtt': ['Q', 'Arn'] } } } } },
      expected: [
        'replace deleted Data/Q: QueueName "a" → "b" (always)',
        'replace deleted Data/Policy: EventSourceArn {"Fn::GetAtt":["DataQ","Arn"]} → {"Fn::GetAtt":["DataQ(replaced)","Arn"]} (always)',
      ],
    },
    {
      title: 'sees a parameter that changes a property although no template changed',
      before: { data: { Q: queue({ QueueName: { Ref: 'Name' } }) }, values: { Name: 'a' } },
      after: { data: { Q: queue({ QueueName: { Ref: 'Name' } }) }, values: { Name: 'b' } },
      expected: ['replace deleted Data/Q: QueueName "a" → "b" (always)'],
    },
    {
      title: 'sees what a condition adds in its own region',
      before: {},
      after: { data: { Q: queue({}, { Condition: 'IsPrimary' }) } },
      expected: ['add Data/Q'],
    },
    {
      title: 'does not see it in another region',
      before: {},
      after: { data: { Q: queue({}, { Condition: 'IsPrimary' }) } },
      region: 'ap-southeast-1',
      expected: [],
    },
    {
      title: 'puts lost data first, then other removals, then changes and additions',
      before: { data: { A: note('1'), B: note('2'), Z: table('id'), Y: queue({ DelaySeconds: 1 }) } },
      after: { data: { A: note('3'), Y: queue({ DelaySeconds: 2 }), C: note('4') } },
      expected: ['remove deleted Data/Z', 'remove deleted Data/B', 'change Data/A: Value "1" → "3" (never)', 'change Data/Y: DelaySeconds 1 → 2 (never)', 'add Data/C'],
    },
  ];
  for (const { title, before, after, region, expected } of cases) {
    it(title, () => expect(lines(compare(before, after, region))).to.deep.equal(expected));
  }

  it('knows which of the changed resources store data', () => {
    const { resources } = compare({ data: { Table: table('id'), Note: note('1') } }, { data: { Note: note('2') } });
    expect(resources.map(({ logicalId, storesData }) => [logicalId, storesData])).to.deep.equal([['Table', true], ['Note', false]]);
  });

  it('lists policy statements that come and go', () => {
    const role = (action: string): TemplateResource => ({
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: { Statement: [] }, Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: action, Resource: 'arn:aws:s3:::bucket/*' }] } }] },
    });
    const { permissions } = compare({ data: { Role: role('s3:GetObject') } }, { data: { Role: role('s3:*') } });
    expect(permissions.map(({ sign, effect, action, resource }) => [sign, effect, action, resource].join(' '))).to.deep.equal(['- Allow s3:GetObject arn:aws:s3:::bucket/*', '+ Allow s3:* arn:aws:s3:::bucket/*']);
  });

  it('lists rules of security groups that come and go', () => {
    const group = (CidrIp: string): TemplateResource => ({ Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'g', VpcId: 'vpc-1', SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp }] } });
    const { rules } = compare({ data: { Group: group('0.0.0.0/0') } }, { data: { Group: group('10.0.0.0/8') } });
    expect(rules.map(({ sign, direction, protocol, peer }) => [sign, direction, protocol, peer].join(' '))).to.deep.equal(['- in TCP 443 Everyone (IPv4)', '+ in TCP 443 10.0.0.0/8']);
  });

  it('lists all of what is created, without the rules that are all new', () => {
    const { resources, permissions, rules } = compareInstances(undefined, instance({ root: { Note: note('1') }, data: { Table: table('id') } }, 'us-east-1'));
    expect(resources.map(({ action, logicalId }) => `${action} ${logicalId}`)).to.deep.equal(['add Table', 'add Note']);
    expect([...permissions, ...rules]).to.deep.equal([]);
  });

  it('compares as written what stands and cannot be resolved', () => {
    const after = instance({ data: { Table: table('id'), Q: queue({ QueueName: { Ref: 'Name' } }) } }, 'us-east-1');
    const before = new Map<string, Template>([['', { Resources: {} }], ['Data', { Resources: { Table: table('key'), Q: queue({ QueueName: { Ref: 'Gone' } }) } }]]);
    expect(lines(compareWritten(before, after))).to.deep.equal([
      'replace deleted Data/Q: QueueName {"Ref":"Gone"} → {"Ref":"Name"} (always)',
      ...['KeySchema', 'AttributeDefinitions'].map((property) => `replace deleted Data/Table: ${property}.0.AttributeName "key" → "id" (${property === 'KeySchema' ? 'always' : 'never'})`),
    ]);
  });
});
