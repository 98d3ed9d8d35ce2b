import pRetry, { AbortError } from 'p-retry';

/** CloudFormation refuses a response whose body is longer than this, in bytes. */
const BODY_LIMIT = 4096;

/** One attempt to deliver, in milliseconds: long for a PUT of 4 KB, and three such waits still fit in the reserve. */
const ATTEMPT_TIMEOUT = 3_000;

/**
 * The answer to one request.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
export interface CustomResourceResponse {
  readonly Status: 'SUCCESS' | 'FAILED';
  /** Why it failed; CloudFormation shows it in the stack's events. */
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  /** What `Fn::GetAtt` reads. */
  readonly Data?: Readonly<Record<string, string>>;
}

/**
 * The response as the bytes that are sent, within CloudFormation's 4,096. A long reason is cut at its end; data that
 * leave no room turn the answer into a failure which says so, because CloudFormation would only ignore the response and
 * let the stack wait for an hour.
 *
 * @throws when the ids alone are longer
 */
export function responseBody(response: CustomResourceResponse): Buffer {
  const body = Buffer.from(JSON.stringify(response));
  const excess = body.length - BODY_LIMIT;
  if (excess <= 0) return body;
  const { Data, Reason = '', ...rest } = response;
  if (Data !== undefined) {
    const Reason = `Response: ${body.length} bytes are more than CloudFormation's ${BODY_LIMIT}. Return less data.`;
    return responseBody({ ...rest, Status: 'FAILED', Reason });
  }
  const ellipsis = '…';
  if (Reason === '' || Reason === ellipsis) {
    throw new Error(`Response: ${body.length} bytes without a reason are more than CloudFormation's ${BODY_LIMIT}. Give the resource a shorter physical id.`);
  }
  return responseBody({
    ...rest,
    Reason: Reason.slice(0, -excess - ellipsis.length - Buffer.byteLength(ellipsis)) + ellipsis,
  });
}

/**
 * Delivers the response. Network failures, time-outs and answers of 408, 429 and 5xx are tried again, four times within
 * about three seconds; any other refusal, such as an expired URL, is final.
 *
 * @param url the request's `ResponseURL`
 * @throws when it can't be delivered; Lambda then repeats the whole event, which the operations must stand
 */
export async function sendResponse(url: string, response: CustomResourceResponse): Promise<void> {
  // Bytes rather than text: for text fetch adds a Content-Type, which the URL's signature does not cover.
  const body = new Uint8Array(responseBody(response));
  await pRetry(
    async () => {
      const answer = await fetch(url, { method: 'PUT', body, signal: AbortSignal.timeout(ATTEMPT_TIMEOUT) });
      await answer.arrayBuffer();
      if (answer.ok) return;
      const refusal = new Error(`CloudFormation's response URL: HTTP ${answer.status}.`);
      throw answer.status >= 500 || [408, 429].includes(answer.status) ? refusal : new AbortError(refusal);
    },
    { retries: 4, minTimeout: 200 },
  );
}
