import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant, type Violation } from './invariant';
import { nameKey, shownName } from './name-key';
import type { PlacedResource } from './placed-resource';

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html */
export const distributionNames: Invariant = {
  id: 'distributions_answer_to_their_names',
  title: 'Every name that leads to a distribution is one of its aliases; its aliases, and origins in the same domain, have records',
  severity: 'HIGH',
  controls: ['NIST 800-53 r5 SC-20', 'SOC 2 A1.2'],
  requirements: ['KSH-97', 'KSH-107'],
  fix: 'Give distribution() and apexAlias() the same domain name',
  ofCatalogue: true,
  judge: (environment) => judgeEach(environment.of('AWS::CloudFront::Distribution'), (distribution) => [...strangers(environment, distribution), ...unreachable(environment, distribution)]),
};

function recordsOf(environment: EnvironmentResources, distribution: PlacedResource): PlacedResource[] {
  return environment.of('AWS::Route53::RecordSet').filter((record) => environment.targets(record.at('AliasTarget.DNSName')).includes(distribution));
}

const plain = (key: string | undefined): string | undefined => key?.replace(/\.$/, '').toLowerCase();

/** CloudFront answers 403 to a name that it does not know. */
function strangers(environment: EnvironmentResources, distribution: PlacedResource): Violation[] {
  const aliases = distribution.all('DistributionConfig.Aliases.*').map((alias) => plain(nameKey(alias)));
  if (aliases.includes(undefined)) return [];
  const covers = (name: string): boolean => aliases.some((alias) => alias === name || (alias?.startsWith('*.') === true && name.slice(name.indexOf('.')) === alias.slice(1)));
  return recordsOf(environment, distribution).flatMap((record) => {
    const name = plain(nameKey(record.at('Name')));
    return name === undefined || covers(name) ? [] : [{ resource: record, property: 'Name', what: 'The name leads to a distribution that does not answer to it', now: `Name: ${shownName(record.at('Name'))}` }];
  });
}

/** Where the templates have a zone at all, the names of the distribution are in it. */
function unreachable(environment: EnvironmentResources, distribution: PlacedResource): Violation[] {
  const records = environment.of('AWS::Route53::RecordSet').map((record) => ({ name: plain(nameKey(record.at('Name'))), type: record.at('Type') }));
  if (records.length === 0 || records.some(({ name, type }) => name === undefined || typeof type !== 'string')) return [];
  const leads = (key: string, ...types: readonly string[]): boolean => records.some(({ name, type }) => name === key && types.includes(String(type)));
  const aliases = distribution.all('DistributionConfig.Aliases.*').flatMap((alias) => plain(nameKey(alias)) ?? []).filter((key) => !key.startsWith('*.'));
  const byIpv6 = distribution.at('DistributionConfig.IPV6Enabled') === true;
  const origins = distribution.all('DistributionConfig.Origins.*.DomainName').flatMap((origin) => plain(nameKey(origin)) ?? []).filter((key) => aliases.some((alias) => key.endsWith(`.${alias}`)));
  const nowhere = (property: string, what: string, key: string, type: string): Violation => ({ resource: distribution, property: `DistributionConfig.${property}`, what, now: `no RecordSet of type ${type} for ${key}` });
  return [
    ...aliases.filter((key) => !leads(key, 'A', 'CNAME')).map((key) => nowhere('Aliases', 'A name of the distribution leads nowhere', key, 'A')),
    ...aliases.filter((key) => byIpv6 && leads(key, 'A') && !leads(key, 'AAAA')).map((key) => nowhere('Aliases', 'A name of the distribution leads nowhere for clients of IPv6', key, 'AAAA')),
    ...origins.filter((key) => !leads(key, 'A', 'AAAA', 'CNAME')).map((key) => nowhere('Origins', 'The origin of the distribution has a name that leads nowhere', key, 'A')),
  ];
}
