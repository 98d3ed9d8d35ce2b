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
