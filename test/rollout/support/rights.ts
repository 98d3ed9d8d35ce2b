/** A call with what IAM would ask about it. */
export interface Asked {
  readonly action: string;
  readonly resource: string;
}

/** A statement as a bootstrap template has it. */
export interface AllowStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly (string | { readonly 'Fn::Sub': string })[];
  readonly Condition?: unknown;
}

type Input = Readonly<Record<string, unknown>>;

/** Where a call goes, and what it says. */
export interface Call {
  /** For example `DescribeStacks`. */
  readonly command: string;
  readonly region: string;
  readonly input: Input;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The actions of a command, each with its resource: one of several is enough to be refused. */
const asking: Readonly<Record<string, (input: Input, place: string) => readonly Asked[]>> = {
  ...Object.fromEntries(['CreateStackInstances', 'DeleteStackInstances', 'DescribeStackSet', 'DescribeStackSetOperation', 'ListStackInstances', 'ListStackSetOperationResults', 'ListStackSetOperations', 'UpdateStackInstances'].map((command) => [command, (input: Input, place: string) => [ofStackSet(command, input, place)]])),
  ...Object.fromEntries(['DescribeStackEvents', 'DescribeStacks', 'GetTemplate', 'ListStackResources'].map((command) => [command, (input: Input, place: string) => [ofStack(command, input, place)]])),
  CreateStackSet: (input, place) => [{ action: 'cloudformation:CreateStackSet', resource: '*' }, ofStackSet('TagResource', input, place), passed(input)],
  UpdateStackSet: (input, place) => [ofStackSet('UpdateStackSet', input, place), ofStackSet('TagResource', input, place), ofStackSet('UntagResource', input, place), passed(input)],
  ListTypes: () => [{ action: 'cloudformation:ListTypes', resource: '*' }],
  GetParameters: ({ Names }, place) => (Names as readonly string[]).map((name) => ({ action: 'ssm:GetParameters', resource: `arn:aws:ssm:${place}:parameter${name}` })),
  DescribeAlarms: () => [{ action: 'cloudwatch:DescribeAlarms', resource: '*' }],
  DescribeImages: ({ repositoryName }, place) => [{ action: 'ecr:DescribeImages', resource: `arn:aws:ecr:${place}:repository/${text(repositoryName)}` }],
  GetHostedZone: ({ Id }) => [{ action: 'route53:GetHostedZone', resource: `arn:aws:route53:::hostedzone/${text(Id)}` }],
  DescribeSecret: ({ SecretId }, place) => [{ action: 'secretsmanager:DescribeSecret', resource: `arn:aws:secretsmanager:${place}:secret:${text(SecretId)}-abcdef` }],
  DescribeVpcs: () => [{ action: 'ec2:DescribeVpcs', resource: '*' }],
  DescribeAddresses: () => [{ action: 'ec2:DescribeAddresses', resource: '*' }],
  GetServiceQuota: ({ ServiceCode, QuotaCode }, place) => [{ action: 'servicequotas:GetServiceQuota', resource: `arn:aws:servicequotas:${place}:${text(ServiceCode)}/${text(QuotaCode)}` }],
  DescribeDBInstances: ({ DBInstanceIdentifier }, place) => [{ action: 'rds:DescribeDBInstances', resource: `arn:aws:rds:${place}:db:${text(DBInstanceIdentifier)}` }],
  DescribeGlobalClusters: ({ GlobalClusterIdentifier }, place) => [{ action: 'rds:DescribeGlobalClusters', resource: `arn:aws:rds::${place.split(':')[1]}:global-cluster:${text(GlobalClusterIdentifier)}` }],
  GetObject: ({ Bucket, Key }) => [{ action: 's3:GetObject', resource: `arn:aws:s3:::${text(Bucket)}/${text(Key)}` }],
  HeadObject: ({ Bucket, Key }) => [{ action: 's3:GetObject', resource: `arn:aws:s3:::${text(Bucket)}/${text(Key)}` }, { action: 's3:ListBucket', resource: `arn:aws:s3:::${text(Bucket)}` }],
  // Whether somebody has a name is told by 403 or 404 without a right; only our own buckets are expected to answer.
  HeadBucket: ({ Bucket, ExpectedBucketOwner }) => (ExpectedBucketOwner === undefined ? [] : [{ action: 's3:ListBucket', resource: `arn:aws:s3:::${text(Bucket)}` }]),
  PutObject: ({ Bucket, Key }) => [{ action: 's3:PutObject', resource: `arn:aws:s3:::${text(Bucket)}/${text(Key)}` }],
  AssumeRole: ({ RoleArn }) => [{ action: 'sts:AssumeRole', resource: text(RoleArn) }],
  // It takes no right.
  GetCallerIdentity: () => [],
};

function ofStackSet(command: string, { StackSetName }: Input, place: string): Asked {
  return { action: `cloudformation:${command}`, resource: `arn:aws:cloudformation:${place}:stackset/${text(StackSetName)}:00000000-0000-4000-8000-000000000000` };
}

function ofStack(command: string, { StackName }: Input, place: string): Asked {
  const name = text(StackName);
  return { action: `cloudformation:${command}`, resource: name.startsWith('arn:') ? name : `arn:aws:cloudformation:${place}:stack/${name}/00000000-0000-4000-8000-000000000000` };
}

function passed({ AdministrationRoleARN }: Input): Asked {
  return { action: 'iam:PassRole', resource: text(AdministrationRoleARN) };
}

/** The commands that {@link askedBy} knows. */
export const knownCommands: readonly string[] = Object.keys(asking);

/** The actions that a command takes, whatever it is about. */
export function actionsOf(command: string): string[] {
  return (asking[command]?.({ Names: ['/'], ExpectedBucketOwner: '' }, 'us-east-1:111111111111') ?? []).map(({ action }) => action);
}

/**
 * What IAM would ask about a call.
 * @throws Error for a command that is not known
 */
export function askedBy({ command, region, input }: Call, account: string): readonly Asked[] {
  const ask = asking[command];
  if (!ask) throw new Error(`Nothing says which right ${command} takes.`);
  return ask(input, `${region}:${account}`);
}

/** Whether a statement allows what is asked, in an account. */
export function isAllowed(statements: readonly AllowStatement[], { action, resource }: Asked, account: string): boolean {
  return statements.some(({ Action, Resource }) => Action.includes(action) && Resource.some((each) => pattern(each, account).test(resource)));
}

function pattern(resource: AllowStatement['Resource'][number], account: string): RegExp {
  const written = typeof resource === 'string' ? resource : resource['Fn::Sub'].replaceAll('${AWS::Partition}', 'aws').replaceAll('${AWS::AccountId}', account);
  return new RegExp(`^${written.replaceAll(/[.+?^$()|[\]\\{}]/g, '\\$&').replaceAll('*', '.*')}$`);
}
