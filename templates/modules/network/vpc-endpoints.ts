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
}

const pascal = (service: string): string => service.split(/[.-]/).map((part) => part.slice(0, 1).toUpperCase() + part.slice(1)).join('');

/** Only identities of this account may use the endpoint. */
const ownIdentities: Statement = { Sid: 'OwnIdentities', Effect: 'Allow', Principal: '*', Action: ['*'], Resource: ['*'], Condition: { StringEquals: { 'aws:PrincipalAccount': Aws.accountId } } };

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
  const { vpc, routeTables, subnets, group, services, hasInstances = false } = settings;
  const serviceName = (service: string) => Fn.Sub(`com.amazonaws.\${AWS::Region}.${service}`);
  const gateways: readonly (readonly [string, readonly Statement[]])[] = [['s3', [ownIdentities, imageLayers, ...(hasInstances ? [packages] : [])]], ['dynamodb', [ownIdentities]]];
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
        PolicyDocument: policyDocument(ownIdentities),
      }),
    );
  }
}
