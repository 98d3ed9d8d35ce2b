import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { build } from '../../src/build/build';
import { readManifest } from '../../src/build/manifest';
import { check } from '../../src/check';
import { Build, fileParameters } from '../../src/rollout';
import { packageDeployment } from '../../src/rollout/package';
import { missingParameters } from '../../src/rollout/parameters';
import { loadSystem } from '../../src/resolve';
import { corner } from '../cli/support/corner';
import { contentsOf } from './support/contents';
import { damaged, edited } from './support/hostile';
import { answerOf, laterAnswerOf } from './support/named-cause';
import { runs } from './support/runs';

describe('a build that something damaged', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-fuzz-'));
  const whole = join(folder, 'whole');
  const dist = join(folder, 'dist');
  const manifestFile = join(dist, 'corner', 'production', 'manifest.json');
  const templateFile = join(dist, 'corner', 'production', 'base', 'root.json');
  before(async () => void (await build({ dist: whole, systems: [corner], environments: ['production'] })));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Reads a build as resolve, rollout and check do; each must answer, and leave the build as it is. */
  async function readEverywhere(): Promise<void> {
    const before = contentsOf(dist);
    answerOf(() => readManifest(dist, 'corner', 'production'));
    answerOf(() => loadSystem(dist, 'corner', 'production', { parameters: { Label: 'hello' } }), [1, 2]);
    answerOf(() => {
      const opened = Build.open(dist, 'corner', 'production');
      fileParameters(opened);
      missingParameters({ build: opened, parameters: { file: 'x.yaml', suffix: 'main', values: {} } });
      return opened.manifest.deployments.map((deployment) => packageDeployment(opened, deployment));
    });
    await laterAnswerOf(() => check({ dist, project: folder, waivers: [], today: '2026-06-01', steps: ['metrics'] }));
    expect(contentsOf(dist)).to.deep.equal(before);
  }

  /** Puts the whole build in place, with one file written anew. */
  function place(file: string, text: string): void {
    rmSync(dist, { recursive: true, force: true });
    cpSync(whole, dist, { recursive: true });
    writeFileSync(file, text);
  }

  it('is read or refused with a cause: damaged places of the manifest', async () => {
    const manifest = JSON.parse(readFileSync(join(whole, 'corner', 'production', 'manifest.json'), 'utf8')) as unknown;
    await fc.assert(fc.asyncProperty(damaged(manifest), async (data) => {
      place(manifestFile, JSON.stringify(data) ?? '');
      await readEverywhere();
    }), runs(200));
  });

  it('is read or refused with a cause: a manifest or template cut off, or edited as text', async () => {
    const files = [manifestFile, templateFile];
    const edits = fc.constantFrom(...files).chain((file) => fc.tuple(fc.constant(file), edited(readFileSync(file.replace(dist, whole), 'utf8'), ['{', '}', '[', ']', '"', ',', ':', 'null', '"../../../x"'])));
    await fc.assert(fc.asyncProperty(edits, async ([file, text]) => {
      place(file, text);
      await readEverywhere();
    }), runs(120));
  });

  it('is read or refused with a cause: damaged places of a template', async () => {
    const template = JSON.parse(readFileSync(templateFile.replace(dist, whole), 'utf8')) as unknown;
    await fc.assert(fc.asyncProperty(damaged(template), async (data) => {
      place(templateFile, JSON.stringify(data) ?? '');
      await readEverywhere();
      const opened = Build.open(dist, 'corner', 'production');
      const [base] = opened.manifest.deployments;
      const unchanged = JSON.stringify(data) === JSON.stringify(template);
      if (base && !unchanged) expect(() => packageDeployment(opened, base)).to.throw(/root\.json (not the one that was built|damaged)/);
    }), runs(120));
  });

  for (const gone of ['manifest.json', 'base/root.json', 'base/shelf.json', 'top']) {
    it(`is refused with a cause when ${gone} is missing`, async () => {
      place(manifestFile, readFileSync(manifestFile.replace(dist, whole), 'utf8'));
      rmSync(join(dist, 'corner', 'production', gone), { recursive: true });
      await readEverywhere();
      expect(() => loadSystem(dist, 'corner', 'production')).to.throw(/Run "npm run build:templates"/);
    });
  }
});
