import { expect } from 'chai';
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { detachedStatus, LocalAwsControl, startDetached, startLocalAws, stopDetached } from '../../src/local-aws';
import { MeridianError } from '../../src/errors';

const ROOT = path.resolve(__dirname, '../..');

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function gone(pid: number): Promise<boolean> {
  const end = Date.now() + 8000;
  while (lives(pid) && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return !lives(pid);
}

async function problem(call: Promise<unknown>): Promise<MeridianError> {
  const error = await call.then(() => undefined, (refused: unknown) => refused);
  expect(error).to.be.instanceOf(MeridianError);
  return error as MeridianError;
}

describe('starting the local AWS', () => {
  it('gives an endpoint on 127.0.0.1 that answers, and leaves nothing when it is stopped', async () => {
    const local = await startLocalAws();
    expect(local.endpoint).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await new LocalAwsControl(local.endpoint).health()).to.deep.equal({ status: 'ok', pid: local.pid });
    await local.stop();
    await local.stop();
    expect(lives(local.pid)).to.equal(false);
    expect((await problem(new LocalAwsControl(local.endpoint).health())).message).to.match(/does not answer.*meridian local start/);
  });

  it('says that a port is in use', async () => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as net.AddressInfo;
    const { message, exitCode } = await problem(startLocalAws({ port }));
    server.close();
    expect(message).to.match(new RegExp(`^Cannot listen on 127.0.0.1:${port}: .*--port`));
    expect(exitCode).to.equal(2);
  });

  it('says that Python is missing', async () => {
    const { message, exitCode } = await problem(startLocalAws({ python: '/nowhere/python' }));
    expect(message).to.match(/^Local AWS: .*ENOENT.*setup\.mjs/);
    expect(exitCode).to.equal(2);
  });

  it('says so when what was started is not the local AWS', async () => {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-python-'));
    const python = path.join(directory, 'python');
    fs.writeFileSync(python, "#!/bin/sh\necho '{hello'\n", { mode: 0o755 });
    const { message } = await problem(startLocalAws({ python }));
    fs.rmSync(directory, { recursive: true });
    expect(message).to.match(/^Local AWS: it began with "\{hello" instead of its address\./);
  });

  it('gives up after the time limit and kills what it started', async () => {
    const { message } = await problem(startLocalAws({ timeLimitMs: 1 }));
    expect(message).to.match(/not ready after 0.001 s/);
  });

  it('leaves no orphan, however its starter ends', async () => {
    const ends = await Promise.all(
      (['SIGKILL', 'SIGINT', 'SIGTERM'] as const).map(async (signal) => {
        const starter = spawnStarter('setInterval(() => undefined, 1000);');
        const pid = await printedPid(starter);
        starter.kill(signal);
        return gone(pid);
      }),
    );
    expect(ends).to.deep.equal([true, true, true]);
  });

  it('keeps no process running that forgets to stop it', async () => {
    const starter = spawnStarter('');
    const pid = await printedPid(starter);
    const code = await new Promise((resolve) => starter.once('exit', resolve));
    expect(code).to.equal(0);
    expect(await gone(pid)).to.equal(true);
  });
});

/** A process that starts a local AWS, prints its process id and goes on with `then`. */
function spawnStarter(then: string): ChildProcess {
  const script = `require('ts-node/register'); require('./src/local-aws').startLocalAws().then(({ pid }) => { console.log(pid); ${then} });`;
  return spawn(process.execPath, ['-e', script], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
}

async function printedPid(starter: ChildProcess): Promise<number> {
  return new Promise((resolve) => starter.stdout?.once('data', (data: Buffer) => resolve(Number(data.toString()))));
}

describe('the local AWS that goes on by itself', () => {
  let directory = '';
  beforeEach(() => (directory = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-local-'))));
  afterEach(async () => {
    await stopDetached(directory).catch(() => false);
    fs.rmSync(directory, { recursive: true });
  });

  it('is started once, found by its state file, and stopped', async () => {
    const first = await startDetached(directory);
    const second = await startDetached(directory);
    expect([first.started, second.started, second.pid]).to.deep.equal([true, false, first.pid]);
    expect(JSON.parse(fs.readFileSync(path.join(directory, 'local.json'), 'utf8'))).to.deep.equal({ pid: first.pid, port: first.port, endpoint: first.endpoint });
    expect(await detachedStatus(directory)).to.include({ status: 'running', endpoint: first.endpoint });
    expect([await stopDetached(directory), await stopDetached(directory)]).to.deep.equal([true, false]);
    expect(lives(first.pid)).to.equal(false);
    expect(fs.existsSync(path.join(directory, 'local.json'))).to.equal(false);
  });

  it('counts as stopped once its process is gone', async () => {
    const { pid } = await startDetached(directory);
    process.kill(pid, 'SIGKILL');
    await gone(pid);
    expect(await detachedStatus(directory)).to.deep.equal({ status: 'stopped' });
  });

  it('is not taken for another process with its id', async () => {
    fs.writeFileSync(path.join(directory, 'local.json'), JSON.stringify({ pid: process.pid, port: 9, endpoint: 'http://127.0.0.1:9' }));
    const { message } = await problem(stopDetached(directory));
    expect(message).to.include(`Local AWS (process ${process.pid}): it does not answer at http://127.0.0.1:9.`);
  });

  for (const state of [{ pid: -1, port: 9, endpoint: 'http://127.0.0.1:9' }, { pid: 1, port: 9, endpoint: 'http://example.com:9' }, { pid: 1, port: 0, endpoint: 'http://127.0.0.1:0' }]) {
    it(`takes no state file for its own that says ${JSON.stringify(state)}`, async () => {
      fs.writeFileSync(path.join(directory, 'local.json'), JSON.stringify(state));
      expect((await problem(stopDetached(directory))).message).to.match(/local\.json: it is not what Meridian wrote\. Delete the file\.$/);
    });
  }

  it('says that its state file is broken', async () => {
    fs.writeFileSync(path.join(directory, 'local.json'), '{"pid": ');
    expect((await problem(detachedStatus(directory))).message).to.match(/local\.json: it is not what Meridian wrote\. Delete the file\.$/);
  });
});
