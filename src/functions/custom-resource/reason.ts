/**
 * What a stack's events say about a failure: the error's name, unless it is the plain `Error`, and its message. Query
 * strings of URLs are left out, because that is where a pre-signed URL carries its credentials.
 */
export function failureReason(error: unknown): string {
  const text = error instanceof Error ? describe(error) : String(error);
  return text.replace(/(https?:\/\/[^\s?"']+)\?[^\s"']*/g, '$1');
}

function describe({ name, message }: Error): string {
  return name === 'Error' ? message : `${name}: ${message}`;
}
