import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync, copyFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const checkout = resolve(__dirname, '..');
const cruiser = join(checkout, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');

/** Holds the imports of `folder` against the rules, and returns the names of those broken. */
function broken(folder: string): string[] {
  const run = spawnSync(process.execPath, [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src', 'templates'], { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  expect(run.stderr, run.stderr).to.equal('');
  const { summary } = JSON.parse(run.stdout) as { summary: { violations: { rule: { name: string }; from: string; to: string }[] } };
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
}

describe('Imports', () => {
  it('go one way, in the whole project', () => {
    expect(broken(checkout)).to.deep.equal([]);
  });

  const wrong = [
    { rule: 'modules-know-no-systems', file: 'templates/modules/queue.ts', text: "import '../systems/shop';" },
    { rule: 'cfn-imports-nothing-of-ours', file: 'src/cfn/core.ts', text: "import '../rollout/roll';" },
    { rule: 'templates-do-no-input-or-output', file: 'templates/systems/shop.ts', text: "import 'node:fs';" },
    { rule: 'nothing-imports-the-command-line', file: 'src/rollout/roll.ts', text: "import '../cli/meridian';" },
  ];
  for (const { rule, file, text } of wrong) {
    it(`that break "${rule}" are found`, () => {
      const folder = mkdtempSync(join(tmpdir(), 'meridian-imports-'));
      try {
        for (const each of ['src/cfn/core.ts', 'src/cli/meridian.ts', 'src/rollout/roll.ts', 'templates/modules/queue.ts', 'templates/systems/shop.ts']) {
          mkdirSync(join(folder, each, '..'), { recursive: true });
          writeFileSync(join(folder, each), each === file ? `${text}\n` : 'export {};\n');
        }
        for (const each of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) copyFileSync(join(checkout, each), join(folder, each));
        symlinkSync(join(checkout, 'node_modules'), join(folder, 'node_modules'));
        expect(broken(folder).join('\n')).to.contain(`${rule}: ${file}`);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});
