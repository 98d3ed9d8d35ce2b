import { z } from 'zod';
import { MeridianError } from '../errors';

const requirementId = /^(?:FIN|CUS|FTG|LKC|KSH)-\d{2,3}$/;
const decisionId = /^ADR-\d{4}$/;

const segment = '[A-Za-z0-9*][A-Za-z0-9*-]*';
const resourcePattern = new RegExp(`^${segment}(?:/${segment}){2,3}(?:#[A-Za-z0-9*]+)?$`);

function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

const waiverSchema = z.strictObject({
  rule: z.string().min(1, 'is empty. Write the rule of the finding, for example CT.RDS.PR.16'),
  resource: z
    .string()
    .regex(resourcePattern, 'is no resource address. Write system/environment/deployment/template#LogicalId, with * for any text inside one segment'),
  reason: z.string().min(15, 'is too short to explain anything. Say in a sentence why the rule is not followed here'),
  owner: z.string().min(1, 'is empty. Name the team or person who answers for it'),
  expires: z.string().refine(isCalendarDate, 'is no calendar date. Write YYYY-MM-DD, the last day on which the waiver holds'),
  because: z
    .string()
    .refine((id) => requirementId.test(id) || decisionId.test(id), 'is neither a requirement id such as KSH-12 nor a decision such as ADR-0007. Name the one that forces the waiver'),
});

/**
 * A rule knowingly not followed by a resource, until a date, for a reason that is written down elsewhere.
 *
 * - `rule`: the finding's rule, exactly: `CT.RDS.PR.16`, `sqs_source_queue`, `W3691`
 * - `resource`: `system/environment/deployment/template#LogicalId`; `*` stands for any text inside one segment, for example
 *   `kasha/production/platform/*#Primary` covers any template. Without `#…` it covers a finding on the template as a whole
 * - `reason`: a sentence; `owner`: a team or person
 * - `expires`: the last day it holds, `YYYY-MM-DD`; after it the finding is back
 * - `because`: the requirement id (`KSH-12`) or decision (`ADR-0007`, a page of docs/decisions) that forces it
 */
export type Waiver = Readonly<z.infer<typeof waiverSchema>>;

/** Whether an id is one of the catalogue's requirements, `KSH-12`. */
export function isRequirement(id: string): boolean {
  return requirementId.test(id);
}

/** The `number` of a decision that a waiver names, `0007` for `ADR-0007`; undefined when it names a requirement. */
export function decisionNumber(waiver: Waiver): string | undefined {
  return decisionId.test(waiver.because) ? waiver.because.slice('ADR-'.length) : undefined;
}

/**
 * Declares a system's waivers (`templates/systems/<system>/waivers.ts`).
 * @throws MeridianError with exit code 2 naming the waiver, the field and what to write instead
 */
export function defineWaivers(waivers: readonly Waiver[]): readonly Waiver[] {
  if (!Array.isArray(waivers)) throw new MeridianError('Waivers: they are not a list. Write defineWaivers([…]).', 2);
  return waivers.map((waiver, index) => {
    const parsed = waiverSchema.safeParse(waiver);
    if (parsed.success) return parsed.data;
    throw new MeridianError(`Waiver ${index + 1} (${nameOf(waiver)}): ${parsed.error.issues.map(describe).join('; ')}.`, 2);
  });

  function describe(issue: z.core.$ZodIssue): string {
    const path = issue.path.join('.');
    if (issue.code === 'unrecognized_keys') return `${issue.keys.join(', ')} is no field of a waiver. Its fields are ${Object.keys(waiverSchema.shape).join(', ')}`;
    if (issue.path.length === 0) return 'it is no object. Every waiver has rule, resource, reason, owner, expires and because';
    if (issue.code === 'invalid_type') return `${path} is missing or no text. Every waiver has rule, resource, reason, owner, expires and because`;
    return `${path} ${issue.message}`;
  }
}

function nameOf(waiver: Partial<Waiver> | null | undefined): string {
  const { rule, resource } = waiver ?? {};
  return `${typeof rule === 'string' ? rule : 'no rule'} on ${typeof resource === 'string' ? resource : 'no resource'}`;
}
