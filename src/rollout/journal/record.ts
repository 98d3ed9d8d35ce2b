import { z } from 'zod';

const sequence = z.number().int().positive();

/** A version of a StackSet: its template, as a file beside the journal, and its parameters without secrets. */
const version = z.object({ template: z.string(), parameters: z.record(z.string(), z.string()) });

const start = z.object({
  sequence,
  event: z.literal('start'),
  command: z.enum(['rollout', 'destroy', 'rollback', 'break-glass']),
  /** What is rolled: see `buildHash`. */
  build: z.string(),
  /** Where a rollback goes: the version of each StackSet, and ids of the nodes that did not stand then and are left as they are. */
  goal: z.object({ versions: z.record(z.string(), version), leave: z.array(z.string()) }).optional(),
});

const call = z.object({
  sequence,
  event: z.literal('call'),
  /** `<system>/<environment>/<deployment>@<region>` */
  node: z.string(),
  action: z.enum(['create', 'update', 'recreate', 'delete']),
  /** The API action that comes next. */
  call: z.enum(['CreateStackSet', 'DeleteStackSet', 'CreateStackInstances', 'UpdateStackSet', 'UpdateStackInstances', 'DeleteStackInstances', 'CreateStack', 'UpdateStack']),
  /** Also the request token of `CreateStackSet`. */
  operationId: z.string(),
  stackSet: z.string(),
  /** Home region of the StackSet, and the region that is changed. */
  home: z.string(),
  region: z.string(),
  /** The accounts that are changed; only the one that has the StackSets when absent. */
  accounts: z.array(z.string()).optional(),
  /** SHA-256 of the root template and of the parameters without secrets that the call rolls; a deletion rolls none. */
  newTemplateHash: z.string().optional(),
  parametersHash: z.string().optional(),
  /** What the StackSet held before: a file beside the journal, and parameters without secrets. */
  previous: version.optional(),
});

const outcome = z.object({
  sequence,
  event: z.literal('outcome'),
  /** The `sequence` of the call. */
  of: sequence,
  /** How the operation ended; REFUSED when AWS did not take the call. */
  status: z.enum(['SUCCEEDED', 'FAILED', 'STOPPED', 'REFUSED']),
  reason: z.string().optional(),
});

const baked = z.object({
  sequence,
  event: z.literal('baked'),
  /** The node whose change was watched for as long as was asked, without an alarm. */
  node: z.string(),
});

const end = z.object({ sequence, event: z.literal('end'), exitCode: z.number().int() });

/** A line of a journal. `sequence` counts from 1 and never goes back; no line depends on a clock. */
export const recordSchema = z.discriminatedUnion('event', [start, call, outcome, baked, end]);

/** A line of a journal. */
export type JournalRecord = z.infer<typeof recordSchema>;
/** A command began. */
export type StartRecord = z.infer<typeof start>;
/** A version of a StackSet, without secrets. */
export type KeptVersion = z.infer<typeof version>;
/** Where a rollback goes. */
export type RollbackGoal = NonNullable<StartRecord['goal']>;
/** A call that changes something is about to be made. */
export type CallRecord = z.infer<typeof call>;
/** How a call's work ended. */
export type OutcomeRecord = z.infer<typeof outcome>;
/** What a caller says of a call: all but its place in the journal. */
export type JournalCall = Omit<CallRecord, 'sequence' | 'event'>;

/** A record without its place in the journal, each kind by itself. */
export type NewRecord = JournalRecord extends infer R ? (R extends JournalRecord ? Omit<R, 'sequence'> : never) : never;
