import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { MeridianError } from '../errors';
import { checkout, pinnedVersion, python, setUpCommand } from '../toolchain';
import { sha256 } from './function-cache';
import { checkExpandable } from './sam-limits';
import { isServerless, type SamTemplate } from './sam-template';

const SCRIPT = join(checkout, 'scripts/python/expand_sam.py');
const CACHE = join(checkout, 'node_modules/.cache/meridian/sam');

/** What the script says of one template. */
type Answer<T> = { readonly template: T } | { readonly problems: readonly Problem[] };

interface Problem {
  readonly logicalId: string | null;
  readonly message: string;
}

/** How templates are expanded. */
export interface ExpandOptions {
  /** Where expansions are kept for the next build. @default inside `node_modules/.cache` of the checkout */
  readonly cache?: string;
  /** The Python that has aws-sam-translator. @default the one that set-up installed */
  readonly interpreter?: string;
}

/**
 * Templates with SAM's resources expanded to CloudFormation's own and without `Transform`, which is what StackSets
 * take. Logical ids are those that SAM gives; metadata, conditions, policies and tags stay, and the functions carry the
 * tag `lambda:createdBy: SAM` as they do when CloudFormation expands them. The result depends on no account, region or
 * parameter. A template without SAM resources comes back as it is.
 *
 * All templates are expanded by one Python process without a network; those that have not changed since an earlier
 * build need none. Code must be in a bucket by now ({@link withArtifact}), because SAM refuses a local path.
 *
 * @param templates templates by the file they will be written to
 * @throws MeridianError naming the template, the logical id and the cause, when a role is not explicit, when another
 *   transform is asked for, when SAM refuses a resource, or when Python is missing or fails
 * @see https://github.com/aws/serverless-application-model
 */
export function expandSam<T extends SamTemplate>(
  templates: Readonly<Record<string, T>>,
  { cache = CACHE, interpreter }: ExpandOptions = {},
): Record<string, T> {
  for (const [file, template] of Object.entries(templates)) checkExpandable(file, template);
  const serverless = Object.entries(templates).filter(
    ([, template]) => template.Transform !== undefined || isServerless(template),
  );
  if (serverless.length === 0) return { ...templates };

  const tools = sha256(readFileSync(SCRIPT)) + pinnedVersion('aws-sam-translator');
  const entries = serverless.map(([file, template]) => ({
    file,
    template,
    key: sha256(tools + JSON.stringify(template)),
    cacheFile: join(cache, `${sha256(file)}.json`),
  }));
  const expanded: Record<string, T> = { ...templates };
  const changed = entries.filter(({ file, key, cacheFile }) => {
    const known = readCache<T>(cacheFile, key);
    if (known) expanded[file] = known;
    return !known;
  });
  if (changed.length === 0) return expanded;

  const answers = runScript<T>(
    interpreter ?? python(),
    Object.fromEntries(changed.map(({ file, template }) => [file, template])),
  );
  mkdirSync(cache, { recursive: true });
  for (const { file, key, cacheFile } of changed) {
    const template = expansion(file, answers[file]);
    expanded[file] = template;
    writeFileAtomic(cacheFile, JSON.stringify({ key, template }));
  }
  return expanded;
}

function readCache<T>(file: string, key: string): T | undefined {
  if (!existsSync(file)) return undefined;
  const known = JSON.parse(readFileSync(file, 'utf8')) as { key: string; template: T };
  return known.key === key ? known.template : undefined;
}

function runScript<T>(interpreter: string, templates: Record<string, T>): Readonly<Record<string, Answer<T>>> {
  // Isolated, so that neither PYTHONPATH nor a user's own packages take part.
  const run = spawnSync(interpreter, ['-I', SCRIPT], {
    input: JSON.stringify(templates),
    encoding: 'utf8',
    maxBuffer: Infinity,
  });
  if (run.status === 0) return JSON.parse(run.stdout) as Record<string, Answer<T>>;
  // Its own last words first: when it dies early, the error of the call is only that its input went unread.
  const why =
    run.stderr?.trim().split('\n').at(-1) || run.error?.message || `it ended with ${run.signal ?? run.status}`;
  throw new MeridianError(`SAM expansion: ${interpreter} failed: ${why}. Delete .tools and run "${setUpCommand}".`, 3, {
    cause: run.error ?? new Error(run.stderr),
  });
}

function expansion<T>(file: string, answer: Answer<T> | undefined): T {
  if (answer && 'template' in answer) return answer.template;
  const problems = (answer?.problems ?? []).map(({ logicalId, message }) =>
    [logicalId, message.replace(/^Resource with id \[[^\]]*\] is invalid\. /, '').replace(/\.$/, '')]
      .filter(Boolean)
      .join(': '),
  );
  throw new MeridianError(`${file}: ${problems.join('; ')}. Correct the resource and build again.`, 1);
}
