import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { checkout, type Tool } from '../../toolchain';
import { contentHash, noCache, openCache } from '../cache';
import type { Finding } from '../finding';
import { commandLine, runTool, toolFailed } from '../tool';
import type { Workers } from '../workers';
import type { CheckedManifest } from './checked-manifest';
import { mistakeFinding, mistakeSchema, type Mistake } from './mistake';
import { ownSchemas } from './own-schemas';

/** What kubernetes-validate needs besides the manifests. */
export interface ValidateOptions {
  /** The interpreter that has it. */
  readonly tool: Tool;
  readonly project: string;
  readonly workers: Workers;
  /** Folder of cached results; without it everything is checked anew. */
  readonly cache?: string;
  /** Called with each command line just before it runs. */
  readonly onCommand?: (line: string) => void;
}

const script = join(checkout, 'scripts', 'python', 'validate_manifests.py');
const answersSchema = z.record(z.string(), mistakeSchema);

/**
 * Judges manifests strictly by the schemas of their clusters' version, one process for each version: those whose content was met before
 * come from the cache.
 * @throws MeridianError with exit code 3 when the program fails, also when it lacks the version
 */
export async function validateManifests(manifests: readonly CheckedManifest[], options: ValidateOptions): Promise<{ findings: Finding[]; fromCache: number }> {
  const fingerprint = contentHash(options.tool.version, readFileSync(script), JSON.stringify(ownSchemas));
  const cache = options.cache === undefined ? noCache<readonly Mistake[]>() : openCache<readonly Mistake[]>(options.cache, options.tool.name, fingerprint);
  const keyed = manifests.map((manifest) => {
    const key = contentHash(manifest.version, manifest.text);
    return { manifest, key, known: cache.get(key) };
  });
  const missed = [...new Map(keyed.filter(({ known }) => !known).map(({ key, manifest }) => [key, manifest]))];
  const versions = [...new Set(missed.map(([, { version }]) => version))].sort();
  const judged = await options.workers.run(versions, (version, signal) => judge(version, missed.filter(([, manifest]) => manifest.version === version), options, signal));
  const fresh = new Map(judged.flatMap((each) => [...each]));
  for (const [key, mistakes] of fresh) cache.set(key, mistakes);
  return {
    findings: keyed.flatMap(({ manifest, key, known }) => (known ?? fresh.get(key) ?? []).flatMap((mistake, index) => (mistake ? [mistakeFinding(manifest, manifest.objects[index] ?? {}, mistake)] : []))),
    fromCache: keyed.filter(({ known }) => known).length,
  };
}

/** The mistake of each object, by the key of its manifest. */
async function judge(version: string, manifests: readonly (readonly [key: string, manifest: CheckedManifest])[], { tool, project, onCommand }: ValidateOptions, signal: AbortSignal): Promise<Map<string, Mistake[]>> {
  // Isolated, so that neither PYTHONPATH nor a user's own packages take part.
  const args = ['-I', script];
  onCommand?.(commandLine(tool.command, args));
  const objects = Object.fromEntries(manifests.flatMap(([key, manifest]) => manifest.objects.map((object, index) => [`${key}#${index}`, object])));
  const output = await runTool(tool, args, { cwd: project, answers: (code) => code === 0, input: JSON.stringify({ version, own: ownSchemas, objects }), signal });
  const parsed = answersSchema.safeParse(jsonOf(output.stdout));
  if (!parsed.success) throw toolFailed(tool, 'it printed no answer', output, parsed.error);
  return new Map(manifests.map(([key, manifest]) => [key, manifest.objects.map((_, index) => answered(parsed.data, `${key}#${index}`))]));

  function answered(answers: z.infer<typeof answersSchema>, name: string): Mistake {
    const answer = answers[name];
    if (answer === undefined) throw toolFailed(tool, 'it left an object out', output);
    return answer;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
