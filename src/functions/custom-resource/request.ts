/** What every request of CloudFormation to a custom resource carries. */
interface RequestFields {
  /** The id of this request; the response repeats it. */
  readonly RequestId: string;
  /** Where the response goes by PUT. The URL is pre-signed: whoever has it can answer, so it is never logged. */
  readonly ResponseURL: string;
  /** The ARN of the stack (of the nested stack, where the resource is in one). */
  readonly StackId: string;
  readonly LogicalResourceId: string;
  /** `Custom::<name>` as the template writes it. */
  readonly ResourceType: string;
  /** The resource's properties, with every number and boolean turned into a string. */
  readonly ResourceProperties: Readonly<Record<string, unknown>>;
}

/** The request to make the resource. */
export interface CreateRequest extends RequestFields {
  readonly RequestType: 'Create';
}

/** The request to change the resource; answering another physical id replaces it, and the old id's Delete follows. */
export interface UpdateRequest extends RequestFields {
  readonly RequestType: 'Update';
  readonly PhysicalResourceId: string;
  readonly OldResourceProperties: Readonly<Record<string, unknown>>;
}

/**
 * The request to remove the resource: the stack is deleted or rolled back, the resource left the template, or an
 * update replaced it.
 */
export interface DeleteRequest extends RequestFields {
  readonly RequestType: 'Delete';
  readonly PhysicalResourceId: string;
}

/**
 * One request of CloudFormation to a custom resource.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html
 */
export type CustomResourceRequest = CreateRequest | UpdateRequest | DeleteRequest;

/** Whom a response goes to, and what it repeats. */
export type ResponseAddress = Pick<RequestFields, 'RequestId' | 'ResponseURL' | 'StackId' | 'LogicalResourceId'>;

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

function textField(fields: Fields, name: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (typeof value === 'string' && value !== '') return value;
  throw new Error(`Event: no ${name}. Let CloudFormation invoke this function, for a custom resource of a template.`);
}

/**
 * Where the answer to an event goes.
 *
 * @throws when the event doesn't say, as happens when something else than CloudFormation invokes the function: nobody waits then
 */
export function responseAddress(event: unknown): ResponseAddress {
  const fields = isObject(event) ? event : {};
  const [ResponseURL, RequestId, StackId, LogicalResourceId] = ['ResponseURL', 'RequestId', 'StackId', 'LogicalResourceId'].map((name) => textField(fields, name)) as [string, string, string, string];
  if (!/^https?:\/\//.test(ResponseURL) || !URL.canParse(ResponseURL)) throw new Error('Event: its ResponseURL is no address. Let CloudFormation invoke this function.');
  return { ResponseURL, RequestId, StackId, LogicalResourceId };
}

/**
 * The request in an event.
 *
 * @throws when a field is missing or has another form than CloudFormation sends
 */
export function customResourceRequest(event: unknown): CustomResourceRequest {
  const fields = isObject(event) ? event : {};
  const ResourceType = textField(fields, 'ResourceType');
  const RequestType = textField(fields, 'RequestType');
  const { ResourceProperties = {}, OldResourceProperties = {} } = fields;
  if (!isObject(ResourceProperties) || !isObject(OldResourceProperties)) throw new Error('Event: properties that are no object. Let CloudFormation invoke this function.');
  const common = { ...responseAddress(event), ResourceType, ResourceProperties };
  switch (RequestType) {
    case 'Create':
      return { ...common, RequestType };
    case 'Update':
      return { ...common, RequestType, PhysicalResourceId: textField(fields, 'PhysicalResourceId'), OldResourceProperties };
    case 'Delete':
      return { ...common, RequestType, PhysicalResourceId: textField(fields, 'PhysicalResourceId') };
    default:
      throw new Error(`Event: request "${RequestType}" is none of CloudFormation's. Send Create, Update or Delete.`);
  }
}
