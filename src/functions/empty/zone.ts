import {
  ChangeResourceRecordSetsCommand,
  GetHostedZoneCommand,
  ListResourceRecordSetsCommand,
  NoSuchHostedZone,
  Route53Client,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';

/** Route 53's limits of one change: `ResourceRecord` elements, and characters of all their values together. */
const CHANGE_LIMITS = { records: 1_000, characters: 32_000 };

const route53 = new Route53Client({ maxAttempts: 10 });

/**
 * Deletes every record set of a hosted zone but the two that Route 53 itself keeps, the NS and SOA at its apex. The
 * record sets that need it are those which no stack owns, above all the CNAMEs by which Certificate Manager validates
 * a domain: CloudFormation writes them and never deletes them. A zone that does not exist counts as empty.
 *
 * @param zone the zone's id
 * @throws when Route 53 refuses a deletion, for instance of a record that a traffic policy made
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1603
 */
export async function emptyZone(zone: string, signal: AbortSignal): Promise<void> {
  try {
    const { HostedZone } = await route53.send(new GetHostedZoneCommand({ Id: zone }), { abortSignal: signal });
    while (await deletePage(zone, HostedZone?.Name, signal));
  } catch (error) {
    if (!(error instanceof NoSuchHostedZone)) throw error;
  }
}

/** Deletes what can be deleted of the zone's first page of up to 300 record sets; false when there was nothing. */
async function deletePage(zone: string, apex: string | undefined, signal: AbortSignal): Promise<boolean> {
  const list = new ListResourceRecordSetsCommand({ HostedZoneId: zone, MaxItems: 300 });
  const { ResourceRecordSets = [] } = await route53.send(list, { abortSignal: signal });
  const batches = changeBatches(ResourceRecordSets.filter((set) => !isKept(set, apex)));
  for (const batch of batches) {
    const Changes = batch.map((ResourceRecordSet) => ({ Action: 'DELETE' as const, ResourceRecordSet }));
    const change = new ChangeResourceRecordSetsCommand({ HostedZoneId: zone, ChangeBatch: { Changes } });
    await route53.send(change, { abortSignal: signal });
  }
  return batches.length > 0;
}

/** An NS below the apex is a delegation, which goes with the rest. */
function isKept({ Type, Name }: ResourceRecordSet, apex: string | undefined): boolean {
  return Name === apex && (Type === 'NS' || Type === 'SOA');
}

/**
 * Record sets in their order, cut into batches that Route 53 takes in one change.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html#limits-api-requests-changeresourcerecordsets
 */
export function changeBatches(sets: readonly ResourceRecordSet[]): ResourceRecordSet[][] {
  const batches: ResourceRecordSet[][] = [];
  let room = { records: 0, characters: 0 };
  for (const set of sets) {
    const values = set.ResourceRecords ?? [];
    const records = Math.max(1, values.length);
    const characters = values.reduce((sum, { Value = '' }) => sum + Value.length, 0);
    if (records > room.records || characters > room.characters) {
      batches.push([]);
      room = { ...CHANGE_LIMITS };
    }
    batches.at(-1)?.push(set);
    room = { records: room.records - records, characters: room.characters - characters };
  }
  return batches;
}
