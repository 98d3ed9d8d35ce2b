import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { unzipSync } from 'fflate';
import { bundleFunction } from '../../../src/build/bundle';

describe('The bundled function that rotates the origin header', function () {
  this.timeout(30_000);

  let directory: string;
  let bytes: number;
  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'meridian-origin-header-'));
    const bundle = await bundleFunction('rotate-origin-header');
    bytes = bundle.bytes;
    const files = unzipSync(bundle.zip);
    expect(Object.keys(files)).to.deep.equal(['index.js']);
    writeFileSync(join(directory, 'index.js'), files['index.js'] ?? '');
  });
  after(() => rmSync(directory, { recursive: true }));

  function run(script: string): { stdout: string; stderr: string } {
    return spawnSync(process.execPath, ['-e', script], { cwd: directory, env: { PATH: process.env['PATH'] ?? '', AWS_REGION: 'us-east-1' }, encoding: 'utf8' });
  }

  it('needs nothing but Node, and is small enough to start quickly', () => {
    expect(run('console.log(typeof require("./index").handler)').stdout).to.equal('function\n');
    expect(bytes).to.be.below(1_200_000);
  });

  it('says what is missing before it calls anything', () => {
    expect(run('require("./index").handler({}, {})').stderr).to.include('Environment: DISTRIBUTION_ID is missing.');
  });
});
