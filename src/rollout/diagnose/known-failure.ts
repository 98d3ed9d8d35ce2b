/** A failure that people meet again and again, and what helps. */
export interface KnownFailure {
  /** The services' own words, or CloudFormation's error code, by which it is known. */
  readonly pattern: RegExp;
  /** The resource types that it is about. @default every type */
  readonly types?: readonly string[];
  /** What to do, as sentences for a person. */
  readonly fix: string;
}

const ecs = ['AWS::ECS::Service'];
const rds = ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::RDS::DBProxy', 'AWS::RDS::GlobalCluster'];

/**
 * The failures that have an answer of their own; the first that fits is told, so what is more particular stands before what is more
 * general. The general ones go by the error codes that every resource provider ends with.
 * @see https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html
 */
const knownFailures: readonly KnownFailure[] = [
  {
    types: ecs,
    pattern: /circuit breaker|did not stabilize|NotStabilized/i,
    fix: 'The tasks did not become healthy. Read the service\'s events and the stopped tasks\' reasons ("aws ecs describe-services", "aws ecs describe-tasks"), then the log group of the task: usually the image does not start, the health check path does not answer, or a security group or endpoint keeps the task from its registry or secrets.',
  },
  { types: ecs, pattern: /service-linked role/i, fix: 'The account has never used ECS. Run "aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com" once, and roll again.' },
  { pattern: /CannotPullContainer|manifest unknown|image.*not found/i, fix: "The image is not in this region's registry. Push it, wait for the replication, and give its digest in the parameters file." },
  { types: rds, pattern: /at least (2|two) (AZ|Availability)/i, fix: 'The subnet group needs subnets in two zones. Give the network two or more availabilityZones.' },
  {
    types: rds,
    pattern: /Cannot find version|engine version|InvalidParameterCombination.*(version|class)/i,
    fix: 'The region offers no such combination of engine version and instance class. Ask "aws rds describe-orderable-db-instance-options" in that region, and set engineVersion or instanceClass in the system\'s environments.ts.',
  },
  { types: rds, pattern: /deletion protection|DeletionProtection/i, fix: 'The database is protected. Switch its protection off on purpose ("aws rds modify-db-instance --no-deletion-protection" or modify-db-cluster), then destroy again.' },
  { types: rds, pattern: /snapshot.*already exists/i, fix: 'A final snapshot of that name is left from before. Copy it under another name if it is needed, delete it, and try again.' },
  {
    types: ['AWS::RDS::GlobalCluster'],
    pattern: /not empty|has (database )?clusters|contains/i,
    fix: 'A member is still in the global cluster. Delete the secondary cluster first, then the primary, then the global cluster: "meridian destroy" keeps that order.',
  },
  {
    types: ['AWS::CertificateManager::Certificate'],
    pattern: /validat|timed? ?out|NotStabilized/i,
    fix: "The certificate's DNS validation did not end. See that the domain's NS records in the parent zone are those of the hosted zone, and that no CAA record forbids Amazon.",
  },
  { types: ['AWS::CloudFront::Distribution'], pattern: /CNAMEAlreadyExists|alias(es)? .*already/i, fix: 'Another distribution, perhaps of another account, has this domain name. Remove it there, or move it with "aws cloudfront associate-alias".' },
  { types: ['AWS::Route53::HostedZone'], pattern: /not empty|HostedZoneNotEmpty/i, fix: 'Records that CloudFormation did not make are in the zone. Delete them, all but its NS and SOA records, and destroy again.' },
  { types: ['AWS::Route53::RecordSet'], pattern: /already exists|it already exists/i, fix: 'A record of that name and type is in the zone. Delete it, or give another suffix: two copies of an environment cannot have one name.' },
  { types: ['AWS::S3::Bucket'], pattern: /not empty|BucketNotEmpty/i, fix: 'Objects, or versions of them, are in the bucket. Empty it with its versions on purpose, and destroy again.' },
  { types: ['AWS::SecretsManager::Secret'], pattern: /scheduled for deletion/i, fix: 'A secret of that name waits for its deletion. Restore it ("aws secretsmanager restore-secret") and import it, or end the wait ("aws secretsmanager delete-secret --force-delete-without-recovery") and roll again.' },
  {
    types: ['AWS::EC2::EIP', 'AWS::EC2::NatGateway'],
    pattern: /maximum number of addresses|AddressLimitExceeded/i,
    fix: 'The region\'s quota of Elastic IP addresses (5 by default) is used up. Ask for more in Service Quotas (L-0263D0A3), or set natGateways to "single".',
  },
  {
    types: ['AWS::AutoScaling::AutoScalingGroup'],
    pattern: /resource signal|(SUCCESS|FAILURE) signal/i,
    fix: 'The instance did not say in time that it works, or said that it does not. Its console output, kept for an hour after its end, says at which step ("aws ec2 get-console-output --latest --instance-id" with the instance of the group\'s last activity).',
  },
  { types: ['AWS::EC2::VPC'], pattern: /VpcLimitExceeded|maximum number of VPCs/i, fix: "The region's quota of VPCs (5 by default) is used up. Ask for more in Service Quotas (L-F678F1CE), or delete one that is not used." },
  { pattern: /RulesPerSecurityGroupLimitExceeded|maximum number of rules per security group/i, fix: 'A security group has more rules than its quota (60 by default); a managed prefix list counts with all its entries. Spread the sources over two groups.' },
  { pattern: /DependencyViolation|has a dependent object|resource .* is in use|ResourceInUse/i, fix: 'Something outside this stack still uses the resource, often a network interface that a service gives back late. Find it ("aws ec2 describe-network-interfaces" for a subnet or security group), remove it, and run the same command again.' },
  { pattern: /MalformedPolicy|invalid (principal|policy)/i, fix: 'The policy names a principal or a form that IAM does not know, often a role that was deleted. Correct the statement at the source line above.' },
  { pattern: /KMS.*(AccessDenied|not authorized)|kms:\w+.*not authorized|The (specified )?KMS key .*(not exist|disabled|not usable)/i, fix: "The key's policy does not admit this service or role in this region, or the key is disabled. Add the use to the key's policy in the system's security.ts, and roll foundation first." },
  { pattern: /S3 error: Access Denied|TemplateURL|Template (file )?.*(not found|does not exist)/i, fix: "The nested template could not be read from the region's artifact bucket. Run the same command again: preflight looks at every template in every region, and uploads what is missing." },
  { pattern: /Unable to fetch parameters|SSM.*(not found|ParameterNotFound)/i, fix: 'A wire that another deployment publishes is not in Parameter Store in this region. Roll the deployment named in the path, or see "meridian status" for what does not stand.' },
  { pattern: /role with trust relationship|assume role|AssumeRole/i, fix: "StackSets could not take its execution role in that account. Roll again, which makes the roles, and see that no organisation's policy forbids sts:AssumeRole." },
  { pattern: /Unzipped size|Could not unzip|InvalidZip|NoSuchKey/i, fix: "The function's code is not in the region's artifact bucket as it was built. Run the same command again, which uploads it." },
  { pattern: /Custom Resource failed to stabilize|did not receive a response|Received response status \[FAILED\]/i, fix: 'The function behind the custom resource failed or did not answer. Its log group (/aws/lambda/<function>) in the same region says why.' },
  { pattern: /hook\(s\) failed|HookFailed/i, fix: "A CloudFormation hook of the account refused the resource. The hook's own result says which control (\"aws cloudformation get-hook-result\")." },
  { pattern: /HandlerErrorCode: AlreadyExists|already exists/i, fix: 'Something of that name exists and does not belong to this stack: left by an earlier attempt, made by hand, or another copy. Delete or import it, or give another --suffix.' },
  { pattern: /HandlerErrorCode: (ServiceLimitExceeded)|LimitExceeded|quota/i, fix: 'A quota of the account is used up in that region. Find it in Service Quotas, ask for more, and run the same command again.' },
  { pattern: /HandlerErrorCode: (AccessDenied|InvalidCredentials)|not authorized to perform|AccessDenied/i, fix: 'The execution role, or a service control policy above it, forbids a call. The message names the action: if the role lacks it, generate the execution permissions again and roll; if an organisation\'s policy forbids it, it has to be lifted there.' },
  { pattern: /HandlerErrorCode: (Throttling|ServiceInternalError|NetworkFailure|ServiceTimeout|InternalFailure)|Rate exceeded/i, fix: 'The service was overloaded or unwell. Look at its state for the region, and run the same command again.' },
  { pattern: /HandlerErrorCode: NotStabilized|did not stabilize|Exceeded attempts to wait/i, fix: 'The resource was made but did not reach its final state in time. The service\'s own console or log says what it waits for.' },
  { pattern: /HandlerErrorCode: NotFound|does not exist|could not be found/i, fix: 'Something that the resource refers to is not there in this region and account. See the value and where it comes from above.' },
  { pattern: /HandlerErrorCode: NotUpdatable|cannot be updated|Updates? .* not (allowed|supported)/i, fix: 'The service does not change this property in place. Give the resource another name or logical id on purpose, which replaces it, and read "meridian plan" before.' },
  { pattern: /HandlerErrorCode: InvalidRequest|Encountered unsupported property|failed validation|ValidationException|InvalidParameter/i, fix: 'The service refuses a value. Correct it at the source line above; "meridian check" shows whether the schema knew.' },
];

/**
 * What helps against a failure, when it is one that people know.
 * @param resourceType type of the resource that failed
 * @param reason the service's own words
 */
export function suggestedFix(resourceType: string, reason: string): string | undefined {
  return knownFailures.find(({ types, pattern }) => (types === undefined || types.includes(resourceType)) && pattern.test(reason))?.fix;
}
