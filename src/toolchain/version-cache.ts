import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { z } from 'zod';

const entries = z.record(z.string(), z.object({ mtimeMs: z.number(), size: z.number(), version: z.string().nullable() }));

/**
 * Remembers the versions of executables in a file, by path, time of change and size, so that each is asked once. The file
 * holds nothing that can't be asked again: a damaged one counts as empty.
 */
export class VersionCache {
  /** @param file where the answers are kept; its folder is made when needed */
  constructor(private readonly file: string) {}

  /**
   * The version of an executable.
   *
   * @param executable its real path, links resolved
   * @param ask how to find out; returns nothing for an executable that doesn't tell
   */
  version(executable: string, ask: (executable: string) => string | undefined): string | undefined {
    const { mtimeMs, size } = statSync(executable);
    const known = this.read();
    const entry = known[executable];
    if (entry?.mtimeMs === mtimeMs && entry.size === size) return entry.version ?? undefined;
    const version = ask(executable);
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileAtomic(this.file, JSON.stringify({ ...known, [executable]: { mtimeMs, size, version: version ?? null } }, null, 2));
    return version;
  }

  private read(): z.infer<typeof entries> {
    let text;
    try {
      text = readFileSync(this.file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw error;
    }
    const parsed = entries.safeParse(parseJson(text));
    return parsed.success ? parsed.data : {};
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
