import { expect } from 'chai';
import { maskedCardData } from '../kasha/card-data';
import { account, resourceOf } from './built';
import { everywhere, imageIn, parameters, rights, rightsOf, services, shorts, type ComputeInstance } from './compute-instance';

/** The environment variables of a service in an instance. */
function variablesOf(id: 'Web' | 'Api', { environment, named }: ComputeInstance): Readonly<Record<string, string>> {
  if (id === 'Web') return { PORT: '8080', DEEP_HEALTH_PATH: '/health/deep' };
  return {
    PORT: '8081',
    DEEP_HEALTH_PATH: '/health/deep',
    DATABASE_WRITER_HOST: parameters.DatabaseWriterEndpoint,
    DATABASE_READER_HOST: parameters.DatabaseReaderEndpoint,
    DATABASE_PORT: '5432',
    DATABASE_USER: 'portal',
    METRICS_NAMESPACE: `Portal/${shorts[environment]}-main`,
    SERVICE_NAME: named('api'),
  };
}

describe('Financial portal compute: containers', () => {
  for (const { id, name, port, cpu, memory } of services) {
    everywhere('FIN-18', `has a Fargate task of its own for the ${name} service`, ({ of, named }) => {
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

    everywhere('FIN-08 FIN-17 FIN-18 FIN-47', `runs the ${name} image without root on a read-only file system, asks whether it lives, lets it finish, and ships its log`, (instance) => {
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

    everywhere('FIN-47 FIN-48 FIN-50', `keeps the ${name} log in a group of its own, encrypted, as long as the environment asks, and masks card data`, ({ of, stack, environment, named }) => {
      expect(of(`${id}Log`, 'LogGroupName', 'RetentionInDays', 'KmsKeyId')).to.deep.equal({ LogGroupName: `/ecs/${named(name)}`, RetentionInDays: environment === 'production' ? 400 : 14, KmsKeyId: parameters.DefaultKeyArn });
      expect(resourceOf(stack, `${id}Log`).properties).to.have.nested.property('DataProtectionPolicy.Statement[1]').that.deep.equals(maskedCardData);
    });

    everywhere('FIN-49', `lets ECS pull the ${name} image and write its log, and nothing else`, (instance) => {
      expect(rightsOf(instance, `${id}ExecutionRole`)).to.deep.equal(rights(
        { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: [`${id}Log.Arn`] },
        { Effect: 'Allow', Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], Resource: [instance.arn('ecr', `repository/${instance.named(name)}`)] },
        { Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] },
      ));
    });

    everywhere('FIN-49', `lets only ECS of this account take the roles of the ${name} service on`, ({ of, arn, named, region }) => {
      const Statement = [{ Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: ['sts:AssumeRole'], Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': arn('ecs', '*') } } }];
      for (const [role, part] of [[`${id}TaskRole`, 'task'], [`${id}ExecutionRole`, 'execution']] as const) {
        expect(of(role, 'RoleName', 'AssumeRolePolicyDocument')).to.deep.equal({ RoleName: `${named(`${name}-${part}`)}-${region}`, AssumeRolePolicyDocument: { Version: '2012-10-17', Statement } });
      }
    });
  }

  everywhere('FIN-49', 'lets the API sign in as its one database user and publish its own metrics, and gives the web service no rights', (instance) => {
    expect(rightsOf(instance, 'ApiTaskRole')).to.deep.equal(rights(
      { Effect: 'Allow', Action: ['rds-db:connect'], Resource: [instance.arn('rds-db', `dbuser:${parameters.DatabaseResourceId}/portal`)] },
      { Effect: 'Allow', Action: ['cloudwatch:PutMetricData'], Resource: ['*'], Condition: { StringEquals: { 'cloudwatch:namespace': `Portal/${shorts[instance.environment]}-main` } } },
    ));
    expect(rightsOf(instance, 'WebTaskRole')).to.deep.equal(rights());
  });
});
