import { resolveNs } from 'node:dns/promises';
import { paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { DescribeImagesCommand, ImageNotFoundException, RepositoryNotFoundException } from '@aws-sdk/client-ecr';
import { GetHostedZoneCommand } from '@aws-sdk/client-route-53';
import { MeridianError } from '../errors';
import { accountsOf, mainAccount } from './accounts/accounts';
import { imageOf, imageParameters } from './preflight/images';
import type { RolloutPart } from './nodes';
import { nestedStackType } from './template';
import type { Target } from './target';

/** A record that somebody has to add in the parent zone. */
export interface DelegationRecord {
  /** The domain, without the dot at its end. */
  readonly name: string;
  readonly type: 'NS';
  readonly value: string;
}

/** Why a rollout can't go on yet. */
export interface GateStop {
  readonly gate: 'delegation' | 'images';
  readonly message: string;
  /** What to add, for the delegation gate. */
  readonly records: readonly DelegationRecord[];
}

/** The root stacks of the deployment whose gate is checked, by region. */
export type RootStacks = ReadonlyMap<string, string>;

/**
 * Checks what must be true before the deployments after a gate may start.
 * @param resolve asks DNS for the name servers of a domain. @default the machine's resolver
 * @returns undefined when the gate is open
 */
export async function checkGate(target: Target, gate: 'delegation' | 'images', part: RolloutPart, stacks: RootStacks, resolve: Resolver = resolveNs): Promise<GateStop | undefined> {
  return gate === 'delegation' ? checkDelegation(target.of(mainAccount(target, part)), stacks, resolve) : checkImages(target, part, [...stacks.keys()]);
}

type Resolver = (domain: string) => Promise<readonly string[]>;

/** The zone's name servers answer for its domain. On the local AWS there is no DNS to ask, so it counts as delegated. */
async function checkDelegation(target: Target, stacks: RootStacks, resolve: Resolver): Promise<GateStop | undefined> {
  if (target.kind === 'local') return undefined;
  const records: DelegationRecord[] = [];
  for (const [region, stackId] of stacks) {
    for (const zoneId of await hostedZones(target, region, stackId)) records.push(...(await missingRecords(target, zoneId, resolve)));
  }
  if (records.length === 0) return undefined;
  const name = records[0]!.name;
  return {
    gate: 'delegation',
    records,
    message:
      `Domain ${name} not delegated yet: its name servers on the internet are not those of the hosted zone. ` +
      'Add the NS records in the parent zone, wait until they are visible, and run the same command again.',
  };
}

async function missingRecords(target: Target, zoneId: string, resolve: Resolver): Promise<DelegationRecord[]> {
  const { HostedZone, DelegationSet } = await target.route53.send(new GetHostedZoneCommand({ Id: zoneId }));
  if (HostedZone?.Config?.PrivateZone) return [];
  const name = (HostedZone?.Name ?? '').replace(/\.$/, '');
  const wanted = (DelegationSet?.NameServers ?? []).map(bare).sort();
  const found = (await nameServers(name, resolve)).map(bare).sort();
  return wanted.join() === found.join() ? [] : wanted.map((value) => ({ name, type: 'NS', value }));
}

/** What DNS answers while a domain is not delegated. @see https://nodejs.org/api/dns.html#error-codes */
const notDelegated = ['ENOTFOUND', 'ENODATA', 'ESERVFAIL', 'EREFUSED'];

async function nameServers(domain: string, resolve: Resolver): Promise<readonly string[]> {
  try {
    return await resolve(domain);
  } catch (error) {
    if (notDelegated.includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    const why = error instanceof Error ? error.message : String(error);
    throw new MeridianError(`Domain ${domain} not looked up: ${why}. Let this machine ask DNS, and run the same command again.`, 4, { cause: error });
  }
}

function bare(server: string): string {
  return server.toLowerCase().replace(/\.$/, '');
}

async function hostedZones(target: Target, region: string, stackId: string): Promise<string[]> {
  const client = target.in(region).cloudFormation;
  const zones: string[] = [];
  for await (const page of paginateListStackResources({ client }, { StackName: stackId })) {
    for (const { ResourceType, PhysicalResourceId } of page.StackResourceSummaries ?? []) {
      if (!PhysicalResourceId) continue;
      if (ResourceType === 'AWS::Route53::HostedZone') zones.push(PhysicalResourceId);
      if (ResourceType === nestedStackType) zones.push(...(await hostedZones(target, region, PhysicalResourceId)));
    }
  }
  return zones;
}

/** Every image in a registry of an account that we know, the target's own or one that the part goes to, exists by its digest in every region. */
async function checkImages(target: Target, part: RolloutPart, regions: readonly string[]): Promise<GateStop | undefined> {
  const missing: string[] = [];
  const known = [target.account, ...accountsOf(target, part)];
  for (const [parameter, value] of Object.entries(imageParameters(part))) {
    const image = imageOf(value);
    if (image?.account === undefined || !known.includes(image.account)) continue;
    for (const region of regions) {
      if (!(await imageExists(target.of(image.account), region, image.repository, image.digest))) missing.push(`${parameter} ${image.repository}@${image.digest} in ${region}`);
    }
  }
  if (missing.length === 0) return undefined;
  return { gate: 'images', records: [], message: `Images missing: ${missing.join('; ')}. Push them, wait for the replication, and run the same command again.` };
}

async function imageExists(target: Target, region: string, repositoryName: string, imageDigest: string): Promise<boolean> {
  try {
    await target.in(region).ecr.send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageDigest }] }));
    return true;
  } catch (error) {
    if (error instanceof ImageNotFoundException || error instanceof RepositoryNotFoundException) return false;
    throw error;
  }
}
