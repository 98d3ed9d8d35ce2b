import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { detachedStatus, stopDetached } from '../../src/local-aws';
import { contentsOf } from './support/contents';
import { damaged, edited, hostileText, hostileValue } from './support/hostile';
import { laterAnswerOf } from './support/named-cause';
import { runs } from './support/runs';

describe('a state file of the local AWS with anything in it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-fuzz-'));
  const file = join(folder, 'local.json');
  let answer = '';
  let server: Server;
  let port = 0;
  let bystander: ChildProcess;

  before(async () => {
    bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    server = createServer((_, response) => response.end(answer));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  after(() => {
    bystander.kill();
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Asks and stops, and proves that both answer and that nobody's process was ended. */
  async function expectHarmless(text: string): Promise<void> {
    writeFileSync(file, text);
    const asked = await laterAnswerOf(() => detachedStatus(folder));
    if ('accepted' in asked) expect(asked.accepted).to.deep.equal({ status: 'stopped' });
    else expect(asked.refused.message).to.contain(folder);
    const before = contentsOf(folder);
    const stopped = await laterAnswerOf(() => stopDetached(folder));
    expect('refused' in stopped || !stopped.accepted).to.equal(true);
    if ('refused' in stopped) expect(contentsOf(folder)).to.deep.equal(before);
    expect([bystander.exitCode, bystander.signalCode]).to.deep.equal([null, null]);
  }

  it('is answered, or refused with its path: damaged, of processes that are gone, or no state at all', async () => {
    const state = { pid: 4_194_300, port: 9, endpoint: 'http://127.0.0.1:9' };
    const text = fc.oneof(damaged(state).map((data) => JSON.stringify(data) ?? ''), edited(JSON.stringify(state), ['{', '"', '-', '0', '1e9']), hostileText, hostileValue.map((data) => JSON.stringify(data)));
    await fc.assert(fc.asyncProperty(text, expectHarmless), runs(200));
  });

  for (const pid of [0, -1, -2, 1.5, 2 ** 31, 'x']) {
    it(`is refused with process id ${pid}, which could mean every process`, async () => {
      writeFileSync(file, JSON.stringify({ pid, port, endpoint: `http://127.0.0.1:${port}` }));
      answer = JSON.stringify({ status: 'ok', pid });
      await expectHarmless(JSON.stringify({ pid, port, endpoint: `http://127.0.0.1:${port}` }));
    });
  }

  it('never ends a process of somebody else that has the same id, whatever answers on the port', async () => {
    const said = fc.oneof(hostileText, hostileValue.map((data) => JSON.stringify(data)), fc.constant('{"status":"ok","pid":1}'), fc.constant('<html>'));
    await fc.assert(
      fc.asyncProperty(said, async (text) => {
        answer = text;
        await expectHarmless(JSON.stringify({ pid: bystander.pid, port, endpoint: `http://127.0.0.1:${port}` }));
      }),
      runs(60),
    );
  });

  it('names the process, the address and the file when nobody listens there', async () => {
    writeFileSync(file, JSON.stringify({ pid: bystander.pid, port: 9, endpoint: 'http://127.0.0.1:9' }));
    const asked = await laterAnswerOf(() => detachedStatus(folder));
    expect('refused' in asked && asked.refused.message).to.equal(`Local AWS (process ${bystander.pid}): it does not answer at http://127.0.0.1:9. End that process if it is the local AWS, then delete ${file}.`);
  });

  it('may be a folder', async () => {
    rmSync(file);
    mkdirSync(file);
    expect(await laterAnswerOf(() => detachedStatus(folder))).to.have.property('refused');
  });
});
