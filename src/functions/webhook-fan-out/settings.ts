/** A queue that gets messages of some topics. */
export interface Subscriber {
  readonly queueUrl: string;
  /** First parts of the `type` of messages, before a dot: `card` takes `card.blocked`. */
  readonly topics: readonly string[];
}

/** What the function is told by its environment variables: `SUBSCRIBERS`, as JSON. @throws Error when it is missing */
export function subscribersIn(environment: Readonly<Record<string, string | undefined>>): readonly Subscriber[] {
  const text = environment['SUBSCRIBERS'];
  if (!text) throw new Error('Environment variable SUBSCRIBERS: it is missing. Set it to what settings.ts says.');
  return JSON.parse(text) as readonly Subscriber[];
}
