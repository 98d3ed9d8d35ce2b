import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../src/build/build';
import { samConfig } from '../src/rollout/sam/config';
import { samNodes } from '../src/rollout/sam/nodes';
import { checkout } from '../src/toolchain';
import { systems } from '../templates/systems';

/** The file that SAM reads. */
export const samConfigFile = join(checkout, 'samconfig.toml');

/** What `samconfig.toml` has to say of the systems and parameters files as they are. Takes a second, because it builds every system. */
export async function generatedSamConfig(): Promise<string> {
  const dist = mkdtempSync(join(tmpdir(), 'meridian-samconfig-'));
  try {
    return samConfig(samNodes(dist, join(checkout, 'parameters'), await build({ dist, systems })));
  } finally {
    rmSync(dist, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  writeFileSync(samConfigFile, await generatedSamConfig());
}

if (require.main === module) void main();
