import { judge, type JudgeOptions, type JudgeRequest } from '../check/cfn-guard/judge';
import type { Verdicts } from '../check/cfn-guard/verdict';
import { MeridianError } from '../errors';

/**
 * Judges documents by rules as `judge` does. A rule that a mistake makes cfn-guard stop at, so that a check would end with an error, has
 * failed on that document: it is found by asking again about smaller parts.
 * @throws MeridianError with exit code 2 for a rule file that doesn't parse
 */
export async function judgeSplitting(request: JudgeRequest, options: JudgeOptions): Promise<ReadonlyMap<string, Verdicts>> {
  try {
    return await judge(request, options);
  } catch (error) {
    if (!(error instanceof MeridianError) || error.exitCode !== 3) throw error;
    const parts = partsOf(request);
    if (parts.length === 1) return stopped(request, error);
    const verdicts = new Map<string, Verdicts>();
    for (const part of parts) {
      for (const [name, answers] of await judgeSplitting(part, options)) verdicts.set(name, new Map([...(verdicts.get(name) ?? []), ...answers]));
    }
    return verdicts;
  }
}

/** The halves of a request: of its documents, or of its rules when there is one document. */
function partsOf(request: JudgeRequest): readonly JudgeRequest[] {
  const { documents, rules } = request;
  if (documents.size > 1) return halves([...documents]).map((part) => ({ ...request, documents: new Map(part) }));
  return rules.length > 1 ? halves(rules).map((part) => ({ ...request, rules: part })) : [request];
}

function halves<T>(list: readonly T[]): readonly (readonly T[])[] {
  const middle = Math.ceil(list.length / 2);
  return [list.slice(0, middle), list.slice(middle)];
}

function stopped({ documents, rules }: JudgeRequest, { message }: MeridianError): ReadonlyMap<string, Verdicts> {
  const verdicts: Verdicts = new Map(rules.map(({ name }) => [name, { state: 'failed', violations: [{ rule: name, path: '', now: message }] }]));
  return new Map([...documents.keys()].map((name) => [name, verdicts]));
}
