import { listToken } from '../../../src/cfn/parameters';
import { ecsCluster } from '../../modules/compute/ecs-cluster';
import { fargateCapacity } from '../../modules/compute/fargate-capacity';
import { spotShortage } from '../../modules/compute/spot-shortage';
import { postgresPort } from '../../modules/data/postgres-port';
import { apiRights } from './api-rights';
import { databaseUser } from './database-names';
import { entrance } from './entrance';
import { defineTemplate } from './environments';
import { errorAlarms } from './error-alarms';
import { service, spotShare } from './service';
import { metricsNamespace } from './sessions';

/** Load balancer, cluster and services of one region. */
export const compute = defineTemplate(
  'compute',
  {
    description: 'Financial portal load balancer, ECS cluster, web and API services',
    parameters: {
      VpcId: { Type: 'AWS::EC2::VPC::Id' },
      PublicSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
      ServiceSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
      LoadBalancerSecurityGroupIds: { Type: 'List<AWS::EC2::SecurityGroup::Id>' },
      WebSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      ApiSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      CertificateArn: { Type: 'String' },
      AccessLogBucketName: { Type: 'String' },
      DefaultKeyArn: { Type: 'String' },
      AlarmTopicArn: { Type: 'String' },
      WebImage: { Type: 'String' },
      ApiImage: { Type: 'String' },
      DatabaseWriterEndpoint: { Type: 'String', Description: "Writer endpoint of this region's cluster; in the secondary it answers after promotion" },
      DatabaseReaderEndpoint: { Type: 'String' },
      DatabaseResourceId: { Type: 'String', Description: "Resource id of this region's cluster, for IAM authentication" },
    },
  },
  (t) => {
    const keyArn = t.param('DefaultKeyArn');
    const topic = t.param('AlarmTopicArn');
    const clusterName = t.resourceName('cluster');
    const cluster = ecsCluster(t, 'Cluster', { name: clusterName, storageKeyArn: keyArn, capacityBy: 'association' });
    const capacity = fargateCapacity(t, 'ClusterCapacity', { cluster });

    const front = entrance(t, {
      vpcId: t.param('VpcId'),
      subnetIds: t.param('PublicSubnetIds').list(),
      securityGroupIds: t.param('LoadBalancerSecurityGroupIds').list(),
      certificateArn: t.param('CertificateArn'),
      accessLogBucketName: t.param('AccessLogBucketName'),
    });
    const errors = errorAlarms(t, front, topic);
    const common = { cluster, entrance: front, keyArn, subnetIds: t.param('ServiceSubnetIds').list(), after: [capacity] };

    const web = service(t, 'Web', {
      ...common,
      image: t.param('WebImage'),
      securityGroupId: t.param('WebSecurityGroupId'),
      rollbackAlarms: [errors.Web],
    });
    const api = service(t, 'Api', {
      ...common,
      image: t.param('ApiImage'),
      securityGroupId: t.param('ApiSecurityGroupId'),
      rollbackAlarms: [errors.Api],
      environment: {
        DATABASE_WRITER_HOST: t.param('DatabaseWriterEndpoint'),
        DATABASE_READER_HOST: t.param('DatabaseReaderEndpoint'),
        DATABASE_PORT: String(postgresPort),
        DATABASE_USER: databaseUser,
        METRICS_NAMESPACE: metricsNamespace(t),
        SERVICE_NAME: t.resourceName('api'),
      },
      statements: apiRights({ databaseResourceId: t.param('DatabaseResourceId'), databaseUser, metricsNamespace: metricsNamespace(t) }),
    });
    spotShortage(t, 'SpotShortage', {
      cluster,
      clusterName,
      services: (['web', 'api'] as const).map((name) => ({ name: t.resourceName(name), share: spotShare(t, name) })),
      keyArn,
      topic,
      logRetentionInDays: t.settings.logRetentionDays,
    });

    return {
      ClusterName: cluster.ref(),
      ClusterArn: cluster.att('Arn'),
      WebServiceName: web.att('Name'),
      ApiServiceName: api.att('Name'),
      LoadBalancerDnsName: front.loadBalancer.att('DNSName'),
      LoadBalancerZoneId: front.loadBalancer.att('CanonicalHostedZoneID'),
      LoadBalancerFullName: front.loadBalancer.att('LoadBalancerFullName'),
      WebTargetGroupFullName: front.targetGroups.Web.att('TargetGroupFullName'),
      ApiTargetGroupFullName: front.targetGroups.Api.att('TargetGroupFullName'),
      OriginRuleArns: listToken('CommaDelimitedList', front.headerRules.map((rule) => rule.ref())),
      ErrorAlarmName: errors.region.ref(),
    };
  },
);
