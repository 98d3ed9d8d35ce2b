import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

describe('the meridian command', () => {
  it('names the command that sets up a checkout without packages', () => {
    const folder = mkdtempSync(join(tmpdir(), 'meridian-bin-'));
    try {
      cpSync(join(__dirname, '..', '..', 'bin'), join(folder, 'bin'), { recursive: true });
      const { status, stderr } = spawnSync(process.execPath, [join(folder, 'bin', 'meridian.js')], { encoding: 'utf8' });
      expect(stderr).to.match(/^Meridian: this checkout is not set up .*\. Run: node \S+\/scripts\/setup\.mjs\n$/);
      expect(status).to.equal(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
