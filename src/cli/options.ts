import { InvalidArgumentError, Option } from 'commander';
import { durationUpTo } from './duration-option';

/** Options that several commands take, worded once. */

/** `--json` */
export const jsonOption = (): Option => new Option('--json', 'print one JSON document instead of text');

/** How progress is shown: as a tree that is repainted, as lines, or only what goes wrong; by default as the terminal allows. */
export const progressKinds = ['auto', 'live', 'lines', 'errors'] as const;

/** One of `progressKinds`. */
export type ProgressKind = (typeof progressKinds)[number];

/** `--progress <kind>` */
export const progressOption = (): Option =>
  new Option('--progress <kind>', 'live repaints a tree, lines suits logs, errors prints only failures; auto: live on a terminal, else lines').choices(progressKinds).default('auto');

/** `--wait <seconds>` */
export const waitOption = (): Option => new Option('--wait <seconds>', "time to wait for somebody else's operation on the same StackSet").argParser(wholeNumber('seconds', 0, 86_400)).default(0);

/** `--suffix <text>` */
export const suffixOption = (): Option => new Option('--suffix <text>', 'copy of the environment, in the place of the one in the parameters file').argParser(suffix);

/** `--target <kind>` */
export const targetOption = (): Option => new Option('--target <kind>', 'local: the local AWS, a rehearsal; aws: a real account').choices(['local', 'aws']).default('local');

/** `--account <id>` */
export const accountOption = (): Option => new Option('--account <id>', 'account to act on, twelve digits; required with --target aws, whose credentials must belong to it').argParser(accountId);

/** `--allow-replace <id>` */
export const allowReplaceOption = (): Option =>
  new Option('--allow-replace <id>', 'replace or remove this resource although it stores data: its logical id, or Store/Orders or base/Store/Orders; can be repeated')
    .argParser((id: string, earlier: readonly string[]) => [...earlier, id])
    .default([], 'none');

/** `--bake <time>`; how long it is without the option, `run/rollout.ts` says. */
export const bakeOption = (): Option =>
  new Option(
    '--bake <time>',
    'watch the alarms of the system this long after each region, before the next region or deployment begins, for example 30s, 5m, 1h; one in ALARM stops the rollout (default: 5m with --target aws, 0 with local)',
  ).argParser(durationUpTo(86_400));

/** `--drift <policy>` */
export const driftOption = (): Option =>
  new Option('--drift <policy>', 'look first for what was changed outside CloudFormation, and then warn or block; it reads every resource, which takes minutes').choices(['warn', 'block']);

/** `--time-limit <time>` */
export const timeLimitOption = (): Option =>
  new Option('--time-limit <time>', 'stop following an operation that takes longer, for example 90m, 2h; it goes on, and the same command follows it again (default: 4h)').argParser(durationUpTo(86_400));

/** `--ignore-alarm <name>` */
export const ignoreAlarmOption = (): Option =>
  new Option('--ignore-alarm <name>', 'go on although this alarm is in ALARM; can be repeated').argParser((name: string, earlier: readonly string[]) => [...earlier, name]).default([], 'none');

/** `--on-failure <policy>` */
export const onFailureOption = (): Option =>
  new Option('--on-failure <policy>', 'hold: what was changed stays as it is; rollback: it goes back to the version before').choices(['hold', 'rollback']).default('hold');

/** Parses a whole number within a range. */
export function wholeNumber(noun: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) throw new InvalidArgumentError(`Give ${noun} from ${least} to ${most}.`);
    return value;
  };
}

/** Parses the path of a file or folder. */
export function path(text: string): string {
  if (text === '') throw new InvalidArgumentError('Give a path.');
  return text;
}

/** Parses region names, separated by commas. */
export function regionList(list: string): readonly string[] {
  const names = list.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !/^[a-z]{2}(-[a-z]+)+-\d$/.test(name));
  if (wrong !== undefined) throw new InvalidArgumentError(`Give regions such as us-east-1,ap-southeast-1; "${wrong}" is none.`);
  return names;
}

/** A repository on GitHub, `owner/name`, each with its id behind an `@` where tokens carry ids. */
export function githubRepository(text: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9-]*(@\d+)?\/[\w.-]+(@\d+)?$/.test(text) || (text.match(/@/g)?.length ?? 0) % 2 === 1) throw new InvalidArgumentError('Give owner/name, or owner@<id>/name@<id> where tokens carry ids.');
  return text;
}

function accountId(text: string): string {
  if (!/^\d{12}$/.test(text)) throw new InvalidArgumentError('Give twelve digits.');
  return text;
}

function suffix(text: string): string {
  if (!/^[a-z0-9]{1,6}$/.test(text)) throw new InvalidArgumentError('Give 1 to 6 lower-case letters and digits.');
  return text;
}
