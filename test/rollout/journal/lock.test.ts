import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { JournalLock } from '../../../src/rollout/journal/lock';

describe('the lock of a journal', () => {
  let folder: string;
  let other: ChildProcess;
  before(() => {
    other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  });
  after(() => other.kill());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'meridian-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const file = () => join(folder, 'journal.lock');

  it('is held by one at a time, with its process id, and leaves nothing behind', () => {
    const lock = JournalLock.tryTake(folder);
    expect(readFileSync(file(), 'utf8')).to.equal(`${process.pid}\n`);
    expect(JournalLock.tryTake(folder)).to.equal(undefined);
    lock?.release();
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('is refused as long as another process lives that holds it, naming that', async () => {
    writeFileSync(file(), `${other.pid}\n`);
    const error = await JournalLock.take(folder, 'Rollout of shop test', 0).catch((problem: Error) => problem.message);
    expect(error).to.match(new RegExp(`^Rollout of shop test not started: process ${other.pid} on this machine rolls or destroys the same\\. Wait until it ends, or give --wait .* delete .*journal\\.lock\\.$`));
  });

  it('is waited for', async () => {
    const first = JournalLock.tryTake(folder);
    const second = JournalLock.take(folder, 'Rollout of shop test', 5);
    first?.release();
    (await second).release();
    expect(existsSync(file())).to.equal(false);
  });

  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const stale: [string, string][] = [
    ['a process that is dead', `${dead}\n`],
    ['a dead process that had the id of this one', `${process.pid}\n`],
    ['nobody, as after a full disk', ''],
  ];
  for (const [title, content] of stale) {
    it(`is taken over from ${title}`, () => {
      writeFileSync(file(), content);
      const lock = JournalLock.tryTake(folder);
      expect(readdirSync(folder)).to.deep.equal(['journal.lock']);
      expect(readFileSync(file(), 'utf8')).to.equal(`${process.pid}\n`);
      lock?.release();
    });
  }
});
