import { expect } from 'chai';
import { suggestedFix } from '../../../src/rollout/diagnose/known-failure';

/** What services say, and what the fix must speak of. */
const failures: readonly (readonly [type: string, reason: string, fix: RegExp])[] = [
  ['AWS::ECS::Service', 'Resource handler returned message: "Error occurred during operation \'ECS Deployment Circuit Breaker was triggered\'." (HandlerErrorCode: GeneralServiceException)', /stopped tasks/],
  ['AWS::ECS::Service', 'Unable to assume the service linked role. Please verify that the ECS service-linked role exists.', /create-service-linked-role/],
  ['AWS::RDS::DBInstance', 'The DB subnet group doesn\'t meet Availability Zone (AZ) coverage requirement. Cover at least 2 AZs.', /two zones/],
  ['AWS::RDS::DBCluster', 'Cannot find version 15.2 for aurora-postgresql', /describe-orderable-db-instance-options/],
  ['AWS::RDS::DBInstance', 'Cannot delete protected DB Instance, please disable deletion protection and try again.', /no-deletion-protection/],
  ['AWS::RDS::DBInstance', 'DB snapshot kasha-final already exists', /final snapshot/],
  ['AWS::RDS::GlobalCluster', 'Global Cluster arn:aws:rds::1:global-cluster:g is not empty', /secondary cluster first/],
  ['AWS::CertificateManager::Certificate', 'Resource timed out waiting for creation of physical resource: DNS validation', /NS records/],
  ['AWS::CloudFront::Distribution', 'One or more of the CNAMEs you provided are already associated with a different resource. (CNAMEAlreadyExists)', /associate-alias/],
  ['AWS::Route53::HostedZone', 'The specified hosted zone contains non-required resource record sets (HostedZoneNotEmpty)', /NS and SOA/],
  ['AWS::Route53::RecordSet', "Tried to create resource record set [name='a.', type='A'] but it already exists", /suffix/],
  ['AWS::S3::Bucket', 'The bucket you tried to delete is not empty (BucketNotEmpty)', /versions/],
  ['AWS::SecretsManager::Secret', "You can't create this secret because a secret with this name is already scheduled for deletion.", /restore-secret/],
  ['AWS::EC2::EIP', 'The maximum number of addresses has been reached. (AddressLimitExceeded)', /Elastic IP/],
  ['AWS::AutoScaling::AutoScalingGroup', 'Received 1 FAILURE signal(s) out of 1. Unable to satisfy 100% MinSuccessfulInstancesPercent requirement', /console output/],
  ['AWS::AutoScaling::AutoScalingGroup', 'Failed to receive 1 resource signal(s) within the specified duration', /console output/],
  ['AWS::EC2::VPC', 'The maximum number of VPCs has been reached. (VpcLimitExceeded)', /quota of VPCs/],
  ['AWS::EC2::SecurityGroupIngress', 'The maximum number of rules per security group has been reached.', /prefix list counts/],
  ['AWS::EC2::SecurityGroup', 'resource sg-1 has a dependent object (DependencyViolation)', /describe-network-interfaces/],
  ['AWS::KMS::Key', 'MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals.', /role that was deleted/],
  ['AWS::Logs::LogGroup', 'The specified KMS key does not exist or is not allowed to be used', /key's policy/],
  ['AWS::CloudFormation::Stack', 'S3 error: Access Denied', /artifact bucket/],
  ['AWS::CloudFormation::Stack', 'Unable to fetch parameters [/meridian/kasha/x] from parameter store for this account.', /wire/],
  ['', "Account 111111111111 should have 'meridian-execution' role with trust relationship to Role 'meridian-administration'.", /execution role/],
  ['AWS::Lambda::Function', "Error occurred while GetObject. S3 Error Code: NoSuchKey.", /uploads it/],
  ['Custom::Empty', 'CloudFormation did not receive a response from your Custom Resource.', /log group/],
  ['AWS::S3::Bucket', 'The following hook(s) failed: [AWS::ControlTower::Hook]', /hook refused|hook of the account/],
  ['AWS::IAM::Role', 'Resource of type \'AWS::IAM::Role\' with identifier \'a\' already exists. (HandlerErrorCode: AlreadyExists)', /--suffix/],
  ['AWS::Backup::BackupPlan', 'Limit reached (HandlerErrorCode: ServiceLimitExceeded)', /Service Quotas/],
  ['AWS::SQS::Queue', 'User: arn:aws:sts::1:assumed-role/x is not authorized to perform: sqs:CreateQueue', /execution permissions/],
  ['AWS::SQS::Queue', 'Rate exceeded (HandlerErrorCode: Throttling)', /overloaded/],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'Exceeded attempts to wait (HandlerErrorCode: NotStabilized)', /final state/],
  ['AWS::ECS::TaskDefinition', 'Log group does not exist (HandlerErrorCode: NotFound)', /is not there/],
  ['AWS::EC2::Subnet', 'Property CidrBlock cannot be updated (HandlerErrorCode: NotUpdatable)', /replaces it/],
  ['AWS::SQS::Queue', 'Encountered unsupported property Retries', /refuses a value/],
];

describe('what helps against a failure', () => {
  for (const [type, reason, fix] of failures) {
    it(`is known for ${type || 'StackSets'}: ${reason.slice(0, 60)}`, () => expect(suggestedFix(type, reason)).to.match(fix));
  }

  it('is not invented for what nobody knows', () => {
    expect(suggestedFix('AWS::SQS::Queue', 'The moon is full')).to.equal(undefined);
  });

  it('of one service is not told for another', () => {
    expect(suggestedFix('AWS::EC2::VPC', 'it has a service-linked role')).to.equal(undefined);
  });
});
