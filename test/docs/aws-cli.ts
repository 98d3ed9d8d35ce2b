import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { checkout } from '../../src/toolchain';

/** The parts of a service's model that decide what the AWS CLI takes: botocore's, which the CLI itself is made of. */
interface ServiceModel {
  readonly operations: Readonly<Record<string, { readonly input?: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, { readonly members?: Readonly<Record<string, { readonly shape: string; readonly idempotencyToken?: boolean }>>; readonly type: string; readonly required?: readonly string[] }>>;
}

/** Options that every command takes, as far as pages use them. */
const globalOptions = ['--region', '--query', '--output', '--profile', '--max-items', '--cli-binary-format', '--cli-read-timeout'];

/** Commands that only the CLI has, not the API, with their options. */
const ownCommands: Readonly<Record<string, readonly string[]>> = {
  's3 cp': ['--recursive', '--exclude', '--include'],
  's3 ls': ['--recursive', '--human-readable', '--summarize'],
  'ecr get-login-password': [],
  'eks update-kubeconfig': ['--name', '--alias', '--kubeconfig'],
  'logs tail': ['--since', '--follow', '--format', '--filter-pattern', '--log-stream-names', '--log-stream-name-prefix'],
};

const library = join(checkout, '.tools/python/lib');

/** Reads a file of botocore's newest model of a service, packed or not; undefined when there is none. */
function readModel<T>(service: string, name: string): T | undefined {
  const python = readdirSync(library).find((folder) => folder.startsWith('python')) ?? '';
  const folder = join(library, python, 'site-packages/botocore/data', service);
  const version = existsSync(folder) ? readdirSync(folder).sort().at(-1) : undefined;
  if (version === undefined) return undefined;
  const file = join(folder, version, `${name}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as T;
  return existsSync(`${file}.gz`) ? (JSON.parse(gunzipSync(readFileSync(`${file}.gz`)).toString('utf8')) as T) : undefined;
}

/** `DBInstanceIdentifier` → `db-instance-identifier`, as the CLI spells names. */
function dashed(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2').toLowerCase();
}

/**
 * What the AWS CLI would refuse of a command line, as a sentence; undefined when it takes it.
 * @param line begins with `aws `
 */
export function problemOf(line: string): string | undefined {
  const [, called = '', command = '', ...words] = line.replaceAll(/"[^"]*"|'[^']*'/g, 'value').split(/\s+/);
  // S3's own API has another name in the CLI, which keeps the short one for commands of its own.
  const service = called === 's3api' ? 's3' : called;
  const model = readModel<ServiceModel>(service, 'service-2');
  const extras = readModel<{ readonly merge: Partial<Pick<ServiceModel, 'shapes'>> }>(service, 'service-2.sdk-extras')?.merge.shapes ?? {};
  if (!model) return `${service} is no service`;
  const own = ownCommands[`${called} ${command}`];
  if (own) return unknownOption(`${service} ${command}`, words, new Set([...globalOptions, ...own]));
  const operation = command === 'wait' ? waitedFor(service, words.shift() ?? '') : Object.keys(model.operations).find((name) => dashed(name) === command);
  if (operation === undefined) return `${service} has no ${command === 'wait' ? 'such waiter' : command}`;
  const inputName = model.operations[operation]?.input?.shape ?? '';
  const input = model.shapes[inputName];
  const members = Object.entries({ ...input?.members, ...extras[inputName]?.members });
  const options = new Set([...globalOptions, ...members.flatMap(([name, { shape }]) => (model.shapes[shape]?.type === 'boolean' ? [`--${dashed(name)}`, `--no-${dashed(name)}`] : [`--${dashed(name)}`]))]);
  // The CLI makes up the tokens by which services know a call that is repeated.
  const missing = (input?.required ?? []).find((name) => !words.includes(`--${dashed(name)}`) && !words.includes(`--no-${dashed(name)}`) && input?.members?.[name]?.idempotencyToken !== true);
  return unknownOption(`${service} ${command}`, words, options) ?? (missing === undefined ? undefined : `${service} ${command} needs --${dashed(missing)}`);
}

function unknownOption(command: string, words: readonly string[], options: ReadonlySet<string>): string | undefined {
  const unknown = words.find((word) => word.startsWith('--') && !options.has(word));
  return unknown === undefined ? undefined : `${command} has no option ${unknown}`;
}

function waitedFor(service: string, waiter: string): string | undefined {
  const waiters = readModel<{ readonly waiters: Readonly<Record<string, { readonly operation: string }>> }>(service, 'waiters-2')?.waiters ?? {};
  return Object.entries(waiters).find(([name]) => dashed(name) === waiter)?.[1].operation;
}
