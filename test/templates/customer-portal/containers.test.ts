import { expect } from 'chai';
import { maskedCardData } from '../kasha/card-data';
import { account, resourceOf, resourcesOf } from './built';
import { everywhere, imageIn, logDays, parameters, rights, rightsOf, services, type ComputeInstance } from './compute-instance';

/** The environment variables of a service in an instance. */
function variablesOf(id: 'Frontend' | 'Backend', { named }: ComputeInstance): Readonly<Record<string, string>> {
  if (id === 'Frontend') return { PORT: '8080', DEEP_HEALTH_PATH: '/health/deep' };
  return {
    PORT: '3000',
    DEEP_HEALTH_PATH: '/health/deep',
    DB_WRITER_HOST: parameters.DatabaseWriterEndpoint,
    DB_READER_HOST: parameters.DatabaseReaderEndpoint,
    DB_PORT: '5432',
    DB_NAME: 'portal',
    DB_USER: 'portal',
    SESSIONS_TABLE: named('sessions'),
    SESSION_TOKENS_TABLE: named('session-tokens'),
  };
}

describe('Customer portal compute: containers', () => {
  for (const { id, name, port, cpu, memory } of services) {
    everywhere('CUS-04 CUS-15', `has a Fargate task of its own for the ${name} service`, ({ of, named }) => {
      expect(of(`${id}Task`, 'Family', 'Cpu', 'Memory', 'NetworkMode', 'RequiresCompatibilities', 'RuntimePlatform', 'ExecutionRoleArn', 'TaskRoleArn')).to.deep.equal({
        Family: named(name),
        Cpu: String(cpu),
        Memory: String(memory),
        NetworkMode: 'awsvpc',
        RequiresCompatibilities: ['FARGATE'],
        RuntimePlatform: { OperatingSystemFamily: 'LINUX', CpuArchitecture: 'X86_64' },
        ExecutionRoleArn: `${id}ExecutionRole.Arn`,
        TaskRoleArn: `${id}TaskRole.Arn`,
      });
    });

    everywhere(id === 'Backend' ? 'CUS-04 CUS-34 CUS-74' : 'CUS-04 CUS-74', `runs the ${name} image without root on a read-only file system, tells it where everything is and no secret, lets it finish, and ships its log`, (instance) => {
      const url = `http://127.0.0.1:${port}/health/live`;
      const Tmpfs = Object.entries({ '/run': 1, '/tmp': 64, '/var/cache/nginx': 64 }).map(([ContainerPath, Size]) => ({ ContainerPath, Size, MountOptions: ['rw', 'noexec', 'nosuid', 'nodev', 'mode=1777'] }));
      expect(instance.of(`${id}Task`, 'ContainerDefinitions')).to.deep.equal({
        ContainerDefinitions: [{
          Name: name,
          Image: imageIn(instance.region, name),
          Essential: true,
          Cpu: cpu,
          Memory: memory,
          User: '101:101',
          Privileged: false,
          ReadonlyRootFilesystem: true,
          StopTimeout: 120,
          PortMappings: [{ ContainerPort: port, Protocol: 'tcp' }],
          Environment: Object.entries(variablesOf(id, instance)).map(([Name, Value]) => ({ Name, Value })),
          HealthCheck: { Command: ['CMD-SHELL', `curl -fsS -o /dev/null ${url} || wget -q -O /dev/null ${url} || exit 1`], Interval: 30, Timeout: 5, Retries: 3, StartPeriod: 30 },
          LinuxParameters: { InitProcessEnabled: true, Capabilities: { Drop: ['ALL'] }, Tmpfs },
          SystemControls: [{ Namespace: 'net.ipv4.ip_unprivileged_port_start', Value: '0' }],
          LogConfiguration: {
            LogDriver: 'awslogs',
            Options: { 'awslogs-group': `${id}Log`, 'awslogs-region': instance.region, 'awslogs-stream-prefix': name, mode: 'non-blocking', 'max-buffer-size': '25m' },
          },
        }],
      });
    });

    everywhere('CUS-60', `keeps the ${name} log in a group of its own, encrypted, one or two weeks long, and masks card data`, ({ of, stack, environment, named }) => {
      expect(of(`${id}Log`, 'LogGroupName', 'RetentionInDays', 'KmsKeyId')).to.deep.equal({ LogGroupName: `/ecs/${named(name)}`, RetentionInDays: logDays(environment), KmsKeyId: parameters.DefaultKeyArn });
      expect(resourceOf(stack, `${id}Log`).properties).to.have.nested.property('DataProtectionPolicy.Statement[1]').that.deep.equals(maskedCardData);
    });

    everywhere('CUS-70', `lets ECS pull the ${name} image and write its log, and nothing else`, (instance) => {
      expect(rightsOf(instance, `${id}ExecutionRole`)).to.deep.equal(rights(
        { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: [`${id}Log.Arn`] },
        { Effect: 'Allow', Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], Resource: [instance.arn('ecr', `repository/${instance.named(name)}`)] },
        { Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] },
      ));
    });

    everywhere('CUS-70', `lets only ECS of this account take the roles of the ${name} service on`, ({ of, arn, named, region }) => {
      const Statement = [{ Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: ['sts:AssumeRole'], Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': arn('ecs', '*') } } }];
      for (const [role, part] of [[`${id}TaskRole`, 'task'], [`${id}ExecutionRole`, 'execution']] as const) {
        expect(of(role, 'RoleName', 'AssumeRolePolicyDocument')).to.deep.equal({ RoleName: `${named(`${name}-${part}`)}-${region}`, AssumeRolePolicyDocument: { Version: '2012-10-17', Statement } });
      }
    });
  }

  everywhere('CUS-70', 'lets the backend sign in as its one database user and read and write the items of the sessions, and gives the frontend no rights', (instance) => {
    const tables = [instance.named('sessions'), instance.named('session-tokens')];
    const items = ['BatchGetItem', 'BatchWriteItem', 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'].map((action) => `dynamodb:${action}`);
    expect(rightsOf(instance, 'BackendTaskRole')).to.deep.equal(rights(
      { Effect: 'Allow', Action: ['rds-db:connect'], Resource: [instance.arn('rds-db', `dbuser:${parameters.DatabaseResourceId}/portal`)] },
      { Effect: 'Allow', Action: items, Resource: tables.map((table) => instance.arn('dynamodb', `table/${table}`)) },
      { Effect: 'Allow', Action: ['dynamodb:Query'], Resource: tables.map((table) => instance.arn('dynamodb', `table/${table}/index/*`)) },
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt'],
        Resource: [parameters.DatabaseKeyArn],
        Condition: { StringEquals: { 'kms:ViaService': `dynamodb.${instance.region}.amazonaws.com`, 'kms:EncryptionContext:aws:dynamodb:tableName': tables } },
      },
    ));
    expect(rightsOf(instance, 'FrontendTaskRole')).to.deep.equal(rights());
  });

  everywhere('CUS-60', 'copies every log into the region’s archive', ({ of, stack, named }) => {
    const groups = resourcesOf(stack, 'AWS::Logs::LogGroup').map(({ logicalId }) => logicalId);
    expect(groups).to.have.members(['FrontendLog', 'BackendLog', 'SpotShortageLog']);
    for (const group of groups) {
      expect(of(`${group}Archive`)).to.deep.equal({ LogGroupName: group, FilterName: named('archive'), FilterPattern: '', DestinationArn: parameters.ArchiveStreamArn, RoleArn: parameters.ArchiveRoleArn });
    }
  });
});
