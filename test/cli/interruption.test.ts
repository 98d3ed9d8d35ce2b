import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalAwsControl } from '../../src/local-aws';
import { Interruption } from '../../src/cli/interruption';
import { startToKeep } from '../../src/cli/run/local-aws';
import { MeridianError } from '../../src/errors';
import { CornerFolder, type Ended } from './support/corner-folder';

/** The local AWS of a command ends when the command's end of a pipe closes: a moment after it, and never later than this. */
const endsWithinMs = 3_000;

async function expectNothingAt(endpoint: string | undefined): Promise<void> {
  expect(endpoint).to.match(/^http:/);
  const control = new LocalAwsControl(endpoint ?? '');
  const until = performance.now() + endsWithinMs;
  let answer = await control.health(1_000).catch(() => undefined);
  while (answer && performance.now() < until) {
    await sleep(50);
    answer = await control.health(1_000).catch(() => undefined);
  }
  expect(answer, `${endpoint} still answers`).to.equal(undefined);
}

function endpointIn({ stderr }: Ended): string | undefined {
  return /http:\/\/127\.0\.0\.1:\d+/.exec(stderr)?.[0];
}

describe('an interrupted or failed command', function () {
  this.timeout(40_000);
  const folder = new CornerFolder();

  after(() => folder.remove());

  it('that rolls ends its local AWS with exit code 4', async () => {
    const ended = await folder.meridian(['rollout', 'corner', 'production'], { interruptAt: 'Local AWS' });
    expect(ended.code).to.equal(4);
    expect(ended.stderr).to.match(/Stopp(?:ing after the current operation|ed)\./);
    await expectNothingAt(endpointIn(ended));
  });

  it('that starts a local AWS to stay ends it', async () => {
    const state = join(folder.path, 'state');
    const error = await startToKeep(state, {}, AbortSignal.abort()).catch((problem: unknown) => problem);
    expect(error).to.be.instanceOf(MeridianError).with.property('exitCode', 4);
    expect(existsSync(join(state, 'local.json'))).to.equal(false);
  });

  it('that checks ends cfn-lint and cfn-guard, and says that nothing was proven', async () => {
    const { code, stderr } = await folder.meridian(['check', '--no-cache'], { interruptAt: 'quotas' });
    expect(stderr).to.contain('Stopping: cfn-lint, cfn-guard and kubernetes-validate are ended.\nCheck stopped: it was interrupted. Run the same command again.');
    expect(code).to.equal(4);
  });

  it('that can\'t have its port says so and leaves no process', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await folder.meridian(['local', 'start', '--port', String(port)]);
    server.close();
    expect(stderr).to.contain(`Cannot listen on 127.0.0.1:${port}: address already in use. Stop what uses the port, or choose another with --port, or 0 for a free one.`);
    expect(code).to.equal(2);
    expect(existsSync(join(folder.path, '.meridian', 'local.json'))).to.equal(false);
  });

  it('that misses Python says how to get it', async () => {
    const { code, stderr } = await folder.meridian(['rollout', 'corner', 'production'], { env: { CORNER_PYTHON: '/nowhere/python' } });
    expect(stderr).to.match(/Local AWS: spawn \/nowhere\/python ENOENT\. Run "node scripts\/setup\.mjs"/);
    expect(code).to.equal(2);
  });
});

describe('the first interruption of work that must not be cut off', () => {
  it('is announced and reaches the work, which ends in its own time', async () => {
    const told: string[] = [];
    const interruption = new Interruption((line) => told.push(line));
    const giveBack = interruption.listen();
    try {
      const result = await interruption.gracefully('Ending soon.', async (signal) => {
        process.emit('SIGINT', 'SIGINT');
        await Promise.resolve();
        return signal.aborted;
      });
      expect(result).to.equal(true);
      expect(told).to.deep.equal(['Ending soon.']);
    } finally {
      giveBack();
    }
  });
});
