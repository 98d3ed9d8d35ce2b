import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const checkout = join(__dirname, '..', '..');

/** What `uv venv … <folder>` does, in shell: an interpreter in a new folder. */
export const makesEnvironment = 'if [ "$1" = venv ]; then for last; do :; done; mkdir -p "$last/bin"; cp /bin/sh "$last/bin/python"; exit; fi';

/** What set-up said and how it ended. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A copy of set-up with small lock files and a PATH of its own, on which `npm`, `uv` and `python3` are shell scripts that
 * write their arguments to a log and create what the real ones would.
 */
export class FakeCheckout {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'meridian-setup-')));
  readonly bin = join(this.folder, 'machine');

  constructor() {
    cpSync(join(checkout, 'scripts', 'setup'), join(this.folder, 'scripts', 'setup'), { recursive: true });
    cpSync(join(checkout, 'scripts', 'setup.mjs'), join(this.folder, 'scripts', 'setup.mjs'));
    mkdirSync(this.bin);
    this.lockNode('1.0.0');
    this.lockPython('1.0.0');
    this.write('scripts/python/uv.lock', 'uv==1.0.0\n');
    this.write('scripts/python/sam.lock', 'sam==1.0.0\n');
    this.fake('npm', 'mkdir -p node_modules', 'cp package-lock.json node_modules/.package-lock.json');
    this.fake('uv', makesEnvironment);
    this.fakePython('python3', '3.12.1');
  }

  /** Puts a shell script on the PATH of this machine; each call is logged before its lines run. */
  fake(name: string, ...lines: string[]): void {
    const script = ['#!/bin/sh', 'PATH=/usr/bin:/bin', `echo "${name} $*" >> "${this.log}"`, ...lines, ''].join('\n');
    writeFileSync(join(this.bin, name), script);
    chmodSync(join(this.bin, name), 0o755);
  }

  /**
   * Puts a Python of some version on PATH, with pip and venv unless `modules` says "False".
   *
   * @param otherwise shell lines for every call that asks neither for the version nor for modules
   */
  fakePython(name: string, version: string, { modules = 'True', otherwise = [] }: { modules?: 'True' | 'False'; otherwise?: string[] } = {}): void {
    const answers = `*find_spec*) echo ${modules}; exit;; *version_info*) echo "${version} ${join(this.bin, name)}"; exit;;`;
    this.fake(name, `case "$*" in ${answers} esac`, ...otherwise);
  }

  remove(name: string): void {
    rmSync(join(this.bin, name));
  }

  lockNode(version: string): void {
    this.write('package-lock.json', JSON.stringify({ packages: { 'node_modules/left': { version } } }));
  }

  lockPython(version: string): void {
    this.write('scripts/python/requirements.lock', `tool==${version}\n`);
  }

  write(path: string, text: string): void {
    mkdirSync(join(this.folder, path, '..'), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  exists(path: string): boolean {
    return existsSync(join(this.folder, path));
  }

  /** Starts set-up; `outcome` is there when it has ended. */
  start(env: Record<string, string> = {}, args: readonly string[] = []): { pid: number; outcome: Promise<Outcome> } {
    const child = spawn(process.execPath, [join(this.folder, 'scripts', 'setup.mjs'), ...args], {
      env: { PATH: this.bin, HOME: this.folder, ...env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const outcome = once(child, 'close').then(([code]: (number | null)[]) => ({ code: code ?? null, stdout, stderr }));
    if (child.pid === undefined) throw new Error('set-up did not start');
    return { pid: child.pid, outcome };
  }

  run(env?: Record<string, string>, args?: readonly string[]): Promise<Outcome> {
    return this.start(env, args).outcome;
  }

  /** The calls since the last time this was asked, one a line. */
  calls(): string[] {
    const lines = existsSync(this.log) ? readFileSync(this.log, 'utf8').trimEnd().split('\n') : [];
    rmSync(this.log, { force: true });
    return lines;
  }

  delete(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get log(): string {
    return join(this.folder, 'calls.log');
  }
}
