/**
 * Types that cost nothing by themselves: what they hold together or allow is paid for elsewhere, or is within an allowance that these
 * systems never leave. A type that is neither here nor has a costing counts as not priced.
 * @see https://aws.amazon.com/free/
 */
export const freeTypes: ReadonlySet<string> = new Set([
  'AWS::ApplicationAutoScaling::ScalingPolicy', 'AWS::ApiGateway::Account', 'AWS::ApiGateway::ApiKey', 'AWS::ApiGateway::BasePathMapping',
  'AWS::ApiGateway::Deployment', 'AWS::ApiGateway::DomainName', 'AWS::ApiGateway::GatewayResponse', 'AWS::ApiGateway::Method', 'AWS::ApiGateway::Model', 'AWS::ApiGateway::RequestValidator', 'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::Stage', 'AWS::ApiGateway::UsagePlan', 'AWS::ApiGateway::UsagePlanKey', 'AWS::ApiGatewayV2::VpcLink', 'AWS::Backup::BackupPlan', 'AWS::Backup::BackupSelection',
  'AWS::Budgets::Budget', 'AWS::CE::AnomalyMonitor', 'AWS::CE::AnomalySubscription', 'AWS::CertificateManager::Certificate', 'AWS::CloudFormation::CustomResource', 'AWS::CloudFormation::Stack', 'AWS::CloudWatch::AnomalyDetector', 'AWS::CloudFront::CachePolicy',
  'AWS::CloudFront::OriginAccessControl', 'AWS::CloudFront::ResponseHeadersPolicy', 'AWS::EC2::FlowLog', 'AWS::EC2::InternetGateway', 'AWS::EC2::LaunchTemplate',
  'AWS::EC2::NetworkAcl', 'AWS::EC2::NetworkAclEntry', 'AWS::EC2::NetworkInterface', 'AWS::EC2::PrefixList', 'AWS::EC2::Route', 'AWS::EC2::RouteTable', 'AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::Subnet', 'AWS::EC2::SubnetNetworkAclAssociation', 'AWS::EC2::SubnetRouteTableAssociation', 'AWS::EC2::VPC', 'AWS::EC2::VPCGatewayAttachment',
  'AWS::EC2::EIPAssociation', 'AWS::ECR::ReplicationConfiguration', 'AWS::ECS::Cluster', 'AWS::ECS::ClusterCapacityProviderAssociations', 'AWS::ECS::TaskDefinition', 'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::ListenerRule', 'AWS::ElasticLoadBalancingV2::TargetGroup', 'AWS::Events::Rule', 'AWS::IAM::InstanceProfile', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::OIDCProvider',
  'AWS::IAM::Role', 'AWS::KMS::Alias', 'AWS::KinesisFirehose::DeliveryStream', 'AWS::Lambda::EventSourceMapping', 'AWS::Lambda::Function', 'AWS::Lambda::Permission', 'AWS::Logs::Delivery', 'AWS::Logs::DeliveryDestination', 'AWS::Logs::DeliverySource', 'AWS::Logs::LogStream', 'AWS::Logs::MetricFilter',
  'AWS::RDS::DBClusterParameterGroup', 'AWS::RDS::DBParameterGroup', 'AWS::RDS::DBProxyTargetGroup', 'AWS::RDS::DBSubnetGroup', 'AWS::RDS::GlobalCluster', 'AWS::Route53::RecordSet',
  'AWS::S3::BucketPolicy', 'AWS::SNS::Subscription', 'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SSM::Document', 'AWS::SSM::Parameter', 'AWS::SecretsManager::ResourcePolicy',
  'AWS::SecretsManager::RotationSchedule', 'AWS::SecretsManager::SecretTargetAttachment', 'AWS::WAFv2::LoggingConfiguration', 'AWS::WAFv2::WebACLAssociation',
  'AWS::ApiGateway::VpcLink', 'AWS::AppRunner::AutoScalingConfiguration', 'AWS::AppRunner::VpcConnector', 'AWS::Athena::NamedQuery', 'AWS::Athena::WorkGroup', 'AWS::BCMDataExports::Export', 'AWS::EKS::AccessEntry', 'AWS::EKS::Addon',
  'AWS::EKS::PodIdentityAssociation', 'AWS::ElastiCache::ParameterGroup', 'AWS::ElastiCache::SubnetGroup', 'AWS::ElastiCache::User', 'AWS::ElastiCache::UserGroup', 'AWS::Glue::Database', 'AWS::Glue::Table', 'AWS::IAM::Policy', 'AWS::IAM::ServiceLinkedRole',
  'AWS::Organizations::Policy', 'AWS::Scheduler::Schedule', 'AWS::Scheduler::ScheduleGroup', 'AWS::ServiceDiscovery::Service', 'AWS::XRay::Group', 'AWS::XRay::ResourcePolicy',
]);
