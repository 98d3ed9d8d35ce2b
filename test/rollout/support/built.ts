import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Manifest, ManifestDeployment } from '../../../src/build/manifest';
import { Build } from '../../../src/rollout';
import { sha256 } from '../../../src/rollout/package';
import { primary, secondary } from './shop';

/** A template and what the manifest says of it. */
export interface WrittenTemplate {
  readonly body: object | string;
  readonly nests?: Readonly<Record<string, string>>;
}

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** Templates of a deployment by name, and what else of its manifest entry is not usual. */
export type WrittenDeployment = Partial<Omit<ManifestDeployment, 'templates'>> & { readonly templates: Readonly<Record<string, WrittenTemplate>> };

/** A folder of builds written by hand, for what no real system would build. */
export class WrittenDist {
  readonly folder = mkdtempSync(join(tmpdir(), 'meridian-dist-'));

  /** Writes a system `paper` in the environment `test`, and opens it. */
  build(...deployments: (WrittenDeployment & { readonly name: string })[]): Build {
    const base = join(this.folder, 'paper', 'test');
    const manifest: Manifest = {
      version: 1,
      system: 'paper',
      title: 'Paper',
      environment: 'test',
      shortEnvironment: 'tst',
      regions: { primary, secondary },
      deployments: deployments.map(({ templates, name, ...given }) => ({
        name,
        regions: { create: [primary, secondary], update: [secondary, primary] },
        parameters: {},
        publishes: {},
        functions: {},
        ...given,
        templates: Object.fromEntries(
          Object.entries(templates).map(([template, { body, nests = {} }]) => {
            const text = typeof body === 'string' ? body : JSON.stringify(body);
            mkdirSync(join(base, name), { recursive: true });
            writeFileSync(join(base, name, `${template}.json`), text);
            return [template, { file: `${name}/${template}.json`, sha256: sha256(Buffer.from(text)), usage: {}, nests, sources: {} }];
          }),
        ),
      })),
    };
    writeFileSync(join(base, 'manifest.json'), JSON.stringify(manifest));
    return Build.open(this.folder, 'paper', 'test');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
