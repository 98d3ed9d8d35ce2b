import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { unzipSync } from 'fflate';
import { bundleFunction } from '../../../src/build/bundle';

describe('The bundled function that rotates tokens of caches', function () {
  this.timeout(30_000);
  let directory: string;
  let bytes: number;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'meridian-cache-rotation-'));
    const bundle = await bundleFunction('rotate-cache-token');
    bytes = bundle.bytes;
    const files = unzipSync(bundle.zip);
    expect(Object.keys(files)).to.deep.equal(['index.js']);
    writeFileSync(join(directory, 'index.js'), Buffer.from(files['index.js'] ?? []));
  });
  after(() => rmSync(directory, { recursive: true }));

  const load = (environment: Readonly<Record<string, string>>) =>
    spawnSync(process.execPath, ['-p', 'typeof require("./index").handler'], { cwd: directory, env: { PATH: process.env['PATH'] ?? '', AWS_REGION: 'us-east-1', ...environment }, encoding: 'utf8' });

  it('needs nothing but Node, and is small enough to start quickly', () => {
    expect(load({ REPLICATION_GROUP_ID: 'cache', PASSWORD_LENGTH: '64', EXCLUDE_CHARACTERS: '/' }).stdout).to.equal('function\n');
    expect(bytes).to.be.lessThan(400_000);
  });

  it('does not start without the cache that it is for', () => {
    expect(load({ PASSWORD_LENGTH: '64', EXCLUDE_CHARACTERS: '/' }).stderr).to.include('Environment: REPLICATION_GROUP_ID is missing.');
  });
});
