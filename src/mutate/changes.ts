import type { GuardRule } from '../check/cfn-guard/rule';
import type { GuardInput } from '../check/cfn-guard/input';

type Resources = GuardInput['body']['Resources'];

/** What of one resource a mistake changed. */
export interface Change {
  readonly logicalId: string;
  readonly type: string;
  /** The properties and attributes, such as `DeletionPolicy`, that differ; undefined when the resource is there in one of the two only. */
  readonly names: readonly string[] | undefined;
}

/** The resources that differ between two inputs. */
export function changesBetween(before: Resources, after: Resources): readonly Change[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((logicalId): readonly Change[] => {
    const [old, now] = [before[logicalId], after[logicalId]];
    if (!old || !now) return [{ logicalId, type: (old ?? now)?.Type ?? '', names: undefined }];
    const { Properties: oldProperties = {}, ...oldRest } = old;
    const { Properties: nowProperties = {}, ...nowRest } = now;
    const names = [...differing(oldProperties, nowProperties), ...differing(oldRest, nowRest)];
    return names.length === 0 ? [] : [{ logicalId, type: now.Type, names }];
  });
}

function differing(before: object, after: object): readonly string[] {
  const [old, now] = [before, after] as readonly Readonly<Record<string, unknown>>[];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => JSON.stringify(old?.[name]) !== JSON.stringify(now?.[name]));
}

/** Whether a rule can judge otherwise after changes: they are to a type that it names, in something that its text names or may reach by a wildcard. */
export function looksAt({ types, properties }: Pick<GuardRule, 'types' | 'properties'>, changes: readonly Pick<Change, 'type' | 'names'>[]): boolean {
  return changes.some(({ type, names }) => types.includes(type) && (names === undefined || properties === undefined || names.some((name) => properties.has(name))));
}
