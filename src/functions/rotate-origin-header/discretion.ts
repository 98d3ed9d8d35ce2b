import type { Origin } from './rotation';

/**
 * An origin of which no error tells a value that was read or written: services quote what they refuse. What it throws has the
 * message and the name of the error alone.
 */
export function discreet(origin: Origin): Origin {
  const known = new Set<string>();
  const without = (text: string): string => [...known].reduce((rest, value) => rest.replaceAll(value, '[a header value]'), text);

  async function quietly<T>(values: readonly string[], act: () => Promise<T>): Promise<T> {
    for (const value of values) known.add(value);
    try {
      return await act();
    } catch (error) {
      throw error instanceof Error ? new Error(without(`${error.name === 'Error' ? '' : `${error.name}: `}${error.message}`)) : new Error('Something that is no error was thrown. Run the function again.');
    }
  }

  return {
    find: () =>
      quietly([], async () => {
        const found = await origin.find();
        for (const value of [...found.distribution.sends, ...found.rules.flatMap(({ accepts }) => accepts), found.current.value, found.former, found.next.value]) if (value) known.add(value);
        return found;
      }),
    send: (value, version) => quietly([value], () => origin.send(value, version)),
    accept: (rule, values) => quietly(values, () => origin.accept(rule, values)),
    store: (secret, value, version) => quietly([value], () => origin.store(secret, value, version)),
  };
}
