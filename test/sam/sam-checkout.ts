import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { LOCAL_ACCOUNT } from '../../src/local-aws';
import { checkout } from '../../src/toolchain';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const execute = promisify(execFile);

/** Longest time of one command, in milliseconds: a deployment to the local AWS takes three seconds. */
const COMMAND_WITHIN_MS = 60_000;

/** A port where nothing listens: SAM looks for its newest version on the internet, which tests leave alone. */
const NO_PROXY_THERE = 'http://127.0.0.1:9';

/** A working directory like a checkout's, with a `dist` and a home of its own, in which shell commands meet the local AWS. */
export class SamCheckout {
  readonly folder = mkdtempSync(join(tmpdir(), 'meridian-sam-'));
  readonly dist = join(this.folder, 'dist');
  private readonly env: NodeJS.ProcessEnv;

  /** @param sam the executable that commands find as `sam` */
  constructor(sam: string, endpoint: string) {
    for (const name of ['samconfig.toml', 'parameters', 'scripts', 'node_modules']) symlinkSync(join(checkout, name), join(this.folder, name));
    this.env = {
      PATH: [dirname(sam), process.env['PATH']].join(delimiter),
      HOME: this.folder,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: LOCAL_ACCOUNT,
      AWS_SECRET_ACCESS_KEY: 'local',
      SAM_CLI_TELEMETRY: '0',
      SAM_CLI_POLL_DELAY: '0.2',
      HTTPS_PROXY: NO_PROXY_THERE,
      NO_PROXY: '127.0.0.1',
    };
  }

  /**
   * Runs lines of bash, and gives what they wrote to both outputs.
   * @throws Error with that, when one of them fails
   */
  async run(...lines: readonly string[]): Promise<string> {
    const options = { cwd: this.folder, env: this.env, timeout: COMMAND_WITHIN_MS, maxBuffer: Infinity };
    try {
      // Bash reads its start-up file when its input is a socket, which is what Node gives it.
      const { stdout, stderr } = await execute('bash', ['--norc', '-euc', lines.join('\n')], options);
      return stdout + stderr;
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      throw new Error(`${lines.join('\n')}\n${stdout}${stderr}`, { cause: error });
    }
  }

  delete(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
