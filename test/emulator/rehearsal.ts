import { CloudFormation, type CloudFormationServiceException, type StackEvent } from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EmulatorOptions, LOCAL_ACCOUNT, localClientConfig, type LocalAws, startLocalAws } from '../../src/local-aws';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** The first of the two regions that the tests use. */
export const HOME = 'us-east-1';
/** The second of the two regions that the tests use. */
export const AWAY = 'ap-southeast-1';

const ENDED = /^(CREATE|UPDATE|DELETE|ROLLBACK|UPDATE_ROLLBACK)_(COMPLETE|FAILED)$/;
const POLL_MS = 5;

/** A CloudFormation template, as far as the tests care. */
export interface Template {
  Resources: Record<string, Resource>;
  [section: string]: unknown;
}

/** A resource of a template. */
export interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
  [attribute: string]: unknown;
}

/** How a stack ended. */
export interface Outcome {
  readonly stackId: string;
  readonly status: string;
  /** Why the stack was rolled back; empty otherwise. */
  readonly statusReason: string;
  readonly outputs: Record<string, string>;
  /** Reasons of all failed resources, one a line. */
  readonly reasons: string;
  /** `<logical id> <status>` of every event, oldest first. */
  readonly events: string[];
}

/** Where and with what a stack is made. */
export interface Options {
  readonly region?: string;
  readonly account?: string;
  readonly parameters?: Record<string, string>;
  readonly capabilities?: readonly ('CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | 'CAPABILITY_AUTO_EXPAND')[];
}

/** A running local AWS with the few calls that the tests of its engine make. */
export class Rehearsal {
  private count = 0;

  private constructor(readonly local: LocalAws) {}

  /** Starts a local AWS. */
  static async open(options: EmulatorOptions = {}): Promise<Rehearsal> {
    return new Rehearsal(await startLocalAws(options));
  }

  close(): Promise<void> {
    return this.local.stop();
  }

  cloudFormation(region: string = HOME, account: string = LOCAL_ACCOUNT): CloudFormation {
    return new CloudFormation(localClientConfig(this.local.endpoint, region, account));
  }

  s3(region: string = HOME): S3Client {
    return new S3Client(localClientConfig(this.local.endpoint, region));
  }

  /** A stack name that no other test uses. */
  name(): string {
    this.count += 1;
    return `stack${this.count}`;
  }

  /** Creates a stack and waits for its end. */
  async create(template: Template, options: Options = {}, name: string = this.name()): Promise<Outcome> {
    const client = this.cloudFormation(options.region, options.account);
    const { StackId } = await client.createStack({ StackName: name, ...request(template, options) });
    return this.outcome(client, StackId as string);
  }

  /** Updates a stack and waits for its end; the outcome has the events of this update only. */
  async update(stack: Outcome, template: Template, options: Options = {}): Promise<Outcome> {
    const client = this.cloudFormation(options.region, options.account);
    await client.updateStack({ StackName: stack.stackId, ...request(template, options) });
    const outcome = await this.outcome(client, stack.stackId);
    return { ...outcome, events: outcome.events.slice(stack.events.length) };
  }

  /** Deletes a stack and waits for its end. */
  async remove(stack: Outcome, options: Options = {}): Promise<Outcome> {
    const client = this.cloudFormation(options.region, options.account);
    await client.deleteStack({ StackName: stack.stackId });
    return this.outcome(client, stack.stackId);
  }

  /** The error that an attempt to create this stack is answered with: `<name>: <message>`. */
  async refusal(template: Template, options: Options = {}): Promise<string> {
    return this.create(template, options).then(
      (outcome) => `accepted: ${outcome.status} ${outcome.reasons}`,
      (error: CloudFormationServiceException) => `${error.name}: ${error.message}`,
    );
  }

  /** Puts an object into a bucket, made when it does not exist, and returns its URL in the form that templates use. */
  async upload(region: string, bucket: string, key: string, body: string | Uint8Array): Promise<string> {
    const client = this.s3(region);
    const home = region === HOME ? {} : { CreateBucketConfiguration: { LocationConstraint: region as 'ap-southeast-1' } };
    await client.send(new CreateBucketCommand({ Bucket: bucket, ...home })).catch((error: Error) => {
      if (!/BucketAlready/.test(error.name)) {
        throw error;
      }
    });
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
    return `https://s3.${region}.amazonaws.com/${bucket}/${key}`;
  }

  /** Calls a query-protocol action such as EC2's and returns the XML. */
  query(service: string, action: string, parameters: Record<string, string> = {}, region: string = HOME): Promise<string> {
    const body = new URLSearchParams({ Action: action, ...parameters }).toString();
    return this.send(service, region, { 'content-type': 'application/x-www-form-urlencoded' }, body);
  }

  /** Calls a JSON-protocol action such as ECS's and returns the answer's text. */
  json(service: string, target: string, parameters: object = {}, region: string = HOME): Promise<string> {
    return this.send(service, region, { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target }, JSON.stringify(parameters));
  }

  /** Reads a path of a REST service such as Route 53's. */
  async rest(service: string, path: string, region: string = HOME): Promise<string> {
    const response = await fetch(`${this.local.endpoint}${path}`, { headers: { authorization: credential(service, region) } });
    return response.text();
  }

  private async send(service: string, region: string, headers: Record<string, string>, body: string): Promise<string> {
    const response = await fetch(this.local.endpoint, { method: 'POST', headers: { ...headers, authorization: credential(service, region) }, body });
    return response.text();
  }

  private async outcome(client: CloudFormation, stackId: string): Promise<Outcome> {
    for (;;) {
      const stack = (await client.describeStacks({ StackName: stackId })).Stacks?.[0];
      const status = stack?.StackStatus ?? '';
      if (stack && ENDED.test(status)) {
        const events = await allEvents(client, stackId);
        const failed = events.filter((event) => event.ResourceStatus?.endsWith('_FAILED'));
        return {
          stackId,
          status,
          statusReason: stack.StackStatusReason ?? '',
          outputs: Object.fromEntries((stack.Outputs ?? []).map((output) => [output.OutputKey, output.OutputValue])),
          reasons: failed.map((event) => event.ResourceStatusReason).join('\n'),
          events: events.map((event) => `${event.LogicalResourceId} ${event.ResourceStatus}`),
        };
      }
      await sleep(POLL_MS);
    }
  }
}

async function allEvents(client: CloudFormation, stackId: string): Promise<StackEvent[]> {
  const newestFirst: StackEvent[] = [];
  let token: string | undefined;
  do {
    const page = await client.describeStackEvents({ StackName: stackId, NextToken: token });
    newestFirst.push(...(page.StackEvents ?? []));
    token = page.NextToken;
  } while (token);
  return newestFirst.reverse();
}

function request(template: Template, options: Options) {
  return {
    TemplateBody: JSON.stringify(template),
    Parameters: Object.entries(options.parameters ?? {}).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    Capabilities: [...(options.capabilities ?? (['CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'] as const))],
  };
}

function credential(service: string, region: string): string {
  return `AWS4-HMAC-SHA256 Credential=${LOCAL_ACCOUNT}/20200101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=local`;
}

/** `Ref`. */
export const ref = (id: string) => ({ Ref: id });
/** `Fn::GetAtt`. */
export const att = (id: string, attribute: string) => ({ 'Fn::GetAtt': [id, attribute] });
/** `Fn::Sub`. */
export const sub = (text: string) => ({ 'Fn::Sub': text });
/** An output. */
export const output = (Value: unknown) => ({ Value });
