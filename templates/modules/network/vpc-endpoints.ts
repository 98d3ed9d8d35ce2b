import { Aws, Fn, type Handle, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { VPCEndpoint } from '../../../src/cfn/generated/ec2';
import { policyDocument, type Statement } from '../security/policy';
import type { SecurityGroupHandle } from './security-group';

/** Gateway and interface endpoints of a VPC. */
export interface VpcEndpointsSettings {
  readonly vpc: Handle<'AWS::EC2::VPC', string>;
  /** Route tables that reach S3 and DynamoDB through gateway endpoints, which cost nothing. */
  readonly routeTables: readonly Handle<'AWS::EC2::RouteTable', string>[];
  /** One subnet in each zone, for the interface endpoints. */
  readonly subnets: readonly Handle<'AWS::EC2::Subnet', string>[];
  readonly group: SecurityGroupHandle;
  /** Services with an interface endpoint, by the last part of the service name, for example `ecr.api`. */
  readonly services: readonly string[];
  /** Whether instances of Amazon Linux 2023 install packages. @default false: containers bring theirs */
  readonly hasInstances?: boolean;
  /**
   * `own`: through the endpoints of S3, DynamoDB and Secrets Manager only what this account owns can be reached, so that nobody carries
   * data into an account of theirs with a right of ours; and STS takes tokens of service accounts for roles of this account.
   * @default `any`: identities of this account reach whatever their rights and its owner allow
   */
  readonly resources?: 'any' | 'own';
  /** With `own`: whether pods ask STS for the roles of their service accounts. @default true; false where there is no Kubernetes */
  readonly hasServiceAccounts?: boolean;
}

const pascal = (service: string): string => service.split(/[.-]/).map((part) => part.slice(0, 1).toUpperCase() + part.slice(1)).join('');

/** Only identities of this account may use the endpoint. */
const ownIdentities: Statement = { Sid: 'OwnIdentities', Effect: 'Allow', Principal: '*', Action: ['*'], Resource: ['*'], Condition: { StringEquals: { 'aws:PrincipalAccount': Aws.accountId } } };

/**
 * Only identities of this account, and only what belongs to it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount
 */
const ownResources: Statement = {
  Sid: 'OwnIdentitiesAndResources',
  Effect: 'Allow',
  Principal: '*',
  Action: ['*'],
  Resource: ['*'],
  Condition: { StringEquals: { 'aws:PrincipalAccount': Aws.accountId, 'aws:ResourceAccount': Aws.accountId } },
};

/** Services whose resources are named in requests and are nobody's but ours. */
const ownedServices: readonly string[] = ['s3', 'dynamodb', 'secretsmanager'];

/**
 * Pods ask for the role of their service account with a token and without any identity of ours: no condition on the caller's account
 * would let them.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
const serviceAccounts: Statement = {
  Sid: 'ServiceAccounts',
  Effect: 'Allow',
  Principal: '*',
  Action: ['sts:AssumeRoleWithWebIdentity'],
  Resource: [Fn.Sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*')],
};

/**
 * ECR keeps image layers in a bucket of AWS's own, read with a signed URL and not with our identity.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
const imageLayers: Statement = {
  Sid: 'ImageLayers',
  Effect: 'Allow',
  Principal: '*',
  Action: ['s3:GetObject'],
  Resource: [Fn.Sub('arn:${AWS::Partition}:s3:::prod-${AWS::Region}-starport-layer-bucket/*')],
};

/**
 * Amazon Linux keeps its packages in a bucket of AWS's own in each region, read without any identity.
 * @see https://docs.aws.amazon.com/linux/al2023/ug/managing-repos-os-updates.html
 */
const packages: Statement = {
  Sid: 'Packages',
  Effect: 'Allow',
  Principal: '*',
  Action: ['s3:GetObject'],
  Resource: [Fn.Sub('arn:${AWS::Partition}:s3:::al2023-repos-${AWS::Region}-de612dc2/*')],
};

/**
 * Endpoints that keep traffic to AWS services inside the region, each open to this account's identities only.
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function vpcEndpoints(t: TemplateBuilder<Parameters, unknown>, settings: VpcEndpointsSettings): void {
  const { vpc, routeTables, subnets, group, services, hasInstances = false, resources = 'any', hasServiceAccounts = true } = settings;
  const serviceName = (service: string) => Fn.Sub(`com.amazonaws.\${AWS::Region}.${service}`);
  const callers = (service: string): readonly Statement[] => {
    if (resources === 'any') return [ownIdentities];
    return [ownedServices.includes(service) ? ownResources : ownIdentities, ...(service === 'sts' && hasServiceAccounts ? [serviceAccounts] : [])];
  };
  const gateways: readonly (readonly [string, readonly Statement[]])[] = [['s3', [...callers('s3'), imageLayers, ...(hasInstances ? [packages] : [])]], ['dynamodb', callers('dynamodb')]];
  for (const [service, statements] of gateways) {
    t.add(
      `${pascal(service)}Endpoint`,
      new VPCEndpoint({
        VpcId: vpc.ref(),
        ServiceName: serviceName(service),
        VpcEndpointType: 'Gateway',
        RouteTableIds: routeTables.map((table) => table.ref()),
        PolicyDocument: policyDocument(...statements),
      }),
    );
  }
  for (const service of services) {
    t.add(
      `${pascal(service)}Endpoint`,
      new VPCEndpoint({
        VpcId: vpc.ref(),
        ServiceName: serviceName(service),
        VpcEndpointType: 'Interface',
        PrivateDnsEnabled: true,
        SubnetIds: subnets.map((subnet) => subnet.ref()),
        SecurityGroupIds: [group.att('GroupId')],
        PolicyDocument: policyDocument(...callers(service)),
      }),
    );
  }
}
