import { Fn } from '../../../src/cfn';
import { Role } from '../../../src/cfn/generated/iam';
import { RecordSet } from '../../../src/cfn/generated/route53';
import { allow, arn, policyDocument } from '../../modules/security/policy';
import { defineTemplate } from './environments';
import { delegationExternalId, environmentDomain } from './names';

/**
 * Seconds for which resolvers keep the name servers: an hour. A zone that is made anew has other ones, and until that time is over some
 * resolvers ask the old.
 */
const delegationSeconds = 3600;

/**
 * What the DNS account has of an environment: the record that delegates its sub-domain, and a role by which people of the application
 * account write that one record anew.
 *
 * CloudFormation does not use the role: it writes the record here itself. The role is for drills, in which somebody shortens its time to
 * live or points it elsewhere and back, and for repair, when somebody has changed it by hand or the zone was made anew, without signing
 * in to the account that owns the domain. It can create and overwrite this record, and neither delete it nor touch or read any other.
 * Whoever assumes it needs the right to do so in the application account, and the external id: docs/runbooks/lookcard/dns-account.md.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-routing-traffic-for-subdomains.html
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-rrset-conditions.html
 */
export const delegation = defineTemplate(
  'delegation',
  {
    description: 'LookCard name servers of the sub-domain in the zone of the domain, and the role that may write them anew',
    parameters: {
      DomainName: { Type: 'String' },
      ParentHostedZoneId: { Type: 'AWS::Route53::HostedZone::Id' },
      NameServers: { Type: 'CommaDelimitedList' },
      ApplicationAccountId: { Type: 'String', Description: 'The account whose zone the sub-domain is, and whose people may assume the role' },
    },
  },
  (t) => {
    const hostedZoneId = t.param('ParentHostedZoneId');
    const record = t.add('NameServerRecord', new RecordSet({ HostedZoneId: hostedZoneId, Name: environmentDomain(t), Type: 'NS', TTL: String(delegationSeconds), ResourceRecords: t.param('NameServers').list() }));
    const role = t.add(
      'DelegationRole',
      new Role({
        RoleName: t.resourceName('delegation', 'account'),
        Description: 'Lets the LookCard application account write the name servers of its sub-domain, for drills and repair',
        AssumeRolePolicyDocument: policyDocument({
          Effect: 'Allow',
          Principal: { AWS: Fn.Sub('arn:${AWS::Partition}:iam::${ApplicationAccountId}:root') },
          Action: ['sts:AssumeRole'],
          Condition: { StringEquals: { 'sts:ExternalId': delegationExternalId(t) } },
        }),
        Policies: [
          {
            PolicyName: 'own',
            PolicyDocument: policyDocument(
              allow(['route53:ChangeResourceRecordSets'], [arn('route53', 'hostedzone/${ParentHostedZoneId}', { region: '', account: '' })], {
                'ForAllValues:StringEquals': {
                  'route53:ChangeResourceRecordSetsNormalizedRecordNames': [environmentDomain(t)],
                  'route53:ChangeResourceRecordSetsRecordTypes': ['NS'],
                  'route53:ChangeResourceRecordSetsActions': ['CREATE', 'UPSERT'],
                },
                // ForAllValues holds for a request without these keys too.
                Null: {
                  'route53:ChangeResourceRecordSetsNormalizedRecordNames': 'false',
                  'route53:ChangeResourceRecordSetsRecordTypes': 'false',
                  'route53:ChangeResourceRecordSetsActions': 'false',
                },
              }),
            ),
          },
        ],
      }),
    );
    return { DelegationRecordName: record.ref(), DelegationRoleArn: role.att('Arn') };
  },
);
