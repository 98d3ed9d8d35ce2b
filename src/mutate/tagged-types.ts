/** Types of which every resource of a system carries the agreed tags. */
export const taggedTypes: readonly string[] = [
  'AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Stage', 'AWS::ARCRegionSwitch::Plan', 'AWS::Backup::BackupVault', 'AWS::CertificateManager::Certificate',
  'AWS::CloudFormation::Stack', 'AWS::CloudFront::Distribution', 'AWS::CloudTrail::Trail', 'AWS::CloudWatch::Alarm', 'AWS::DynamoDB::Table',
  'AWS::EC2::FlowLog', 'AWS::EC2::NatGateway', 'AWS::EC2::NetworkAcl', 'AWS::EC2::RouteTable', 'AWS::EC2::SecurityGroup', 'AWS::EC2::Subnet',
  'AWS::EC2::VPC', 'AWS::EC2::VPCEndpoint', 'AWS::ECR::Repository', 'AWS::ECS::Cluster', 'AWS::ECS::Service', 'AWS::ECS::TaskDefinition',
  'AWS::EKS::Cluster', 'AWS::ElastiCache::ReplicationGroup', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::Events::Rule', 'AWS::IAM::Role', 'AWS::KMS::Key', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance', 'AWS::RDS::DBProxy', 'AWS::Route53::HealthCheck', 'AWS::Route53::HostedZone', 'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret', 'AWS::SNS::Topic', 'AWS::SQS::Queue', 'AWS::SSM::Parameter', 'AWS::WAFv2::WebACL',
];
