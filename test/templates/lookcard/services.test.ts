import { expect } from 'chai';
import { clusterNames } from '../../../templates/systems/lookcard/cluster-names';
import { services } from '../../../templates/systems/lookcard/services';
import { requirement } from '../../requirements/requirement';
import { chosen, textsIn } from '../../requirements/selection';
import { plain } from '../plain';
import { environmentNames } from './built';
import { catalogue, everywhere, one, rootOf, standing, type StandingService } from './service-stacks';

/** The sixteen services of the owner's document: requirement, name, cluster, port. */
const named = [
  ['LKC-40', 'account-api', 'core-application', 8001],
  ['LKC-41', 'card-api', 'core-application', 8002],
  ['LKC-42', 'user-api', 'core-application', 8003],
  ['LKC-43', 'verification-api', 'core-application', 8004],
  ['LKC-44', 'crypto-api', 'core-application', 8005],
  ['LKC-45', 'crypto-listener', 'listener', 8031],
  ['LKC-46', 'crypto-processor', 'listener', 8032],
  ['LKC-47', 'profile-api', 'core-application', 8006],
  ['LKC-48', 'data-api', 'core-application', 8007],
  ['LKC-49', 'config-api', 'core-application', 8008],
  ['LKC-50', 'notification-api', 'core-application', 8009],
  ['LKC-51', 'webhook-api', 'composite-application', 8021],
  ['LKC-52', 'reap-proxy', 'composite-application', 8022],
  ['LKC-53', 'authentication-api', 'core-application', 8010],
  ['LKC-54', 'reseller-api', 'composite-application', 8023],
  ['LKC-55', 'web-app', 'composite-application', 3000],
] as const;

/** Those that it must mean besides, which are marked so. */
const inferred = ['liquidity-api', 'admin-api', 'cron-settlement', 'cron-reconciliation', 'supabase-auth', 'supabase-rest'];
const running = services.filter(({ schedule }) => !schedule);
const pascal = (name: string): string => name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');

const taskOf = ({ all }: StandingService): any => Object.values(all('AWS::ECS::TaskDefinition'))[0];
const roleOf = ({ all }: StandingService, id: string): any => all('AWS::IAM::Role')[id];
const rightsOf = (service: StandingService): any => roleOf(service, 'TaskRole').Policies[0].PolicyDocument.Statement;

describe('LookCard services', () => {
  for (const [id, name, cluster, port] of named) {
    everywhere(id, `runs ${name}`, name, (service) => {
      expect(one(service.all('AWS::ECS::Service'), 'ServiceName', 'Cluster', 'TaskDefinition')).to.deep.equal({ ServiceName: service.named(name), Cluster: '<ClusterName>', TaskDefinition: 'Task' });
      const [container] = taskOf(service).ContainerDefinitions;
      expect([container.Name, container.Essential, plain(container.PortMappings)]).to.deep.equal([name, true, [{ ContainerPort: port, Protocol: 'tcp' }]]);
    });

    for (const environment of environmentNames) {
      requirement(id, `puts ${name} into cluster ${cluster}, in a stack of its own: ${environment}`, () => {
        const root = rootOf(cluster, environment);
        const stack = root.Resources?.[pascal(name)] as any;
        const wire = `Platform${pascal(cluster)}ClusterName`;
        expect([stack.Type, stack.Properties.TemplateURL, stack.Properties.Parameters.ClusterName]).to.deep.equal(['AWS::CloudFormation::Stack', `./service-${name}.json`, { Ref: wire }]);
        expect(root.Parameters?.[wire]?.['Default']).to.equal(`/meridian/lookcard/${environment}/main/platform/${pascal(cluster)}ClusterName`);
      });
    }
  }

  requirement('LKC-56 LKC-01', 'are 22, each with cluster, size, task counts and, unless it is a cron job, port and health path; the six that the owner only hints at are marked', () => {
    expect(services).to.have.length(22);
    const stacks = clusterNames.flatMap((cluster) => textsIn(rootOf(cluster), /service-[a-z-]+(?=\.json)/g));
    expect(stacks).to.have.members(services.map(({ name }) => `service-${name}`));
    expect(services.filter((row) => row.inferred).map(({ name }) => name)).to.have.members(inferred);
    expect(services.filter((row) => !row.inferred).map(({ name }) => name)).to.have.members(named.map(([, name]) => name));
    for (const { name, cluster, cpu, memory, port, healthPath, schedule } of services) {
      expect(clusterNames, name).to.include(cluster);
      expect([cpu, memory].every((size) => size > 0), name).to.equal(true);
      expect(schedule ? [port, healthPath] : [typeof port, typeof healthPath], name).to.deep.equal(schedule ? [undefined, undefined] : ['number', 'string']);
    }
  });

  for (const { name, cpu, memory } of services) {
    everywhere('LKC-58 LKC-56', `runs ${name} on Fargate at its row’s size, without root or a writable disk`, name, (service) => {
      const { RequiresCompatibilities, NetworkMode, Cpu, Memory, ContainerDefinitions } = taskOf(service);
      expect([plain(RequiresCompatibilities), NetworkMode, Cpu, Memory]).to.deep.equal([['FARGATE'], 'awsvpc', String(cpu), String(memory)]);
      const [own, collector] = ContainerDefinitions;
      expect([own.User, own.ReadonlyRootFilesystem, own.Privileged, own.Cpu + collector.Cpu, own.Memory + collector.Memory]).to.deep.equal(['10001:10001', true, false, cpu, memory]);
    });

    everywhere('LKC-98', `traces ${name}: a collector beside it, which it finds and which may write traces`, name, (service) => {
      const [own, collector] = taskOf(service).ContainerDefinitions;
      expect([collector.Name, collector.Essential, collector.RestartPolicy.Enabled]).to.deep.equal(['trace-collector', false, true]);
      const variables = Object.fromEntries(chosen<any>(own.Environment, ({ Name }) => String(Name).startsWith('OTEL_')).map(({ Name, Value }) => [Name, Value]));
      expect(variables).to.deep.equal({
        OTEL_SERVICE_NAME: name,
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
        OTEL_TRACES_EXPORTER: 'otlp',
        OTEL_METRICS_EXPORTER: 'none',
        OTEL_LOGS_EXPORTER: 'none',
        OTEL_PROPAGATORS: 'xray,tracecontext',
      });
      const { pipelines } = JSON.parse(collector.Environment[0].Value).service;
      expect([collector.Environment[0].Name, pipelines]).to.deep.equal(['AOT_CONFIG_CONTENT', { traces: { receivers: ['otlp'], processors: ['memory_limiter', 'batch'], exporters: ['awsxray'] } }]);
      expect(plain(rightsOf(service)[0])).to.deep.equal({
        Effect: 'Allow',
        Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'],
        Resource: ['*'],
      });
    });

    everywhere('LKC-63', `gives ${name} a role of its own, which only its tasks take`, name, (service) => {
      const { RoleName, AssumeRolePolicyDocument } = roleOf(service, 'TaskRole');
      expect([RoleName, AssumeRolePolicyDocument.Statement.length, plain(AssumeRolePolicyDocument.Statement[0].Principal)]).to.deep.equal([`${service.named(`${name}-task`)}-${service.region}`, 1, { Service: 'ecs-tasks.amazonaws.com' }]);
      expect(plain(taskOf(service).TaskRoleArn)).to.equal('TaskRole.Arn');
    });

    everywhere('LKC-99', `keeps the log of ${name} encrypted, with card numbers masked`, name, (service) => {
      expect(one(service.all('AWS::Logs::LogGroup') && { Log: service.all('AWS::Logs::LogGroup').Log }, 'LogGroupName', 'KmsKeyId', 'RetentionInDays')).to.deep.equal({
        LogGroupName: `/ecs/${service.named(name)}`,
        KmsKeyId: '<DataKeyArn>',
        RetentionInDays: service.environment === 'production' ? 400 : 14,
      });
    });
  }

  for (const { name } of running) {
    everywhere('LKC-33', `names ${name} in Cloud Map, where its tasks’ addresses stand`, name, (service) => {
      expect(one(service.all('AWS::ServiceDiscovery::Service'), 'Name', 'DnsConfig', 'HealthCheckCustomConfig')).to.deep.equal({
        Name: name,
        DnsConfig: { NamespaceId: '<NamespaceId>', RoutingPolicy: 'MULTIVALUE', DnsRecords: [{ Type: 'A', TTL: 10 }] },
        HealthCheckCustomConfig: { FailureThreshold: 1 },
      });
      expect(one(service.all('AWS::ECS::Service'), 'ServiceRegistries')).to.deep.equal({ ServiceRegistries: [{ RegistryArn: 'Name.Arn' }] });
    });

    everywhere('LKC-62 LKC-29', `spreads ${name} over the three private subnets, in its own group and those of what it shares, and again after a zone came back`, name, (service) => {
      const { database, cache } = catalogue.row(name);
      expect(one(service.all('AWS::ECS::Service'), 'AvailabilityZoneRebalancing', 'NetworkConfiguration')).to.deep.equal({
        AvailabilityZoneRebalancing: 'ENABLED',
        NetworkConfiguration: {
          AwsvpcConfiguration: {
            AssignPublicIp: 'DISABLED',
            Subnets: '<PrivateSubnetIds>',
            SecurityGroups: ['<ServiceGroupId>', '<ServicesGroupId>', ...(database ? ['<DatabaseClientsGroupId>'] : []), ...(cache ? ['<CacheClientsGroupId>'] : [])],
          },
        },
      });
    });
  }

  requirement('LKC-63', 'have as many roles as there are services', () => {
    const roles = services.map(({ name }) => roleOf(standing(name, 'ap-southeast-1', 'production'), 'TaskRole').RoleName as string);
    expect(roles).to.deep.equal([...new Set(services.map(({ name }) => `lookcard-${name}-task-prod-main-ap-southeast-1`))]);
  });

  const through = (service: string) => ({ StringEquals: { 'kms:ViaService': `${service}.ap-southeast-1.amazonaws.com` } });
  const sqs = (queue: string) => `arn:aws:sqs:ap-southeast-1:111111111111:lookcard-${queue}-prod-main`;
  const connect = (user: string) => ({ Effect: 'Allow', Action: ['rds-db:connect'], Resource: [{ 'Fn::Join': ['', ['arn:aws:rds-db:ap-southeast-1:111111111111:dbuser:', '<ProxyResourceId>', `/${user}`]] }] });
  const allow = (Action: readonly string[], Resource: unknown, Condition?: object) => ({ Effect: 'Allow', Action, Resource: [Resource], ...(Condition && { Condition }) });
  const send = (queue: string) => [allow(['sqs:SendMessage'], sqs(queue)), allow(['kms:Decrypt', 'kms:GenerateDataKey'], '<DataKeyArn>', through('sqs'))];
  const readSecret = (resource: unknown) => [allow(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], resource), allow(['kms:Decrypt'], '<DataKeyArn>', through('secretsmanager'))];
  const secretNamed = (name: string) => `arn:aws:secretsmanager:ap-southeast-1:111111111111:secret:lookcard-${name}-prod-main-??????`;

  /** Everything that some services may do beside tracing; no other service has more kinds of rights. */
  const rights: Readonly<Record<string, readonly unknown[]>> = {
    'account-api': [connect('service_account_api'), ...readSecret('<CacheSecretArn>')],
    'crypto-api': [
      connect('service_crypto_api'),
      ...send('crypto-events'),
      allow(['kms:GetPublicKey', 'kms:Sign', 'kms:Verify'], '<SigningKeyArn>'),
      allow(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'], '<WrappingKeyArn>'),
    ],
    'liquidity-api': [connect('service_liquidity_api'), allow(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'], '<LiquidityKeyArn>')],
    'crypto-processor': [
      connect('service_crypto_processor'),
      allow(['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], sqs('crypto-events')),
      allow(['kms:Decrypt'], '<DataKeyArn>', through('sqs')),
      allow(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'], '<WrappingKeyArn>'),
    ],
    'config-api': [
      allow(['BatchGetItem', 'BatchWriteItem', 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map((action) => `dynamodb:${action}`), 'arn:aws:dynamodb:ap-southeast-1:111111111111:table/lookcard-settings-prod-main'),
      allow(['kms:Decrypt'], '<DataKeyArn>', { StringEquals: { ...through('dynamodb').StringEquals, 'kms:EncryptionContext:aws:dynamodb:tableName': ['lookcard-settings-prod-main'] } }),
    ],
    'reap-proxy': readSecret(secretNamed('issuer-credentials')),
    'crypto-listener': send('crypto-events'),
    'web-app': [],
  };
  for (const [name, own] of Object.entries(rights)) {
    requirement('LKC-63', `let ${name} do what its row names, and nothing else`, () => {
      const traces = allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'], '*');
      expect(plain(rightsOf(standing(name, 'ap-southeast-1', 'production')))).to.deep.equal([traces, ...own]);
    });
  }

  requirement('LKC-63 LKC-90', 'sign in crypto-api only, and encrypt in the three services that have a key for it', () => {
    const uses = services.map(({ name }) => [name, textsIn(rightsOf(standing(name, 'ap-southeast-1', 'production')), /"kms:(Sign|Encrypt)"/g).map((action) => action.slice(1, -1))] as const).filter(([, actions]) => actions.length > 0);
    expect(Object.fromEntries(uses)).to.deep.equal({ 'crypto-api': ['kms:Encrypt', 'kms:Sign'], 'liquidity-api': ['kms:Encrypt'], 'crypto-processor': ['kms:Encrypt'] });
  });

  for (const { name, calls = [] } of services) {
    everywhere('LKC-29', `lets ${name} connect to the services that its row names, each way open at both ends, and to no other`, name, (service) => {
      const ways = (type: string, other: string): unknown[] => Object.values<any>(service.all(type)).map((rule) => plain([rule.GroupId, rule[other], rule.FromPort, rule.ToPort])).sort();
      const called = calls.map((callee) => ({ group: `<${pascal(callee)}GroupId>`, port: catalogue.row(callee).port }));
      const { entrance, port } = catalogue.row(name);
      const balancer = entrance ? [`<${entrance.kind === 'alb' ? '' : 'Network'}LoadBalancerSecurityGroupId>`] : [];
      expect(ways('AWS::EC2::SecurityGroupEgress', 'DestinationSecurityGroupId'), name).to.deep.equal([...called.map(({ group, port: to }) => ['<ServiceGroupId>', group, to, to]), ...balancer.map((from) => [from, '<ServiceGroupId>', port, port])].sort());
      expect(ways('AWS::EC2::SecurityGroupIngress', 'SourceSecurityGroupId'), name).to.deep.equal([...called.map(({ group, port: to }) => [group, '<ServiceGroupId>', to, to]), ...balancer.map((from) => ['<ServiceGroupId>', from, port, port])].sort());
    });
  }

  for (const { name } of running) {
    everywhere('LKC-99', `watches ${name}: load, health or errors and, where the cluster tells of tasks, their number`, name, (service) => {
      const { entrance, queue, tables = [], fansOut, actsUnasked } = catalogue.row(name);
      const counted = (service.environment === 'production' || service.environment === 'staging') && (service.isPrimary || !actsUnasked);
      const replicated = service.environment === 'production';
      const expected = [
        ...['cpu', 'memory'],
        ...(counted ? ['tasks'] : []),
        ...(entrance ? ['unhealthy', ...(entrance.kind === 'alb' ? ['5xx'] : [])] : ['log-errors']),
        ...(queue === undefined ? [] : ['queue-age', 'dead-letters']),
      ].map((alarm) => `${name}-${alarm}`);
      const ofTables = tables.flatMap((table) => ['throttled', 'errors', ...(replicated ? ['replication'] : [])].map((alarm) => `${table.name}-${alarm}`));
      const alarms = Object.values<any>(service.all('AWS::CloudWatch::Alarm'));
      expect(alarms.map(({ AlarmName }) => AlarmName as string)).to.have.members([...expected, ...ofTables, ...(fansOut ? [`${queue}-fan-out-errors`] : [])].map(service.named));
      expect(alarms.map(({ AlarmActions }) => plain(AlarmActions))).to.deep.equal(alarms.map(() => ['<AlarmTopicArn>']));
    });
  }

  for (const name of ['cron-settlement', 'cron-reconciliation']) {
    everywhere('LKC-38', `runs ${name} by its schedule in the primary region, and nowhere by itself where nights are quiet`, name, (service) => {
      const { ScheduleExpression, ScheduleExpressionTimezone, State, Target } = service.all('AWS::Scheduler::Schedule').Schedule;
      const state = service.environment === 'develop' || !service.isPrimary ? 'DISABLED' : 'ENABLED';
      expect([ScheduleExpression, ScheduleExpressionTimezone, State]).to.deep.equal([name === 'cron-settlement' ? 'cron(15 1 * * ? *)' : 'cron(45 3 * * ? *)', 'Asia/Singapore', state]);
      const cluster = `arn:aws:ecs:${service.region}:111111111111:cluster/${service.named('cronjob')}`;
      expect(plain([Target.Arn, Target.RoleArn, Target.DeadLetterConfig, Target.RetryPolicy, Target.EcsParameters.TaskDefinitionArn])).to.deep.equal([cluster, 'ScheduleRole.Arn', { Arn: 'Failures.Arn' }, { MaximumRetryAttempts: 5, MaximumEventAgeInSeconds: 3600 }, 'Task']);
      const { 0: run, 2: pass } = roleOf(service, 'ScheduleRole').Policies[0].PolicyDocument.Statement;
      expect(plain(run)).to.deep.equal({ Effect: 'Allow', Action: ['ecs:RunTask'], Resource: [`arn:aws:ecs:${service.region}:111111111111:task-definition/${service.named(name)}:*`], Condition: { ArnEquals: { 'ecs:cluster': cluster } } });
      expect(plain(pass)).to.deep.equal({ Effect: 'Allow', Action: ['iam:PassRole'], Resource: ['ExecutionRole.Arn', 'TaskRole.Arn'], Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } } });
    });
  }

  everywhere('LKC-60 LKC-98', 'sends webhooks on by a function that is traced', 'webhook-api', (service) => {
    const { FunctionName, Tracing, Environment } = service.all('AWS::Serverless::Function').FanOut;
    const polled = service.all('AWS::Lambda::EventSourceMapping').FanOutQueue;
    const queueUrl = (queue: string) => `https://sqs.${service.region}.amazonaws.com/111111111111/${service.named(queue)}`;
    expect([FunctionName, Tracing, JSON.parse(Environment.Variables.SUBSCRIBERS)]).to.deep.equal([
      service.named('webhooks-fan-out'),
      'Active',
      [{ queueUrl: queueUrl('notifications'), topics: ['card', 'transaction'] }, { queueUrl: queueUrl('crypto-events'), topics: ['crypto'] }],
    ]);
    expect(plain([polled.EventSourceArn, polled.FunctionName, polled.FunctionResponseTypes])).to.deep.equal(['Queue.Arn', 'FanOut', ['ReportBatchItemFailures']]);
  });

  for (const [name, table, keys] of [['config-api', 'settings', ['scope', 'name']], ['notification-api', 'notifications', ['user', 'at']], ['webhook-api', 'webhooks', ['sender', 'id']]] as const) {
    everywhere('LKC-74', `gives ${name} its table, by request, encrypted, with every second of 35 days to go back to`, name, (service) => {
      if (!service.isPrimary) return expect(service.all('AWS::DynamoDB::GlobalTable')).to.deep.equal({});
      const [{ TableName, BillingMode, KeySchema, Replicas }] = Object.values<any>(service.all('AWS::DynamoDB::GlobalTable'));
      expect(plain([TableName, BillingMode, KeySchema])).to.deep.equal([service.named(table), 'PAY_PER_REQUEST', [{ AttributeName: keys[0], KeyType: 'HASH' }, { AttributeName: keys[1], KeyType: 'RANGE' }]]);
      const isProduction = service.environment === 'production';
      expect(Replicas.map((each: any) => [each.Region, plain(each.SSESpecification.KMSMasterKeyId), each.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled, each.DeletionProtectionEnabled])).to.deep.equal([
        ['ap-southeast-1', '<DataKeyArn>', true, isProduction],
        ...(isProduction ? [['us-east-1', '<SecondaryDataKeyArn>', true, true]] : []),
      ]);
    });
  }
});
