import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, type CheckOptions, type CheckProgress, type CheckResult } from '../../src/check';
import type { Template } from '../../src/resolve';
import { checkout } from '../../src/toolchain';

/** Templates of a deployment by name; `root` nests the others by `./<name>.json`. */
export type Deployments = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** A temporary project with built templates and the files that a check reads. */
export class Shop {
  readonly folder = mkdtempSync(join(tmpdir(), 'meridian-check-'));
  readonly dist = join(this.folder, 'dist');

  constructor() {
    cpSync(join(checkout, '.cfnlintrc.yaml'), join(this.folder, '.cfnlintrc.yaml'));
    cpSync(join(checkout, 'rules'), join(this.folder, 'rules'), { recursive: true });
  }

  /** Writes an environment as the build would. */
  build(deployments: Deployments, { system = 'shop', environment = 'production', regions = ['us-east-1', 'ap-southeast-1'] } = {}): this {
    const folder = join(this.dist, system, environment);
    const manifest = {
      version: 1,
      system,
      title: 'A shop',
      environment,
      shortEnvironment: environment.slice(0, 4),
      regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
      deployments: Object.entries(deployments).map(([name, templates]) => ({
        name,
        regions: { create: regions, update: regions },
        parameters: Object.fromEntries(Object.keys((templates['root'] as Template | undefined)?.Parameters ?? {}).map((parameter) => [parameter, { from: 'file' }])),
        publishes: {},
        functions: {},
        templates: Object.fromEntries(Object.entries(templates).map(([template, body]) => [template, this.write(folder, name, template, body)])),
      })),
    };
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
    return this;
  }

  /** Checks what was built, as of 1 June 2026 and without waivers unless told otherwise. */
  async check(options: Partial<CheckOptions> = {}): Promise<CheckResult & { progress: CheckProgress[]; commands: string[] }> {
    const progress: CheckProgress[] = [];
    const result = await check({ dist: this.dist, project: this.folder, waivers: [], today: '2026-06-01', jobs: 2, onProgress: (event) => progress.push(event), ...options });
    return { ...result, progress, commands: progress.flatMap((event) => (event.kind === 'command' ? [event.line] : [])) };
  }

  /** An executable that prints one line to stderr and ends with a code. */
  brokenTool(name: string, code: number, says: string): string {
    const file = join(this.folder, name);
    writeFileSync(file, `#!/bin/sh\necho '${says}' >&2\nexit ${code}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  /** Replaces `.cfnlintrc.yaml`, or removes it. */
  configureLint(text: string | undefined): void {
    const file = join(this.folder, '.cfnlintrc.yaml');
    if (text === undefined) rmSync(file);
    else writeFileSync(file, text);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private write(folder: string, deployment: string, template: string, body: object): object {
    const text = JSON.stringify(body, undefined, 1);
    mkdirSync(join(folder, deployment), { recursive: true });
    writeFileSync(join(folder, deployment, `${template}.json`), text);
    const resources = (body as { Resources: Record<string, { Type: string; Properties?: { TemplateURL?: string } }> }).Resources;
    const nested = Object.entries(resources).filter(([, { Type }]) => Type === 'AWS::CloudFormation::Stack');
    return {
      file: `${deployment}/${template}.json`,
      sha256: createHash('sha256').update(text).digest('hex'),
      usage: {},
      nests: Object.fromEntries(nested.map(([logicalId, { Properties }]) => [logicalId, (Properties?.TemplateURL ?? '').replace(/^\.\/|\.json$/g, '')])),
      sources: Object.fromEntries(Object.keys(resources).map((logicalId, index) => [logicalId, { at: `templates/modules/data/${template}.ts:${index + 1}`, from: `templates/systems/shop/${template}.ts:${index + 10}` }])),
    };
  }
}

const tags = ['Compliance', 'CostCenter', 'Environment', 'System'].map((Key) => ({ Key, Value: Key === 'Environment' ? 'production' : 'shop' }));

/** A queue and its dead-letter queue, with their policies and an alarm, that cfn-lint and every rule accept. */
export function cleanQueues(): Record<string, object> {
  const common = { KmsMasterKeyId: 'alias/shop', Tags: tags };
  const kept = { Type: 'AWS::SQS::Queue', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
  return {
    Dead: { ...kept, Properties: { ...common, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:orders' }] } } },
    Orders: { ...kept, Properties: { ...common, MessageRetentionPeriod: 345600, RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 3 } } },
    DeadPolicy: tlsOnly('Dead'),
    OrdersPolicy: tlsOnly('Orders'),
    DeadAlarm: { ...kept, Type: 'AWS::CloudWatch::Alarm', Properties: deadAlarm },
  };
}

/** An alarm on the first message in the dead-letter queue. */
const deadAlarm = {
  AlarmDescription: 'A message was given up: look at it, mend the cause and send it back',
  Namespace: 'AWS/SQS',
  MetricName: 'ApproximateNumberOfMessagesVisible',
  Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Dead', 'QueueName'] } }],
  Statistic: 'Maximum',
  ComparisonOperator: 'GreaterThanThreshold',
  Threshold: 0,
  Period: 60,
  EvaluationPeriods: 1,
  TreatMissingData: 'notBreaching',
  ActionsEnabled: true,
  AlarmActions: [{ 'Fn::Sub': 'arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:alarms' }],
  Tags: tags,
};

/** The policy of a queue that refuses plain HTTP. */
function tlsOnly(queue: string): object {
  const Statement = [{ Sid: 'DenyWithoutTls', Effect: 'Deny', Principal: '*', Action: ['sqs:*'], Resource: [{ 'Fn::GetAtt': [queue, 'Arn'] }], Condition: { Bool: { 'aws:SecureTransport': 'false' } } }];
  return { Type: 'AWS::SQS::QueuePolicy', DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete', Properties: { Queues: [{ Ref: queue }], PolicyDocument: { Version: '2012-10-17', Statement } } };
}

/** A nested stack with the required tags. */
export function nestedStack(template: string, parameters: Record<string, unknown> = {}): object {
  return { Type: 'AWS::CloudFormation::Stack', DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete', Properties: { TemplateURL: `./${template}.json`, Parameters: parameters, Tags: tags } };
}
