import { DescribeManagedPrefixListsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { customResource, type CustomResource } from '../custom-resource/custom-resource';
import type { CreateRequest, UpdateRequest } from '../custom-resource/request';

/**
 * Answers the id of an AWS-managed prefix list as attribute `PrefixListId` (`Custom::ManagedPrefixList`, property `Name`:
 * the list's name behind `com.amazonaws.<region>.`, for example `route53-healthchecks`). Delete does nothing, because the
 * list is AWS's.
 *
 * The role needs `ec2:DescribeManagedPrefixLists`, which knows no resources.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
 */
export const handler = customResource({ create: lookUp, update: lookUp, delete: () => undefined });

async function lookUp(request: CreateRequest | UpdateRequest, signal: AbortSignal): Promise<CustomResource> {
  const name = request.ResourceProperties['Name'];
  if (typeof name !== 'string' || name === '') {
    throw new Error(`${request.LogicalResourceId}: property Name is missing. Give the name of a prefix list, for example route53-healthchecks.`);
  }
  const client = new EC2Client({});
  const region = await client.config.region();
  const full = `com.amazonaws.${region}.${name}`;
  const { PrefixLists = [] } = await client.send(
    new DescribeManagedPrefixListsCommand({ Filters: [{ Name: 'prefix-list-name', Values: [full] }] }),
    { abortSignal: signal },
  );
  const id = PrefixLists.find((list) => list.PrefixListName === full && list.OwnerId === 'AWS')?.PrefixListId;
  if (!id) throw new Error(`Prefix list ${full}: there is no such list of AWS's in ${region}. Check the name.`);
  return { physicalResourceId: `managed-prefix-list/${full}`, data: { PrefixListId: id } };
}
