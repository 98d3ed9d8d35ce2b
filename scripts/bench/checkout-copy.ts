import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout } from '../../src/toolchain/checkout';
import { environmentFolder, readManifest } from '../../src/build/manifest';

/** Not copied: installed, emitted or git's own. */
const left = new Set(['.git', '.meridian', '.tools', 'dist', 'node_modules']);

/**
 * A copy of the checkout to measure in, so that benches can empty caches and edit templates without touching anybody's
 * work. It shares the installed packages and tools by links and has caches and a `dist/` of its own.
 */
export class CheckoutCopy {
  /** The copy's folder, among the temporary files. */
  readonly folder = mkdtempSync(join(tmpdir(), 'meridian-bench-'));
  private edits = 0;

  constructor() {
    for (const entry of readdirSync(checkout)) {
      if (!left.has(entry)) cpSync(join(checkout, entry), join(this.folder, entry), { recursive: true });
    }
    symlinkSync(join(checkout, '.tools'), join(this.folder, '.tools'));
    const modules = join(checkout, 'node_modules');
    mkdirSync(join(this.folder, 'node_modules'));
    for (const entry of readdirSync(modules)) {
      if (entry !== '.cache') symlinkSync(join(modules, entry), join(this.folder, 'node_modules', entry));
    }
  }

  /** Removes what builds and checks keep for the next run, and what was built and recorded. */
  forget(): void {
    for (const entry of ['dist', '.meridian', join('node_modules', '.cache')]) {
      rmSync(join(this.folder, entry), { recursive: true, force: true });
    }
  }

  /**
   * Changes the description of one template in its TypeScript source, each time to another text.
   *
   * @param source path in the checkout of a file with a `description: '…'`
   */
  editDescription(source: string): void {
    const file = join(this.folder, source);
    const text = readFileSync(file, 'utf8');
    const edited = text.replace(/(?<=description: ')(Edit \d+\. )?/, `Edit ${++this.edits}. `);
    if (edited === text) throw new Error(`${source} has no description to edit`);
    writeFileSync(file, edited);
  }

  /**
   * How many resources the builds in the copy's `dist/` hold, nested stacks included.
   *
   * @param only counts one environment of each system instead of all
   */
  resources(only?: string): number {
    const dist = join(this.folder, 'dist');
    return readdirSync(dist)
      .flatMap((system) => readdirSync(join(dist, system)).map((environment) => ({ system, environment })))
      .filter(({ system, environment }) => existsSync(join(environmentFolder(dist, system, environment), 'manifest.json')))
      .filter(({ environment }) => only === undefined || environment === only)
      .flatMap(({ system, environment }) => readManifest(dist, system, environment).deployments)
      .flatMap((deployment) => Object.values(deployment.templates))
      .reduce((sum, template) => sum + Object.keys(template.sources).length, 0);
  }

  /** Deletes the copy. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
