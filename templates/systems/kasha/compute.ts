import { Fn } from '../../../src/cfn';
import { ecsCluster } from '../../modules/compute/ecs-cluster';
import { rateLimit } from '../../modules/compute/rate-limit';
import { cardDataProtection } from '../../modules/monitoring/card-data-protection';
import { logGroup } from '../../modules/monitoring/log-group';
import { secretArnHere } from '../../modules/security/secret-arn';
import { backendRights } from './backend-rights';
import { databaseUser } from './database-user';
import { defineTemplate } from './environments';
import { backendEntrance, publicEntrance } from './entrances';
import { service } from './service';

/** Days that the record of shells into tasks stays: an audit trail, for which PCI DSS asks a year. */
const sessionLogDays = 365;

/**
 * Calls that the backend takes for one user in five minutes. The edge lets 2,000 requests of an address through in that time;
 * a page may need a few calls for each, and a loop in the frontend needs far more.
 */
const callsPerFiveMinutes = 10_000;

/** Load balancers, cluster and services of one region. */
export const compute = defineTemplate(
  'compute',
  {
    description: 'Kasha load balancers, ECS cluster, frontend and backend services',
    parameters: {
      VpcId: { Type: 'AWS::EC2::VPC::Id' },
      PublicSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
      FrontendSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
      BackendSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
      PublicLoadBalancerSecurityGroupIds: { Type: 'List<AWS::EC2::SecurityGroup::Id>' },
      FrontendSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      BackendLoadBalancerSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      BackendSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      CertificateArn: { Type: 'String' },
      AccessLogBucketName: { Type: 'String' },
      DefaultKeyArn: { Type: 'String' },
      DomainName: { Type: 'String' },
      FrontendImage: { Type: 'String' },
      BackendImage: { Type: 'String' },
      DatabaseEndpoint: { Type: 'String', Description: 'Host that the backend connects to; the replica in the secondary region' },
      DatabaseResourceId: { Type: 'String', Description: 'Resource id behind DatabaseEndpoint, for IAM authentication' },
      DatabaseSecretArn: { Type: 'String', Description: 'ARN of the database secret in the primary region' },
      QueueArns: { Type: 'CommaDelimitedList' },
      QueueUrl: { Type: 'String' },
      NotificationQueueUrl: { Type: 'String' },
    },
  },
  (t) => {
    const { settings } = t;
    const keyArn = t.param('DefaultKeyArn');
    const balancing = {
      vpcId: t.param('VpcId'),
      certificateArn: t.param('CertificateArn'),
      accessLogBucketName: t.param('AccessLogBucketName'),
    };
    const executeCommand = settings.executeCommand
      ? { logGroup: logGroup(t, 'SessionLog', { name: t.resourceName('sessions').after('/ecs/'), retentionInDays: sessionLogDays, keyArn, dataProtectionPolicy: cardDataProtection }), keyArn }
      : undefined;
    const cluster = ecsCluster(t, 'Cluster', { name: t.resourceName('cluster'), storageKeyArn: keyArn, executeCommand });
    const common = { cluster, keyArn, executeCommand };

    const front = publicEntrance(t, {
      ...balancing,
      subnetIds: t.param('PublicSubnetIds').list(),
      securityGroupIds: t.param('PublicLoadBalancerSecurityGroupIds').list(),
    });
    const frontend = service(t, 'Frontend', {
      ...common,
      entrance: front,
      image: t.param('FrontendImage'),
      subnetIds: t.param('FrontendSubnetIds').list(),
      securityGroupId: t.param('FrontendSecurityGroupId'),
      environment: { BACKEND_URL: Fn.Sub(`https://backend.\${DomainName}:${settings.services.backend.port}`) },
    });

    const back = backendEntrance(t, {
      ...balancing,
      subnetIds: t.param('BackendSubnetIds').list(),
      securityGroupIds: [t.param('BackendLoadBalancerSecurityGroupId')],
    });
    rateLimit(t, 'BackendRateLimit', {
      name: 'backend',
      loadBalancer: back.loadBalancer,
      requestsPerFiveMinutes: callsPerFiveMinutes,
      keyArn,
    });
    const databaseSecretArn = secretArnHere(t.param('DatabaseSecretArn'));
    const backend = service(t, 'Backend', {
      ...common,
      entrance: back,
      image: t.param('BackendImage'),
      subnetIds: t.param('BackendSubnetIds').list(),
      securityGroupId: t.param('BackendSecurityGroupId'),
      environment: {
        DATABASE_HOST: t.param('DatabaseEndpoint'),
        DATABASE_PORT: '3306',
        DATABASE_USER: databaseUser,
        DATABASE_SECRET_ARN: databaseSecretArn,
        QUEUE_URL: t.param('QueueUrl'),
        NOTIFICATION_QUEUE_URL: t.param('NotificationQueueUrl'),
      },
      statements: backendRights({
        databaseSecretArn,
        databaseResourceId: t.param('DatabaseResourceId'),
        databaseUser,
        queueArns: t.param('QueueArns').list(),
        keyArn,
      }),
    });

    return {
      ClusterName: cluster.ref(),
      FrontendServiceName: frontend.att('Name'),
      BackendServiceName: backend.att('Name'),
      LoadBalancerDnsName: front.loadBalancer.att('DNSName'),
      LoadBalancerZoneId: front.loadBalancer.att('CanonicalHostedZoneID'),
      LoadBalancerFullName: front.loadBalancer.att('LoadBalancerFullName'),
      FrontendTargetGroupFullName: front.targetGroup.att('TargetGroupFullName'),
      BackendLoadBalancerDnsName: back.loadBalancer.att('DNSName'),
      BackendLoadBalancerZoneId: back.loadBalancer.att('CanonicalHostedZoneID'),
      BackendLoadBalancerFullName: back.loadBalancer.att('LoadBalancerFullName'),
      BackendTargetGroupFullName: back.targetGroup.att('TargetGroupFullName'),
    };
  },
);
