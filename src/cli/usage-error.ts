import type { Command, CommanderError } from 'commander';
import { MeridianError } from '../errors';
import { nearestName } from './unknown-name';

/**
 * Commander's error in our words: what was wrong, the nearest name, and where help is. Undefined when there is no error: help or
 * the version was asked for.
 * @param command the command that was parsed when it happened
 */
export function usageError(command: Command, { code, message, exitCode }: CommanderError): MeridianError | undefined {
  if (exitCode === 0) return undefined;
  const path = pathOf(command);
  const [what, candidates] = explain(command, code, message.replace(/^error: /, ''));
  const nearest = candidates && nearestName(candidates.name, candidates.known);
  const hint = nearest === undefined ? '' : `Did you mean "${nearest}"? `;
  return new MeridianError(`${what} ${hint}See "${path} --help".`, 2);
}

interface Candidates {
  readonly name: string;
  readonly known: readonly string[];
}

function explain(command: Command, code: string, message: string): readonly [string, Candidates?] {
  const quoted = /'([^']*)'/.exec(message)?.[1] ?? '';
  switch (code) {
    case 'commander.unknownCommand':
      return [`Command "${quoted}": no such command.`, { name: quoted, known: command.commands.map((each) => each.name()) }];
    case 'commander.unknownOption':
      return [`Option "${quoted}": "${pathOf(command)}" has no such option.`, { name: quoted, known: command.options.flatMap(({ long }) => long ?? []) }];
    case 'commander.missingArgument':
      return [`Argument <${quoted}>: it is missing.`];
    case 'commander.help':
      return ['Command: none was given.'];
    case 'commander.invalidArgument':
      return invalidArgument(message);
    default:
      return [`Usage: ${message}.`.replace('..', '.')];
  }
}

/** `option '--target <kind>' argument 'awss' is invalid. Allowed choices are local, aws.` */
function invalidArgument(message: string): readonly [string, Candidates?] {
  const [, flags = '', value = '', why = ''] = /^option '(?:-\w, )?(--[\w-]+).*' argument '(.*)' is invalid\. (.*)$/s.exec(message) ?? [];
  const choices = /^Allowed choices are (.*)\.$/.exec(why)?.[1];
  if (choices === undefined) return [`Option ${flags}: "${value}" is not accepted. ${why}`];
  return [`Option ${flags}: "${value}" is not one of ${choices}.`, { name: value, known: choices.split(', ') }];
}

/** `meridian local start` */
function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}
