import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundleAll, bundleFunction, functionNames } from '../../src/build/bundle';
import { unzip } from '../../src/build/zip';

const checkout = resolve(__dirname, '../..');

describe('Bundling a function', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'meridian-bundle-'));
    write(
      'src/functions/hello/index.ts',
      "import { greeting } from './greeting';\nexport const handler = async () => greeting;\n",
    );
    write('src/functions/hello/greeting.ts', "export const greeting = 'hello';\n");
    write('src/functions/shared/index.ts', 'export const shared = 1;\n');
    write('src/functions/notes.txt', '');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(path: string, text: string): void {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  async function hello() {
    return bundleFunction('hello', { root: folder });
  }

  const cachedFile = () => statSync(join(folder, 'node_modules/.cache/meridian/functions/hello.zip')).ino;

  it('finds the functions by their handlers', () => {
    expect(functionNames({ root: folder })).to.deep.equal(['hello']);
    expect(functionNames()).to.include('empty').and.not.include('custom-resource');
  });

  it('gives the same bytes in every checkout and from every working directory', async () => {
    const here = await bundleFunction('empty');
    const elsewhere = join(folder, 'a/deeper/checkout');
    cpSync(join(checkout, 'src/functions'), join(elsewhere, 'src/functions'), { recursive: true });
    mkdirSync(join(elsewhere, 'node_modules'));
    for (const name of readdirSync(join(checkout, 'node_modules')).filter((entry) => !entry.startsWith('.'))) {
      symlinkSync(join(checkout, 'node_modules', name), join(elsewhere, 'node_modules', name));
    }
    const workingDirectory = process.cwd();
    process.chdir(folder);
    try {
      const there = await bundleFunction('empty', { root: elsewhere });
      expect(there).to.deep.equal(here);
    } finally {
      process.chdir(workingDirectory);
    }
  });

  it('packs one file of 1980 without a path of this machine', async () => {
    const { zip, bytes } = await bundleFunction('empty');
    const files = unzip(zip);
    expect(Object.keys(files)).to.deep.equal(['index.js']);
    expect(bytes)
      .to.equal(zip.length)
      .and.be.below(1024 * 1024);
    expect(Buffer.from(files['index.js'] ?? []).toString()).to.not.include(checkout);
    const dosDate = zip.readUInt16LE(12);
    expect({
      year: 1980 + (dosDate >> 9),
      month: (dosDate >> 5) & 15,
      day: dosDate & 31,
      time: zip.readUInt16LE(10),
    }).to.deep.equal({
      year: 1980,
      month: 1,
      day: 1,
      time: 0,
    });
  });

  it('makes a file that runs by itself and exports the handler', async () => {
    const { zip } = await bundleFunction('empty');
    const file = join(folder, 'index.js');
    writeFileSync(file, unzip(zip)['index.js'] ?? '');
    const type = execFileSync(process.execPath, ['-p', `typeof require(${JSON.stringify(file)}).handler`], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(type.trim()).to.equal('function');
  });

  for (const { title, path, text } of [
    { title: 'its own source', path: 'src/functions/hello/index.ts', text: 'export const handler = async () => 1;\n' },
    {
      title: 'a file that it imports',
      path: 'src/functions/hello/greeting.ts',
      text: "export const greeting = 'good morning';\n",
    },
  ]) {
    it(`gives another hash when ${title} changes, and the old one when it changes back`, async () => {
      const before = await hello();
      cpSync(join(folder, path), join(folder, 'kept'));
      write(path, text);
      expect((await hello()).sha256).to.not.equal(before.sha256);
      cpSync(join(folder, 'kept'), join(folder, path));
      expect(await hello()).to.deep.equal(before);
    });
  }

  it('bundles nothing again while nothing changes', async () => {
    const first = await hello();
    const file = cachedFile();
    expect(await hello()).to.deep.equal(first);
    expect(cachedFile()).to.equal(file);
  });

  it('bundles again when what it kept is damaged or an imported file is gone', async () => {
    const first = await hello();
    write('node_modules/.cache/meridian/functions/hello.zip', 'damaged');
    expect(await hello()).to.deep.equal(first);
    for (const damaged of ['{"recipe":', 'null', '{"recipe":1}']) {
      write('node_modules/.cache/meridian/functions/hello.json', damaged);
      expect(await hello()).to.deep.equal(first);
    }
    write('src/functions/hello/greeting/index.ts', "export const greeting = 'hello';\n");
    rmSync(join(folder, 'src/functions/hello/greeting.ts'));
    expect(await hello()).to.deep.equal(first);
  });

  it('bundles all functions by name', async () => {
    const all = await bundleAll(undefined, { root: folder });
    expect(Object.keys(all)).to.deep.equal(['hello']);
    expect(all['hello']).to.include({ name: 'hello', entry: 'src/functions/hello/index.ts' });
  });

  it('names the nearest function when there is none of that name', async () => {
    const error = await bundleFunction('helo', { root: folder }).then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error).to.include({
      message: 'Function "helo": no src/functions/helo/index.ts that exports a handler. Did you mean "hello"?',
      exitCode: 1,
    });
  });

  it('names file, line and column when the source is broken', async () => {
    write('src/functions/hello/greeting.ts', "export { x } from './missing';\n");
    const error = await hello().then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error?.message).to.match(
      /^Function "hello": .*src\/functions\/hello\/greeting\.ts:1:19: Could not resolve "\.\/missing".*\. Correct the source and build again\.$/,
    );
  });
});
