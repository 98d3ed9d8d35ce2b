import { balance } from '../workers';
import { inputName, type GuardInput } from './input';
import type { JudgeRequest } from './judge';
import type { GuardRule } from './rule';
import type { TypedResources } from './slice';

/** The rules to ask about one input. */
export interface Question {
  readonly input: GuardInput;
  readonly resources: TypedResources;
  readonly rules: readonly GuardRule[];
}

/** The work of one process, and the input behind each of its documents. */
export interface Batch extends JudgeRequest {
  readonly inputs: ReadonlyMap<string, GuardInput>;
}

/** Pieces for each process at a time: enough that none works alone at the end, few enough that reading the rules costs little. */
const PIECES_A_JOB = 4;

/**
 * Puts rules that look at the same resource types into one batch, with nothing but these resources of each input that asks for
 * any of them. cfn-guard copies a document for every query of every rule, so that small documents are what makes it fast: the
 * whole pack on whole documents takes fifteen times as long.
 * @param jobs processes at a time; a batch that would keep one busy longer than the others is split by its documents
 * @returns the heaviest first
 */
export function batchesOf(questions: readonly Question[], jobs: number): Batch[] {
  const groups = groupsOf(questions);
  const share = groups.reduce((sum, group) => sum + weightOf(group, group.questions), 0) / (jobs * PIECES_A_JOB);
  return groups
    .flatMap((group) => {
      const parts = Math.ceil(weightOf(group, group.questions) / share);
      return balance(group.questions, parts, ({ resources }) => resources.bytes(group.types)).map((part) => ({ group, part }));
    })
    .sort((left, right) => weightOf(right.group, right.part) - weightOf(left.group, left.part))
    .map(({ group: { types, rules }, part }) => {
      const named = part.map(({ input, resources }) => ({ name: `${inputName(input)}.json`, input, resources }));
      return {
        title: titleOf(types),
        rules,
        inputs: new Map(named.map(({ name, input }) => [name, input])),
        documents: new Map(named.map(({ name, resources }) => [name, resources.slice(types, rules)])),
      };
    });
}

/** Rules that look at the same types, and the inputs that ask for any of them. */
interface Group {
  readonly types: readonly string[];
  readonly rules: readonly GuardRule[];
  readonly questions: readonly Question[];
}

function groupsOf(questions: readonly Question[]): Group[] {
  const present = new Set(questions.flatMap(({ resources }) => resources.types));
  const groups = new Map<string, { types: string[]; rules: Set<GuardRule>; questions: Set<Question> }>();
  for (const question of questions) {
    for (const rule of question.rules) {
      const types = rule.types.filter((type) => present.has(type));
      const group = groups.get(types.join()) ?? { types, rules: new Set(), questions: new Set() };
      groups.set(types.join(), group);
      group.rules.add(rule);
      group.questions.add(question);
    }
  }
  return [...groups.values()].map(({ types, rules, questions: asking }) => ({ types, rules: [...rules], questions: [...asking] }));
}

/** What a batch costs, in bytes that rules read. */
function weightOf({ types, rules }: Group, questions: readonly Question[]): number {
  return rules.length * questions.reduce((sum, { resources }) => sum + resources.bytes(types), 0);
}

/** Says in a file name what types a group is about: `kms-key+sqs-queue`, or the first of many. */
function titleOf(types: readonly string[]): string {
  const [first = '', ...others] = types.map((type) => type.split('::').slice(1).join('-').toLowerCase());
  return others.length <= 2 ? [first, ...others].join('+') : `${first}+${others.length}-types`;
}
