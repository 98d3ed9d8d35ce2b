import { DescribeAddressesCommand, EC2Client, paginateDescribeVpcs } from '@aws-sdk/client-ec2';
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { Target } from '../target';
import { resolveNew, type NewStack } from './new-stack';

/** A resource type of which a region allows only so many, few enough for a handful of systems to meet. */
interface CountedType {
  readonly type: string;
  readonly noun: string;
  /** The quota's code in Service Quotas, of the service `ec2` or `vpc`. */
  readonly code: string;
  readonly service: string;
  readonly count: (client: EC2Client) => Promise<number>;
}

/**
 * What five systems in one account meet first: each has a VPC, and two or three Elastic IP addresses for its NAT gateways; the default quotas
 * are five of each.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 */
const countedTypes: readonly CountedType[] = [
  { type: 'AWS::EC2::VPC', noun: 'VPCs', service: 'vpc', code: 'L-F678F1CE', count: countVpcs },
  { type: 'AWS::EC2::EIP', noun: 'Elastic IP addresses', service: 'ec2', code: 'L-0263D0A3', count: countAddresses },
];

async function countVpcs(client: EC2Client): Promise<number> {
  let count = 0;
  for await (const page of paginateDescribeVpcs({ client }, {})) count += page.Vpcs?.length ?? 0;
  return count;
}

async function countAddresses(client: EC2Client): Promise<number> {
  const { Addresses = [] } = await client.send(new DescribeAddressesCommand({}));
  return Addresses.length;
}

/**
 * Quotas that new stacks would go over, one sentence each, counted by account and region: what is there and what is added against what Service
 * Quotas allows. A real account only: the local AWS has no quotas.
 * @see https://docs.aws.amazon.com/servicequotas/latest/userguide/reference.html
 */
export async function quotaProblems(stacks: readonly NewStack[]): Promise<string[]> {
  const real = stacks.filter(({ target }) => target.kind === 'aws');
  const places = new Map<string, NewStack[]>();
  for (const stack of real) places.set(`${stack.target.account} ${stack.node.region}`, [...(places.get(`${stack.target.account} ${stack.node.region}`) ?? []), stack]);
  const problems = await Promise.all([...places.values()].map((here) => placeProblems(here)));
  return problems.flat();
}

async function placeProblems(stacks: readonly NewStack[]): Promise<string[]> {
  const [{ target, node }] = stacks as [NewStack, ...NewStack[]];
  const resources = stacks.flatMap((stack) => [...resolveNew(stack).resources()]);
  const added = countedTypes.map((counted) => ({ ...counted, added: resources.filter(({ type }) => type === counted.type).length })).filter(({ added: count }) => count > 0);
  if (added.length === 0) return [];
  const ec2 = new EC2Client(target.clientConfig(node.region));
  const quotas = new ServiceQuotasClient(target.clientConfig(node.region));
  try {
    return (await Promise.all(added.map((counted) => overQuota(target, node.region, ec2, quotas, counted)))).flat();
  } finally {
    ec2.destroy();
    quotas.destroy();
  }
}

async function overQuota(target: Target, region: string, ec2: EC2Client, quotas: ServiceQuotasClient, { noun, service, code, count, added }: CountedType & { readonly added: number }): Promise<string[]> {
  const [there, { Quota }] = await Promise.all([count(ec2), quotas.send(new GetServiceQuotaCommand({ ServiceCode: service, QuotaCode: code }))]);
  const allowed = Quota?.Value ?? Infinity;
  if (there + added <= allowed) return [];
  return [`Quota of ${noun} in ${region} of account ${target.account} too small: ${there} are there, this rollout adds ${added}, ${allowed} are allowed. Ask for more in Service Quotas (${code}), or delete what is not used.`];
}
