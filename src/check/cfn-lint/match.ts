import { distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { whereOf, type CheckedTemplate } from '../checked-template';
import type { Finding, Severity } from '../finding';
import { placeText, valueAt, valueText } from '../value-text';

/** One entry of `cfn-lint --format json`, as far as a finding needs it. */
export const lintMatchSchema = z.object({
  Filename: z.string().nullable(),
  Level: z.enum(['Error', 'Warning', 'Informational']),
  Message: z.string(),
  Location: z.object({ Path: z.array(z.union([z.string(), z.number()])).nullable() }),
  Rule: z.object({ Id: z.string(), ShortDescription: z.string(), Description: z.string(), Source: z.string() }),
});

/** One match of cfn-lint, without the file name: it depends on the template's content alone, so that it can be cached by it. */
export type LintMatch = Omit<z.infer<typeof lintMatchSchema>, 'Filename'>;

const severityOfLevel: Readonly<Record<LintMatch['Level'], Severity>> = { Error: 'HIGH', Warning: 'MEDIUM', Informational: 'LOW' };

/** What to do, where the rule's own description doesn't say it. */
const fixes: Readonly<Record<string, string>> = {
  E1010: 'Read an output or attribute that exists: the handle of nest() and t.add() offers only those',
  E3002: "Correct the property's name or place by the type's reference page",
  E3012: 'Write the value in the type that the message names',
  E3043: "Pass exactly the nested template's parameters: nest() does",
  I3011: 'Set DeletionPolicy and UpdateReplacePolicy on the resource',
  I3013: 'Set the property that the message names, so that the default does not decide how long data is kept',
};

/** Says a match as a finding: `now` is the value in the template, and the region is the one that cfn-lint names, if it names any. */
export function lintFinding(template: CheckedTemplate, { Level, Message, Location, Rule }: LintMatch): Finding {
  const path = Location.Path ?? [];
  const logicalId = path[0] === 'Resources' && typeof path[1] === 'string' ? path[1] : undefined;
  const { message, regions } = splitRegions(Message);
  const place = logicalId === undefined ? path.join('.') : placeText(path.slice(2));
  return {
    source: 'cfn-lint',
    rule: Rule.Id,
    controls: [],
    severity: severityOfLevel[Level],
    what: sentence(shortenEnum(message)),
    where: { ...whereOf(template, logicalId), regions: regions ?? template.regions },
    now: path.length === 0 ? '(the whole template)' : `${place}: ${valueText(valueAt(template.body, path))}`,
    fix: fixes[Rule.Id] ?? `${Rule.Description}${Rule.Source === '' ? '' : ` (${Rule.Source})`}`,
    path: path.join('/'),
    title: Rule.ShortDescription,
    ...(Rule.Source === '' ? {} : { page: Rule.Source }),
  };
}

/** Parts `… in 'us-east-1'` or `… in ['us-east-1', 'ap-southeast-1']` into the message and its regions. */
function splitRegions(message: string): { message: string; regions?: string[] } {
  const suffix = / in (\[?'[a-z]{2,}-[a-z0-9-]+'(?:, '[a-z0-9-]+')*\]?)$/.exec(message);
  if (!suffix?.[1]) return { message };
  return { message: message.slice(0, suffix.index), regions: [...suffix[1].matchAll(/'([^']+)'/g)].map((match) => match[1] ?? '') };
}

/** Replaces a list of allowed values of more than eight by their number and the three nearest to what was written. */
function shortenEnum(message: string): string {
  const parts = /^'(.*?)' is not one of \[(.*)\](.*)$/s.exec(message);
  const allowed = [...(parts?.[2] ?? '').matchAll(/'([^']*)'/g)].map((match) => match[1] ?? '');
  if (!parts || allowed.length <= 8) return message;
  const written = parts[1] ?? '';
  const nearest = [...allowed].sort((left, right) => distance(left, written) - distance(right, written)).slice(0, 3);
  return `'${written}' is not one of the ${allowed.length} values allowed; nearest: ${nearest.join(', ')}${parts[3] ?? ''}`;
}

function sentence(text: string): string {
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}
