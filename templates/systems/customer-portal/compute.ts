import { listToken } from '../../../src/cfn/parameters';
import { ecsCluster } from '../../modules/compute/ecs-cluster';
import { fargateCapacity } from '../../modules/compute/fargate-capacity';
import { spotShortage } from '../../modules/compute/spot-shortage';
import { postgresPort } from '../../modules/data/postgres-port';
import { backendRights } from './backend-rights';
import { databaseName, databaseUser } from './database-names';
import { apiEntrance, publicEntrance } from './entrance';
import { defineTemplate } from './environments';
import { archiveLogs, archiveParameters } from './log-archive';
import { service, spotOf } from './service';
import { sessionTokensTable, sessionsTable } from './sessions';

/** Load balancers, cluster and services of one region. */
export const compute = defineTemplate(
  'compute',
  {
    description: 'Customer portal load balancers, ECS cluster, frontend and backend services',
    parameters: {
      ...archiveParameters,
      VpcId: { Type: 'AWS::EC2::VPC::Id' },
      PublicSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
      ServiceSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
      LoadBalancerSecurityGroupIds: { Type: 'List<AWS::EC2::SecurityGroup::Id>' },
      FrontendSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      BackendSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      ApiLoadBalancerSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      CertificateArn: { Type: 'String' },
      AccessLogBucketName: { Type: 'String' },
      DefaultKeyArn: { Type: 'String' },
      AlarmTopicArn: { Type: 'String' },
      FrontendImage: { Type: 'String' },
      BackendImage: { Type: 'String' },
      DatabaseWriterEndpoint: { Type: 'String', Description: "Writer endpoint of this region's cluster; in the secondary it answers after promotion" },
      DatabaseReaderEndpoint: { Type: 'String' },
      DatabaseResourceId: { Type: 'String', Description: "Resource id of this region's cluster, for IAM authentication" },
      DatabaseKeyArn: { Type: 'String', Description: 'Key of the tables of the sessions' },
    },
  },
  (t) => {
    const keyArn = t.param('DefaultKeyArn');
    const clusterName = t.resourceName('cluster');
    const cluster = ecsCluster(t, 'Cluster', { name: clusterName, storageKeyArn: keyArn, capacityBy: 'association' });
    const capacity = fargateCapacity(t, 'ClusterCapacity', { cluster });

    const serviceSubnetIds = t.param('ServiceSubnetIds').list();
    const balancing = { vpcId: t.param('VpcId'), certificateArn: t.param('CertificateArn'), accessLogBucketName: t.param('AccessLogBucketName') };
    const front = publicEntrance(t, { ...balancing, subnetIds: t.param('PublicSubnetIds').list(), securityGroupIds: t.param('LoadBalancerSecurityGroupIds').list() });
    const keyed = apiEntrance(t, { ...balancing, subnetIds: serviceSubnetIds, securityGroupIds: [t.param('ApiLoadBalancerSecurityGroupId')] });
    const common = { cluster, keyArn, subnetIds: serviceSubnetIds };

    const frontend = service(t, 'Frontend', {
      ...common,
      image: t.param('FrontendImage'),
      securityGroupId: t.param('FrontendSecurityGroupId'),
      targetGroups: [front.targetGroups.Frontend],
      after: [capacity, ...front.ready],
    });
    const backend = service(t, 'Backend', {
      ...common,
      image: t.param('BackendImage'),
      securityGroupId: t.param('BackendSecurityGroupId'),
      targetGroups: [front.targetGroups.Backend, keyed.targetGroup],
      after: [capacity, ...front.ready, ...keyed.ready],
      environment: {
        DB_WRITER_HOST: t.param('DatabaseWriterEndpoint'),
        DB_READER_HOST: t.param('DatabaseReaderEndpoint'),
        DB_PORT: String(postgresPort),
        DB_NAME: databaseName,
        DB_USER: databaseUser,
        SESSIONS_TABLE: sessionsTable(t),
        SESSION_TOKENS_TABLE: sessionTokensTable(t),
      },
      statements: backendRights({
        databaseResourceId: t.param('DatabaseResourceId'),
        databaseUser,
        tables: [sessionsTable(t), sessionTokensTable(t)],
        keyArn: t.param('DatabaseKeyArn'),
      }),
    });
    spotShortage(t, 'SpotShortage', {
      cluster,
      clusterName,
      services: (['frontend', 'backend'] as const).flatMap((name) => {
        const share = spotOf(t, name);
        return share === false ? [] : [{ name: t.resourceName(name), share }];
      }),
      keyArn,
      topic: t.param('AlarmTopicArn'),
      logRetentionInDays: t.settings.logRetentionDays,
    });
    archiveLogs(t);

    return {
      ClusterName: cluster.ref(),
      ClusterArn: cluster.att('Arn'),
      FrontendServiceName: frontend.att('Name'),
      BackendServiceName: backend.att('Name'),
      LoadBalancerDnsName: front.loadBalancer.att('DNSName'),
      LoadBalancerZoneId: front.loadBalancer.att('CanonicalHostedZoneID'),
      LoadBalancerFullName: front.loadBalancer.att('LoadBalancerFullName'),
      FrontendTargetGroupFullName: front.targetGroups.Frontend.att('TargetGroupFullName'),
      BackendTargetGroupFullName: front.targetGroups.Backend.att('TargetGroupFullName'),
      OriginRuleArns: listToken('CommaDelimitedList', front.headerRules.map((rule) => rule.ref())),
      ApiLoadBalancerArn: keyed.loadBalancer.ref(),
      ApiLoadBalancerFullName: keyed.loadBalancer.att('LoadBalancerFullName'),
      ApiTargetGroupFullName: keyed.targetGroup.att('TargetGroupFullName'),
    };
  },
);
