import { expect } from 'chai';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { Rehearsal } from './rehearsal';

const ROOT = path.resolve(__dirname, '../..');

function start(...options: string[]): Promise<{ code: number | null; error: string }> {
  const child = spawn(path.join(ROOT, '.tools/python/bin/python'), ['-m', 'emulator', ...options], { cwd: ROOT, env: { ...process.env, PYTHONPATH: ROOT } });
  let error = '';
  child.stderr.on('data', (data: Buffer) => (error += data.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, error: error.trim() })));
}

describe('the process of the local AWS', () => {
  let aws: Rehearsal;
  before(async () => {
    aws = await Rehearsal.open();
  });
  after(() => aws.close());

  it('says what, why and what to do when its port is in use, with exit code 2', async () => {
    const port = new URL(aws.local.endpoint).port;
    const { code, error } = await start('--port', port);
    expect(code).to.equal(2);
    expect(error).to.equal(`Cannot listen on 127.0.0.1:${port}: address already in use. Stop what uses the port, or choose another with --port, or 0 for a free one.`);
  });

  it('is reachable from this machine only', async function () {
    const outside = Object.values(networkInterfaces()).flat().find((address) => address && !address.internal && address.family === 'IPv4');
    if (!outside) {
      this.skip();
    }
    const answer = await fetch(`http://${outside.address}:${new URL(aws.local.endpoint).port}/`).then(() => 'answered', () => 'refused');
    expect(answer).to.equal('refused');
  });

  it('refuses to start with another ministack than the one it extends', async () => {
    const script = 'import importlib.metadata as m; m.version = lambda name: "9.9.9"\nfrom emulator import ministack_hooks\nministack_hooks.check()';
    const child = spawn(path.join(ROOT, '.tools/python/bin/python'), ['-c', script], { cwd: ROOT, env: { ...process.env, PYTHONPATH: ROOT } });
    let error = '';
    child.stderr.on('data', (data: Buffer) => (error += data.toString()));
    await new Promise((resolve) => child.once('close', resolve));
    expect(error).to.contain('it extends ministack 1.5.33 from outside, and 9.9.9 is installed. Install ministack==1.5.33, or run the set-up.');
  });

  it('refuses to start when a name that it hooks is gone, and names it', async () => {
    const script = 'import ministack.services.cloudformation.stacks as s; del s._add_event\nfrom emulator import ministack_hooks\nministack_hooks.check()';
    const child = spawn(path.join(ROOT, '.tools/python/bin/python'), ['-c', script], { cwd: ROOT, env: { ...process.env, PYTHONPATH: ROOT } });
    let error = '';
    child.stderr.on('data', (data: Buffer) => (error += data.toString()));
    await new Promise((resolve) => child.once('close', resolve));
    expect(error).to.contain('ministack lacks ministack.services.cloudformation.stacks._add_event. Reinstall ministack==1.5.33.');
  });

  it('remembers stacks, recorded resources and taken names from one start to the next, when it is given a folder', async () => {
    const stateDir = mkdtempSync(path.join(tmpdir(), 'meridian-state-'));
    const logs = { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/kept' } };
    const first = await Rehearsal.open({ stateDir });
    const stack = await first.create({ Resources: { Logs: logs, Gateway: { Type: 'AWS::EC2::TransitGateway' }, Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: 'x' } } } });
    await first.close();
    const second = await Rehearsal.open({ stateDir });
    expect((await second.create({ Resources: { Logs: logs } }, {}, 'other')).reasons).to.contain('already exists');
    expect((await second.remove(stack)).status).to.equal('DELETE_COMPLETE');
    await second.close();
    rmSync(stateDir, { recursive: true });
  });
});
