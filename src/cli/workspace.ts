import { join } from 'node:path';
import type { System } from '../cfn';
import type { EmulatorOptions } from '../local-aws';
import { checkout } from '../toolchain/checkout';

/** The systems that commands know, and the folders that they read and write. */
export interface Workspace {
  /** Folder of `rules/`, `.cfnlintrc.yaml`, waivers and `docs/decisions`. */
  readonly project: string;
  /** Folder that builds go to. */
  readonly dist: string;
  /** Folder of `<system>/<environment>.yaml`. */
  readonly parameters: string;
  /** Folder of what rollouts and a kept local AWS leave behind. */
  readonly state: string;
  /** How the local AWS is started. @default on a free port, with the Python that set-up installed */
  readonly localAws?: EmulatorOptions;
  /** Every system, what an account shares among them. Loaded only by commands that need it: it costs half of a second. */
  loadSystems(): readonly System[];
}

/** The workspace of this checkout. */
export function checkoutWorkspace(): Workspace {
  return {
    project: checkout,
    dist: join(checkout, 'dist'),
    parameters: join(checkout, 'parameters'),
    state: join(checkout, '.meridian'),
    loadSystems: () => (require('../../templates/systems') as typeof import('../../templates/systems')).systems,
  };
}
