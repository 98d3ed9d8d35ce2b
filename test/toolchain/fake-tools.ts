import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pinnedVersion } from '../../src/toolchain/pins';

/** A folder of made-up tools and environments, to be deleted after use. */
export class FakeTools {
  readonly folder = mkdtempSync(join(tmpdir(), 'meridian-tools-'));
  readonly environment = join(this.folder, 'environment');
  readonly versions = join(this.folder, 'cache', 'versions.json');

  /** Writes an executable file and returns its path. */
  executable(path: string, text: string): string {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, 0o755);
    return file;
  }

  /** Makes an environment like set-up's anew, with the pinned packages unless `others` gives another version or none. */
  installPinned(others: Record<string, string | undefined> = {}): void {
    rmSync(this.environment, { recursive: true, force: true });
    this.executable('environment/bin/python', '#!/bin/sh\necho "Python 3.12.1"\n');
    const pinned = {
      cfn_lint: pinnedVersion('cfn-lint'),
      aws_sam_translator: pinnedVersion('aws-sam-translator'),
      ministack: pinnedVersion('ministack'),
      kubernetes_validate: pinnedVersion('kubernetes-validate'),
    };
    for (const [name, version] of Object.entries({ ...pinned, ...others })) {
      if (version === undefined) continue;
      mkdirSync(join(this.environment, 'lib', 'python3.12', 'site-packages', `${name}-${version}.dist-info`), { recursive: true });
    }
  }

  delete(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
