import { openPaths, portText, regionReach, type OpenPath } from '../../src/analyse/reachability';
import { loadSystem } from '../../src/resolve';
import type { DeployParameters } from '../../src/rollout';
import { table } from '../generate-system-docs/table';

/** What handles card data in a system, by the names of places that `meridian reach` knows. */
export interface CardholderEnvironment {
  readonly system: string;
  readonly environment: string;
  readonly region: string;
  /** Each with what it does with card data. */
  readonly members: Readonly<Record<string, string>>;
}

/** LookCard's: what its owner calls cards, the proxy to the issuer, and the stores that both write. */
export const lookcardCardholders: CardholderEnvironment = {
  system: 'lookcard',
  environment: 'production',
  region: 'ap-southeast-1',
  members: {
    'card-api': 'answers for cards',
    'reap-proxy': 'speaks with the card issuer',
    cluster: 'Aurora, stores what services write',
    proxy: 'pools connections to the writer of Aurora',
    'proxy-reader': 'pools connections to its readers',
    cache: 'holds what services read often',
  },
};

/**
 * How far the cardholder data environment of a system reaches, as its templates are: what is in it, who may open a connection into it, what it
 * may open, and what has no way in.
 * @param dist  folder with the build of the system
 * @param given its parameters
 * @throws Error for a member that the system doesn't have
 */
export function segmentationPage({ system, environment, region, members }: CardholderEnvironment, dist: string, given: Pick<DeployParameters, 'values' | 'suffix'>): string {
  const { values, suffix } = given;
  const { network, places } = regionReach(loadSystem(dist, system, environment, { parameters: { ...values, EnvironmentSuffix: suffix } }), region);
  const unknown = Object.keys(members).filter((name) => !places.some((place) => place.name === name));
  if (unknown.length > 0) throw new Error(`Cardholder environment of ${system}: it has no ${unknown.join(', ')}. Correct the members.`);
  const paths = openPaths(network, places);
  const inside = (name: string): boolean => name in members;
  const into = paths.filter(({ from, to }) => inside(to) && !inside(from));
  const within = paths.filter(({ from, to }) => inside(to) && inside(from));
  const outOf = paths.filter(({ from, to }) => inside(from) && !inside(to));
  const connected = new Set(into.map(({ from }) => from));
  const apart = places.filter(({ name, kind }) => !inside(name) && !connected.has(name) && !/endpoint|prefix list/.test(kind)).map(({ name }) => name);
  const rows = (of: readonly OpenPath[]): string[][] => of.map(({ from, to, ports }) => [`\`${from}\``, `\`${to}\``, portText(ports)]);
  return [
    '# LookCard: the cardholder data environment',
    '',
    `What of \`${system}\` \`${environment}\` is in scope of PCI DSS in ${region}, computed from routes, network ACLs and security groups of its templates as`,
    `[\`meridian reach\`](../reachability.md) does, and written by \`npx ts-node scripts/generate-controls-docs.ts\`. Every way into it or out of it that is not listed is closed.`,
    'Scope is the assessor\'s to decide: which services handle card numbers is an assumption, made from their names. All services that use the database share one, so that each of them is',
    'connected to the environment, and in scope by that. What each control asks for, and which rule proves it, is the [map of PCI DSS](../controls/pci-dss.md).',
    '',
    '## In the environment',
    '',
    table(['Place', 'What it does'], Object.entries(members).map(([name, what]) => [`\`${name}\``, what])),
    '',
    '## Connected to it (PCI DSS 1.3.1, 1.4.4)',
    '',
    'These may open a connection into the environment, on these ports and no others.',
    '',
    table(['From', 'To', 'Ports'], rows(into)),
    '',
    `From the internet or CloudFront directly: ${into.some(({ from }) => /^(internet|cloudfront)$/.test(from)) ? '**open**, see above' : 'nothing'}.`,
    '',
    '## Inside it',
    '',
    table(['From', 'To', 'Ports'], rows(within)),
    '',
    '## Out of it (PCI DSS 1.3.2)',
    '',
    table(['From', 'To', 'Ports'], rows(outOf)),
    '',
    '## Segmented from it',
    '',
    `No way in: ${apart.sort().map((name) => `\`${name}\``).join(', ')}.`,
    '',
  ].join('\n');
}
