import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyResource, Tagging } from '../../src/cfn/resource';
import { checkout } from '../../src/toolchain';

type ResourceClass = (new (properties: object) => AnyResource) & { readonly tagging?: Tagging };

const folder = join(checkout, 'src/cfn/generated');

/** Where each taggable resource type of the catalogue keeps its tags, by type, as its registry schema says. */
export const taggings: ReadonlyMap<string, Tagging> = new Map(
  readdirSync(folder)
    .flatMap((file) => Object.values(require(join(folder, file)) as Readonly<Record<string, ResourceClass>>))
    .flatMap((resource) => (resource.tagging ? [[new resource({}).Type, resource.tagging] as const] : [])),
);
