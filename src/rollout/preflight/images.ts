import type { RolloutPart } from '../nodes';

/** An image that is pinned by its digest. */
export interface PinnedImage {
  /** The account of a private registry; undefined for a public one. */
  readonly account?: string;
  readonly repository: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
}

const pinned = /^(?:(?<account>\d{12})\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\/)?(?<repository>[^@]+)@(?<digest>sha256:[0-9a-f]{64})$/;

/** An image by its URI, or undefined when it isn't pinned by a digest: a tag can be moved to other content. */
export function imageOf(uri: string): PinnedImage | undefined {
  const { account, repository, digest } = pinned.exec(uri)?.groups ?? {};
  return repository && digest ? { ...(account && { account }), repository, digest } : undefined;
}

/** The values of all root parameters whose name ends in `Image`, from the parameters file or their defaults. */
export function imageParameters({ build, parameters }: RolloutPart): Record<string, string> {
  const images: Record<string, string> = {};
  for (const deployment of build.manifest.deployments) {
    for (const [name, { Default }] of Object.entries(build.root(deployment).Parameters ?? {})) {
      const value = parameters.values[name] ?? Default;
      if (name.endsWith('Image') && value !== undefined && value !== '') images[name] = String(value);
    }
  }
  return images;
}

/** What is wrong with the images, one sentence each: the ones that aren't pinned. */
export function imageProblems(part: RolloutPart): string[] {
  return Object.entries(imageParameters(part))
    .filter(([, value]) => !imageOf(value))
    .map(([name, value]) => `Image ${name} not pinned: "${value}" names no digest, so both regions could run different content. Give it as repository@sha256:<64 digits> in ${part.parameters.file}.`);
}
