import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout } from '../../../src/toolchain/checkout';

/** How a command ended and what it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What to do to a command while it runs. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Sends an interruption as soon as standard error holds this text. */
  readonly interruptAt?: string;
}

/** A folder of its own with the test system, for the `meridian` command to work in. */
export class CornerFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'meridian-cli-'));

  constructor() {
    mkdirSync(join(this.path, 'parameters', 'corner'), { recursive: true });
    for (const environment of ['production', 'develop']) this.writeParameters(environment, 'parameters:\n  Label: hello\n');
    mkdirSync(join(this.path, 'project', 'templates'), { recursive: true });
    // What an account shares is made of the catalogue's modules here, so its waivers hold too.
    for (const entry of ['rules', 'docs', '.cfnlintrc.yaml', 'node_modules', join('templates', 'account')]) symlinkSync(join(checkout, entry), join(this.path, 'project', entry));
  }

  writeParameters(environment: string, text: string): void {
    writeFileSync(join(this.path, 'parameters', 'corner', `${environment}.yaml`), text);
  }

  /** Runs `meridian` over the test system. */
  meridian(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    return runNode(['-r', 'ts-node/register', join(__dirname, 'corner-cli.ts'), this.path, ...args], options);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Runs the command of this checkout. */
export function realMeridian(args: readonly string[]): Promise<Ended> {
  return runNode([join(checkout, 'bin', 'meridian.js'), ...args], {});
}

async function runNode(args: readonly string[], { env, interruptAt }: RunOptions): Promise<Ended> {
  const child = spawn(process.execPath, args, { cwd: checkout, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...env } });
  let stdout = '';
  let stderr = '';
  let interrupted = false;
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
    if (interrupted || interruptAt === undefined || !stderr.includes(interruptAt)) return;
    interrupted = true;
    child.kill('SIGINT');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}
