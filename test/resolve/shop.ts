import type { Template } from '../../src/resolve';

/** A root that nests a network and a data layer; the data layer reads the network, the root publishes what it gives. */
export const root: Template = {
  Parameters: {
    Suffix: { Type: 'String', Default: 'main' },
    Password: { Type: 'String', NoEcho: true, Default: 'correct-horse' },
    KeyArn: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/meridian/shop/production/main/foundation/KeyArn' },
    LogBuckets: { Type: 'AWS::SSM::Parameter::Value<CommaDelimitedList>', Default: '/meridian/shop/production/main/foundation/LogBuckets' },
  },
  Conditions: { HasPassword: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Password' }, ''] }] } },
  Resources: {
    Network: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './network.json' } },
    Data: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: {
        TemplateURL: './data.json',
        Parameters: {
          SubnetIds: { 'Fn::GetAtt': ['Network', 'Outputs.SubnetIds'] },
          VpcId: { 'Fn::GetAtt': ['Network', 'Outputs.VpcId'] },
          Cidr: { 'Fn::GetAtt': ['Network', 'Outputs.Cidr'] },
          Password: { Ref: 'Password' },
          KeyArn: { Ref: 'KeyArn' },
          Suffix: { Ref: 'Suffix' },
        },
      },
    },
    PublishEndpoint: {
      Type: 'AWS::SSM::Parameter',
      Condition: 'HasPassword',
      Properties: { Type: 'String', Name: { 'Fn::Sub': '/shop/${Suffix}/Endpoint' }, Value: { 'Fn::GetAtt': ['Data', 'Outputs.Endpoint'] } },
    },
    PublishSubnets: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'StringList', Name: '/shop/subnets', Value: { 'Fn::GetAtt': ['Network', 'Outputs.SubnetIds'] } } },
  },
  Outputs: { Endpoint: { Value: { 'Fn::GetAtt': ['Data', 'Outputs.Endpoint'] } } },
};

const network: Template = {
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    SubnetA: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: { 'Fn::Select': [0, { 'Fn::Cidr': [{ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, 2, 12] }] } } },
    SubnetB: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: { 'Fn::Select': [1, { 'Fn::Cidr': [{ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, 2, 12] }] } } },
  },
  Outputs: {
    VpcId: { Value: { Ref: 'Vpc' } },
    Cidr: { Value: { 'Fn::GetAtt': ['Vpc', 'CidrBlock'] } },
    SubnetIds: { Value: { 'Fn::Join': [',', [{ Ref: 'SubnetA' }, { Ref: 'SubnetB' }]] } },
  },
};

const data: Template = {
  Parameters: {
    SubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
    VpcId: { Type: 'AWS::EC2::VPC::Id' },
    Cidr: { Type: 'String' },
    Password: { Type: 'String' },
    KeyArn: { Type: 'String' },
    Suffix: { Type: 'String' },
  },
  Conditions: { HasVpc: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'VpcId' }, ''] }] } },
  Resources: {
    Subnets: { Type: 'AWS::RDS::DBSubnetGroup', Properties: { DBSubnetGroupDescription: 'data', SubnetIds: { Ref: 'SubnetIds' } } },
    Group: {
      Type: 'AWS::EC2::SecurityGroup',
      Condition: 'HasVpc',
      Properties: { GroupDescription: 'data', VpcId: { Ref: 'VpcId' }, SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 3306, ToPort: 3306, CidrIp: { Ref: 'Cidr' } }] },
    },
    Primary: {
      Type: 'AWS::RDS::DBInstance',
      DependsOn: 'Group',
      DeletionPolicy: 'Snapshot',
      Properties: {
        DBInstanceIdentifier: { 'Fn::Sub': 'shop-${Suffix}' },
        MasterUsername: '{{resolve:secretsmanager:shop:SecretString:username}}',
        MasterUserPassword: { Ref: 'Password' },
        KmsKeyId: { Ref: 'KeyArn' },
        DBSubnetGroupName: { Ref: 'Subnets' },
        VPCSecurityGroups: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }],
      },
    },
  },
  Outputs: { Endpoint: { Value: { 'Fn::GetAtt': ['Primary', 'Endpoint.Address'] } } },
};

/** The nested templates of {@link root}. */
export const templates: Readonly<Record<string, Template>> = { './network.json': network, 'data.json': data };

/** What publishes the wires that {@link root} reads. */
export const foundation: Template = {
  Resources: {
    Key: { Type: 'AWS::KMS::Key' },
    LogsA: { Type: 'AWS::S3::Bucket' },
    PublishKeyArn: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Name: '/meridian/shop/production/main/foundation/KeyArn', Value: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
    PublishLogBuckets: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Type: 'StringList', Name: '/meridian/shop/production/main/foundation/LogBuckets', Value: { 'Fn::Join': [',', [{ Ref: 'LogsA' }, 'shop-logs']] } },
    },
  },
};
