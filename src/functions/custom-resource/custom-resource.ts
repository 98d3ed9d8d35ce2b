import { failureReason } from './reason';
import { customResourceRequest, responseAddress, type CreateRequest, type CustomResourceRequest, type DeleteRequest, type ResponseAddress, type UpdateRequest } from './request';
import { sendResponse, type CustomResourceResponse } from './response';

/** Kept of the function's time for delivering the response, in milliseconds: covers every retry of the delivery. */
const RESPONSE_RESERVE = 10_000;

/** What Create and Update give back. */
export interface CustomResource {
  /**
   * The resource's identity, at most 1 KB. Derive it from what the resource stands for: when an Update returns another
   * one, CloudFormation deletes the old one afterwards.
   */
  readonly physicalResourceId: string;
  /** What `Fn::GetAtt` reads. @default nothing */
  readonly data?: Readonly<Record<string, string>>;
}

/**
 * What a custom resource does. Each operation must be repeatable, since Lambda may deliver an event twice, and hand
 * its signal to every call it makes: the signal aborts while there is still time to tell CloudFormation so.
 */
export interface Operations {
  create(request: CreateRequest, signal: AbortSignal): CustomResource | Promise<CustomResource>;
  update(request: UpdateRequest, signal: AbortSignal): CustomResource | Promise<CustomResource>;
  delete(request: DeleteRequest, signal: AbortSignal): void | Promise<void>;
}

/** The part of Lambda's context that the protocol reads. */
export interface InvocationContext {
  getRemainingTimeInMillis(): number;
}

/**
 * The Lambda handler of a custom resource. Every request is answered: whatever an operation throws, or is wrong with the event, becomes a FAILED
 * response with its message as reason, and one that doesn't end is given up ten seconds before the function's time-out
 * (half its time, when that is shorter), so that a stack never waits an hour for an answer.
 *
 * A failed Update or Delete keeps the resource's physical id. A failed Create answers with the request's id, which
 * then comes back in the Delete of the roll-back.
 *
 * The handler itself throws only for an event that names nobody to answer.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources.html
 */
export function customResource(operations: Operations) {
  return async (event: unknown, context: InvocationContext): Promise<void> => {
    const address = responseAddress(event);
    await sendResponse(address.ResponseURL, await answer(operations, event, address, context));
  };
}

async function answer(
  operations: Operations,
  event: unknown,
  { StackId, RequestId, LogicalResourceId }: ResponseAddress,
  context: InvocationContext,
): Promise<CustomResourceResponse> {
  const identity = { StackId, RequestId, LogicalResourceId };
  try {
    const request = customResourceRequest(event);
    const { physicalResourceId, data } = await inTime(context, (signal) => operate(operations, request, signal));
    return { ...identity, Status: 'SUCCESS', PhysicalResourceId: physicalResourceId, Data: data };
  } catch (error) {
    const Reason = failureReason(error);
    console.error(`${LogicalResourceId} of ${StackId}: ${Reason}`);
    return { ...identity, Status: 'FAILED', Reason, PhysicalResourceId: currentId(event) ?? RequestId };
  }
}

async function operate(
  operations: Operations,
  request: CustomResourceRequest,
  signal: AbortSignal,
): Promise<CustomResource> {
  switch (request.RequestType) {
    case 'Create':
      return operations.create(request, signal);
    case 'Update':
      return operations.update(request, signal);
    case 'Delete':
      await operations.delete(request, signal);
      return { physicalResourceId: request.PhysicalResourceId };
  }
}

/** The id of a resource that stands already. */
function currentId(event: unknown): string | undefined {
  const { RequestType, PhysicalResourceId } = event as { readonly RequestType?: unknown; readonly PhysicalResourceId?: unknown };
  return RequestType !== 'Create' && typeof PhysicalResourceId === 'string' && PhysicalResourceId !== '' ? PhysicalResourceId : undefined;
}

async function inTime<T>(context: InvocationContext, operation: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const remaining = context.getRemainingTimeInMillis();
  const limit = remaining - Math.min(RESPONSE_RESERVE, remaining / 2);
  const controller = new AbortController();
  const outOfTime = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason));
  });
  const timer = setTimeout(() => controller.abort(timeOutError(limit)), limit);
  try {
    return await Promise.race([operation(controller.signal), outOfTime]);
  } finally {
    clearTimeout(timer);
  }
}

function timeOutError(limit: number): Error {
  const seconds = Math.round(limit / 1000);
  return new Error(
    `Stopped after ${seconds} s: the function's time ran out. Repeat the stack operation to go on from there.`,
  );
}
