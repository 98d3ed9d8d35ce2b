import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { parameters as declared } from '../../../templates/systems/kasha/parameters';
import { requirement } from '../../requirements/requirement';
import { chosen } from '../../requirements/selection';
import { recorded } from '../../requirements/view';
import { maskedCardData } from './card-data';
import { computeIn, containerOf, imageIn, parameters, queueArns, services, statementsOf, variablesOf } from './compute-instance';
import { account, resourceOf } from './resolved-template';

const production = computeIn();
const secondary = computeIn('production', 'ap-southeast-1');

describe('Kasha compute: containers', () => {
  for (const environment of ['production', 'develop']) {
    requirement('KSH-41', `pins both images of ${environment} by digest and takes no tag`, () => {
      const file = recorded(`parameters/kasha/${environment}.yaml`, parse(readFileSync(`parameters/kasha/${environment}.yaml`, 'utf8')) as { readonly parameters: Readonly<Record<string, string>> });
      for (const name of ['FrontendImage', 'BackendImage'] as const) {
        const pattern = new RegExp(declared[name].AllowedPattern);
        expect(file.parameters[name]).to.match(pattern);
        expect('nginx:latest').not.to.match(pattern);
      }
    });
  }

  for (const { id, name, cpu, memory } of services) {
    const container = containerOf(id);

    requirement('KSH-41', `runs the ${name} image that the deployment gives, in each region from its own registry`, () => {
      expect(container['Image']).to.equal(imageIn('us-east-1', name));
      expect(containerOf(id, secondary)['Image']).to.equal(imageIn('ap-southeast-1', name));
    });

    requirement('KSH-44', `limits CPU and memory of the ${name} container`, () => {
      expect(container).to.include({ Cpu: cpu, Memory: memory });
    });

    requirement('KSH-45', `mounts the ${name} root filesystem read-only, with writable memory where web servers write`, () => {
      expect(container).to.include({ ReadonlyRootFilesystem: true });
      const mounts = (container['LinuxParameters'] as { readonly Tmpfs: readonly { readonly ContainerPath: string; readonly MountOptions: readonly string[] }[] }).Tmpfs;
      expect(mounts.map(({ ContainerPath }) => ContainerPath)).to.have.members(['/run', '/tmp', '/var/cache/nginx']);
      for (const { MountOptions } of mounts) expect(MountOptions).to.deep.equal(['rw', 'noexec', 'nosuid', 'nodev', 'mode=1777']);
    });

    requirement('KSH-47', `runs the ${name} without root and without Linux capabilities`, () => {
      expect(container['User']).to.match(/^[1-9][0-9]*:[1-9][0-9]*$/);
      expect(container).to.include({ Privileged: false }).and.to.have.nested.property('LinuxParameters.Capabilities.Drop').that.deep.equals(['ALL']);
    });

    requirement(id === 'Frontend' ? 'KSH-108' : 'KSH-109', `keeps the ${name} log for 7 days, encrypted`, () => {
      expect(resourceOf(production, `${id}Log`).properties).to.include({ RetentionInDays: 7, KmsKeyId: parameters.DefaultKeyArn });
      expect(container).to.have.nested.property('LogConfiguration.Options.mode', 'non-blocking');
    });

    requirement('KSH-111', `splits errors from the rest of the ${name} log`, () => {
      const [error, general] = ['Error', 'General'].map((level) => resourceOf(production, `${id}${level}Events`).properties);
      const marks = ['"ERROR"', '"FATAL"', '"\\"level\\":\\"error\\""', '"[error]"', '"[crit]"', '"[alert]"', '"[emerg]"'];
      expect(error?.['FilterPattern']).to.equal(marks.map((mark) => `?${mark}`).join(' '));
      expect(general?.['FilterPattern']).to.equal(marks.map((mark) => `-${mark}`).join(' '));
    });

    requirement('KSH-116', `masks payment card data in the ${name} log`, () => {
      expect(resourceOf(production, `${id}Log`).properties).to.have.nested.property('DataProtectionPolicy.Statement[1]').that.deep.equals(maskedCardData);
    });

    requirement('KSH-50', `lets ECS pull the ${name} image and write its log, and nothing else`, () => {
      const statements = statementsOf(`${id}ExecutionRole`);
      expect(statements.flatMap(({ Action }) => Action)).to.have.members([
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:GetAuthorizationToken',
        'ecr:GetDownloadUrlForLayer',
        'logs:CreateLogStream',
        'logs:PutLogEvents',
      ]);
      const repository = `arn:aws:ecr:us-east-1:${account}:repository/kasha-${name}-prod-main`;
      expect(statements.find(({ Action }) => Action.includes('ecr:BatchGetImage'))?.Resource).to.deep.equal([repository]);
    });
  }
});

describe('Kasha compute: what the code may do', () => {
  requirement('KSH-51', 'gives each service a role of its own, which only ECS in this account takes on', () => {
    for (const { id } of services) {
      expect(production.edgesFrom(`${id}Task`).map(({ to }) => to)).to.have.members([`${id}TaskRole`, `${id}ExecutionRole`, `${id}Log`]);
      expect(resourceOf(production, `${id}TaskRole`).properties).to.have.nested.property('AssumeRolePolicyDocument.Statement').that.deep.equals([{
        Effect: 'Allow',
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
        Action: ['sts:AssumeRole'],
        Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': `arn:aws:ecs:us-east-1:${account}:*` } },
      }]);
    }
  });

  requirement('KSH-51', 'lets the backend use its queues, its one secret and its database user, by name', () => {
    expect(statementsOf('BackendTaskRole').map(({ Action, Resource }) => [Action, Resource])).to.deep.equal([
      [['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:SendMessage'], queueArns],
      [['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], [parameters.DatabaseSecretArn]],
      [['rds-db:connect'], [`arn:aws:rds-db:us-east-1:${account}:dbuser:db-ABC/backend`]],
      [['kms:Decrypt', 'kms:GenerateDataKey'], [parameters.DefaultKeyArn]],
    ]);
  });

  requirement('KSH-51', 'lets the backend use the key only through Secrets Manager and SQS', () => {
    const [key] = chosen(statementsOf('BackendTaskRole'), ({ Action }) => Action.includes('kms:Decrypt'));
    expect(key?.Condition).to.deep.equal({ StringEquals: { 'kms:ViaService': ['secretsmanager.us-east-1.amazonaws.com', 'sqs.us-east-1.amazonaws.com'] } });
  });

  it('reads the replica of the secret in the secondary region', () => {
    const replica = parameters.DatabaseSecretArn.replace('us-east-1', 'ap-southeast-1');
    expect(variablesOf('Backend', secondary)).to.include({ DATABASE_SECRET_ARN: replica });
    expect(statementsOf('BackendTaskRole', secondary).find(({ Action }) => Action.includes('secretsmanager:GetSecretValue'))?.Resource).to.deep.equal([replica]);
  });

  requirement('KSH-121', 'gives the frontend no secret, no database and no rights', () => {
    expect(statementsOf('FrontendTaskRole')).to.deep.equal([]);
    expect(containerOf('Frontend')).not.to.have.property('Secrets');
    expect(Object.keys(variablesOf('Frontend'))).to.have.members(['PORT', 'DEEP_HEALTH_PATH', 'BACKEND_URL']);
  });

  it('puts no secret value into an environment variable', () => {
    for (const { id } of services) expect(JSON.stringify(variablesOf(id))).not.to.match(/\{\{resolve|password"/i);
  });
});
