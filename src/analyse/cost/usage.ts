/** What a month is used for. No template says it, and half of the bill depends on it. */
export interface Usage {
  readonly hours: number;
  /** Requests that reach CloudFront. */
  readonly requests: number;
  /** Kilobytes of the mean answer. */
  readonly responseKilobytes: number;
  /** Share from 0 to 1 of the room between a service's least and most tasks that is in use on average. */
  readonly busyShare: number;
  /** The same of the room between a database's least and most capacity, which is there for its worst minute. */
  readonly databaseBusyShare: number;
  /** Share from 0 to 1 that Fargate Spot costs of on demand. */
  readonly spotShare: number;
  /** Capacity units of a load balancer that serves, on average. */
  readonly loadBalancerUnits: number;
  readonly databaseGigabytes: number;
  /** Storage requests of a database that answers. */
  readonly databaseRequests: number;
  /** Writes that are copied to another region. */
  readonly databaseWrites: number;
  /** Reads and writes of a DynamoDB table, each. */
  readonly tableRequests: number;
  readonly tableGigabytes: number;
  /** Calls of clients with API keys. */
  readonly apiCalls: number;
  /** Through each NAT gateway or instance. */
  readonly natGigabytes: number;
  /** Through each endpoint in each zone. */
  readonly endpointGigabytes: number;
  /** Into each log group that something writes to all the time. */
  readonly logGigabytes: number;
  readonly bucketGigabytes: number;
  /** Written to a bucket that is copied to another region. */
  readonly replicatedGigabytes: number;
  /** In each backup vault. */
  readonly vaultGigabytes: number;
  /** Reads and writes of objects and items that a trail records. */
  readonly dataEvents: number;
  readonly imageGigabytes: number;
  readonly queueRequests: number;
}

const production: Usage = {
  hours: 730,
  requests: 30_000_000,
  responseKilobytes: 20,
  busyShare: 0.2,
  databaseBusyShare: 0.05,
  spotShare: 0.3,
  loadBalancerUnits: 2,
  databaseGigabytes: 100,
  databaseRequests: 200_000_000,
  databaseWrites: 40_000_000,
  tableRequests: 60_000_000,
  tableGigabytes: 5,
  apiCalls: 5_000_000,
  natGigabytes: 50,
  endpointGigabytes: 10,
  logGigabytes: 5,
  bucketGigabytes: 100,
  replicatedGigabytes: 20,
  vaultGigabytes: 100,
  dataEvents: 1_000_000,
  imageGigabytes: 5,
  queueRequests: 2_000_000,
};

/** What environments without customers use of what production does. */
const rehearsal = 0.02;

/** The assumptions for an environment. Replace them by what your own bill says; the estimate states them. */
export function usageOf(environment: string): Usage {
  if (environment.startsWith('production')) return production;
  const { hours, responseKilobytes, spotShare, imageGigabytes, ...amounts } = production;
  const fewer = Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, amount * rehearsal])) as typeof amounts;
  return { ...fewer, hours, responseKilobytes, spotShare, imageGigabytes };
}

/** Why each assumption is what it is, for the pages that show them. */
export const usageReasons: Readonly<Record<keyof Usage, string>> = {
  hours: 'AWS’s own mean month',
  requests: 'about eleven a second all month, or a thousand users a day with thirty pages of a thousand',
  responseKilobytes: 'between an answer in JSON and a page; pictures are cached by browsers',
  busyShare: 'a working day of five, and quiet nights',
  databaseBusyShare: 'serverless capacity follows the minute; most of a month is far below the most',
  spotShare: 'AWS says up to 70 % less; the price moves',
  loadBalancerUnits: 'a unit is 25 new connections a second or a gigabyte an hour',
  databaseGigabytes: 'a year of transactions of some hundred thousand customers',
  databaseRequests: 'seven for each request: most reads are in memory',
  databaseWrites: 'more than one for each request, the log of changes included',
  tableRequests: 'one read and one write for each request, twice over',
  tableGigabytes: 'sessions, webhooks and settings: small items, and most of them expire',
  apiCalls: 'half of the quota of one key',
  natGigabytes: 'what is not behind an endpoint: calls to others',
  endpointGigabytes: 'logs, images and secrets, by service and zone',
  logGigabytes: 'a kilobyte for each of five million events',
  bucketGigabytes: 'a year of access logs',
  replicatedGigabytes: 'a fifth of what lies there is new',
  vaultGigabytes: 'a database once, and what changed of it since',
  dataEvents: 'one for each thirty requests',
  imageGigabytes: 'ten images of half a gigabyte',
  queueRequests: 'few, next to their price',
};
