import { expect } from 'chai';
import { readFileSync, readdirSync, readlinkSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FakeCheckout, makesEnvironment } from './fake-checkout';

describe('set-up', () => {
  let machine: FakeCheckout;

  beforeEach(() => {
    machine = new FakeCheckout();
  });

  afterEach(() => machine.delete());

  const started = (name: string): string[] => machine.calls().filter((call) => call.startsWith(name));
  const environments = (): string[] => readdirSync(join(machine.folder, '.tools')).filter((entry) => entry.startsWith('python-'));

  function expectNothingReady(): void {
    expect(machine.exists('.tools/ready.json'), 'stamp').to.equal(false);
    expect(machine.exists('.tools/python'), 'environment').to.equal(false);
    expect(machine.exists('.tools/setup.lock'), 'lock').to.equal(false);
  }

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await sleep(10);
  }

  it('installs Node packages and Python tools inside the checkout and says how long each took', async () => {
    const { code, stdout, stderr } = await machine.run();
    expect(code).to.equal(0);
    expect(stdout).to.equal('');
    expect(stderr).to.match(/^Set-up: Node packages, \d+\.\d s \(npm ci\)$/m);
    expect(stderr).to.match(/^Set-up: Python tools, \d+\.\d s \(uv from PATH, Python 3\.12\.1\)$/m);
    expect(machine.exists('.tools/python/bin/python')).to.equal(true);
    const calls = machine.calls().join('\n');
    expect(calls).to.match(/^npm ci /m);
    expect(calls).to.match(/^uv pip sync .*--require-hashes.*--compile-bytecode/m);
  });

  it('starts no process and says nothing the second time', async () => {
    await machine.run();
    for (const tool of ['npm', 'uv', 'python3']) machine.remove(tool);
    expect(await machine.run()).to.deep.equal({ code: 0, stdout: '', stderr: '' });
  });

  it('installs only what changed', async () => {
    await machine.run();
    machine.calls();

    machine.lockNode('2.0.0');
    await machine.run();
    expect(machine.calls().map((call) => call.split(' ')[0])).to.have.members(['npm', 'python3']);

    const [before] = environments();
    machine.lockPython('2.0.0');
    await machine.run();
    expect(started('npm')).to.deep.equal([]);
    expect(environments(), 'the old environment is gone').to.have.length(1).and.not.include(before);
  });

  it('leaves installed packages alone that already are those of package-lock.json', async () => {
    machine.write('node_modules/.package-lock.json', readFileSync(join(machine.folder, 'package-lock.json'), 'utf8'));
    expect((await machine.run()).code).to.equal(0);
    expect(started('npm')).to.deep.equal([]);
  });

  it('builds the environment again when the Python of the machine was replaced', async () => {
    await machine.run();
    const interpreter = join(machine.folder, '.tools', 'python', 'bin', 'python');
    rmSync(interpreter);
    expect((await machine.run()).stderr).to.contain('Python tools');
    utimesSync(join(machine.bin, 'python3'), 1, 1);
    utimesSync(interpreter, 1, 1);
    expect((await machine.run()).stderr).to.contain('Python tools');
  });

  const unusable: { title: string; prepare: () => void; env?: Record<string, string>; says: RegExp }[] = [
    { title: 'no Python', prepare: () => machine.remove('python3'), says: /^Python 3\.10 or newer: no python3 on PATH\. Install /m },
    {
      title: 'a Python that is too old',
      prepare: () => machine.fakePython('python3', '3.9.18'),
      says: /^Python 3\.10 or newer: \S+\/python3 is 3\.9\.18\. Install /m,
    },
    { title: 'a Python that does not run', prepare: () => machine.fake('python3', 'exit 1'), says: /python3 does not run\. Install / },
    {
      title: 'a wrong path in MERIDIAN_PYTHON',
      prepare: () => undefined,
      env: { MERIDIAN_PYTHON: '/no/such/python' },
      says: /MERIDIAN_PYTHON: \/no\/such\/python does not run\. Install /,
    },
    {
      title: 'neither uv, pip nor venv',
      prepare: () => {
        machine.remove('uv');
        machine.fakePython('python3', '3.12.1', { modules: 'False' });
      },
      says: /^Python tools: uv is not on PATH, and \S+ has neither pip nor the venv module\. Install /m,
    },
    { title: 'no npm', prepare: () => machine.remove('npm'), says: /^Node packages: npm is not on PATH\. Install /m },
  ];
  for (const { title, prepare, env, says } of unusable) {
    it(`stops with code 2 and what to install on a machine with ${title}`, async () => {
      prepare();
      const { code, stderr } = await machine.run(env);
      expect(stderr).to.match(says);
      expect(code).to.equal(2);
      expect(machine.exists('.tools/ready.json')).to.equal(false);
    });
  }

  it('takes the first Python on PATH that is new enough', async () => {
    machine.fakePython('python3', '3.9.18');
    machine.fakePython('python3.11', '3.11.9');
    expect((await machine.run()).stderr).to.contain('Python 3.11.9');
  });

  it('takes the Python that MERIDIAN_PYTHON names, and asks no other', async () => {
    machine.fakePython('mine', '3.13.2');
    expect((await machine.run({ MERIDIAN_PYTHON: join(machine.bin, 'mine') })).stderr).to.contain('Python 3.13.2');
    expect(started('python3')).to.deep.equal([]);
  });

  it('says which command failed and what it wrote when the network is down', async () => {
    machine.fake('npm', 'echo "npm error code ENOTFOUND" >&2', 'exit 1');
    const { code, stderr } = await machine.run();
    expect(code).to.equal(2);
    expect(stderr).to.match(/^Command \S+npm ci .*: ended with code 1\. .*network/m);
    expect(stderr).to.contain('npm error code ENOTFOUND');
    expect(machine.exists('.tools/ready.json')).to.equal(false);
  });

  it('fetches uv with pip, checked by its hash, when there is none on PATH', async () => {
    machine.remove('uv');
    machine.fakePython('python3', '3.12.1', {
      otherwise: [
        'for word; do case "$before" in --target) target=$word;; esac; before=$word; done',
        'mkdir -p "$target/bin"',
        `printf '%s\\n' '#!/bin/sh' 'PATH=/usr/bin:/bin' '${makesEnvironment}' > "$target/bin/uv"`,
        'chmod +x "$target/bin/uv"',
      ],
    });
    const { code, stderr } = await machine.run();
    expect(stderr).to.contain('(uv, Python 3.12.1)');
    expect(code).to.equal(0);
    expect(started('python3 -m pip install').join()).to.contain('--require-hashes');
  });

  it('goes on to pip when uv fails, and leaves nothing that looks ready when that fails too', async () => {
    machine.fake('uv', 'exit 1');
    machine.fakePython('python3', '3.12.1', { otherwise: ['echo "no route to host"', 'exit 1'] });
    const { code, stderr } = await machine.run();
    expect(code).to.equal(2);
    expect(stderr).to.contain('no route to host');
    expectNothingReady();
    expect(environments()).to.deep.equal([]);
    expect(started('python3 -m').map((call) => call.split(' ')[2])).to.deep.equal(['pip', 'venv']);
  });

  describe('interrupted while the Python tools install', () => {
    beforeEach(() => {
      machine.fake('uv', makesEnvironment, `echo $$ > ${machine.folder}/pid`, 'sleep 60');
    });

    const installer = (): number => Number(readFileSync(join(machine.folder, 'pid'), 'utf8'));

    async function completesNextTime(): Promise<void> {
      machine.fake('uv', makesEnvironment);
      expect((await machine.run()).code).to.equal(0);
      expect(environments()).to.deep.equal([readlinkSync(join(machine.folder, '.tools', 'python'))]);
    }

    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      it(`by ${signal}, it ends the installer, leaves no half environment and says to run it again`, async () => {
        const { pid, outcome } = machine.start();
        await until(() => machine.exists('pid') && installer() > 0);
        process.kill(pid, signal);
        const { code, stderr } = await outcome;
        expect(code).to.equal(4);
        expect(stderr).to.contain('Run the command again to finish it.');
        expect(() => process.kill(installer(), 0)).to.throw('ESRCH');
        expectNothingReady();
        await completesNextTime();
      });
    }

    it('by SIGKILL, the next run takes over its lock and starts the environment anew', async () => {
      const { pid, outcome } = machine.start();
      await until(() => machine.exists('pid') && installer() > 0);
      process.kill(pid, 'SIGKILL');
      process.kill(-installer(), 'SIGKILL');
      await outcome;
      expect(machine.exists('.tools/python')).to.equal(false);
      expect(machine.exists('.tools/setup.lock')).to.equal(true);
      await completesNextTime();
    });
  });

  it('installs once when two are started at the same time', async () => {
    machine.fake('npm', 'sleep 0.3', 'mkdir -p node_modules', 'cp package-lock.json node_modules/.package-lock.json');
    const outcomes = await Promise.all([machine.run(), machine.run()]);
    expect(outcomes.map(({ code }) => code)).to.deep.equal([0, 0]);
    expect(outcomes.map(({ stderr }) => stderr).join('')).to.match(/Another set-up .* \(process \d+\): waiting for it\./);
    expect(started('npm')).to.have.length(1);
  });

  describe('with --sam', () => {
    const samEnvironments = (): string[] => readdirSync(join(machine.folder, '.tools')).filter((entry) => /^sam-[0-9a-f]{12}$/.test(entry));

    it('installs AWS SAM CLI as well, into an environment of its own', async () => {
      const { code, stderr } = await machine.run({}, ['--sam']);
      expect(code).to.equal(0);
      expect(stderr).to.match(/^Set-up: AWS SAM CLI, \d+\.\d s \(uv from PATH, Python 3\.12\.1\)$/m);
      expect(machine.exists('.tools/sam/bin/python')).to.equal(true);
      expect(machine.exists('.tools/python/bin/python')).to.equal(true);
      expect(started('uv pip sync').filter((call) => call.endsWith('/scripts/python/sam.lock'))).to.have.length(1);
    });

    it('starts no process and says nothing the second time', async () => {
      await machine.run({}, ['--sam']);
      for (const tool of ['npm', 'uv', 'python3']) machine.remove(tool);
      expect(await machine.run({}, ['--sam'])).to.deep.equal({ code: 0, stdout: '', stderr: '' });
    });

    it('replaces the environment when the locked packages change, and no other', async () => {
      await machine.run({}, ['--sam']);
      const [before, others] = [samEnvironments(), environments()];
      machine.write('scripts/python/sam.lock', 'sam==2.0.0\n');
      const { stderr } = await machine.run({}, ['--sam']);
      expect(stderr).to.contain('AWS SAM CLI').and.not.contain('Python tools');
      expect(samEnvironments()).to.have.length(1).and.not.deep.equal(before);
      expect(environments()).to.deep.equal(others);
    });

    it('only: without it nothing of SAM is installed', async () => {
      await machine.run();
      expect(machine.exists('.tools/sam')).to.equal(false);
      expect(started('uv pip sync')).to.have.length(1);
    });
  });

  it('explains itself, and refuses options that it does not have', async () => {
    expect((await machine.run({}, ['--help'])).stdout).to.contain('MERIDIAN_PYTHON');
    const { code, stderr } = await machine.run({}, ['--force']);
    expect(stderr).to.equal('Option "--force": set-up knows only --sam and --help. Leave it out.\n');
    expect(code).to.equal(2);
    expect(machine.calls()).to.deep.equal([]);
  });
});

describe('the locked Python tools', () => {
  const folder = join(__dirname, '..', '..', 'scripts', 'python');
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

  for (const name of ['requirements', 'uv', 'sam']) {
    it(`in ${name}.lock are exact versions, each with hashes, and name no server`, () => {
      const packages = read(`${name}.lock`).split(/^(?=\S)/m);
      for (const entry of packages) expect(entry).to.match(/^[a-z0-9-]+==\S+ [^]*--hash=sha256:[0-9a-f]{64}/);
      expect(read(`${name}.lock`)).to.not.match(/https?:|--index|--find-links/);
    });
  }

  for (const name of ['requirements', 'sam']) {
    it(`have the versions that ${name}.in asks for`, () => {
      const asked = [...read(`${name}.in`).matchAll(/^([a-z-]+)(?:\[.*\])?==(\S+)$/gm)];
      expect(asked).to.not.be.empty;
      for (const [, tool, version] of asked) expect(read(`${name}.lock`)).to.contain(`\n${tool}==${version} `);
    });
  }
});
