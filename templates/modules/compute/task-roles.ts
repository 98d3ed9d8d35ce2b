import { Aws, Fn, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { allow, arn, type Statement } from '../security/policy';
import { serviceRole } from '../security/role';
import type { ExecuteCommandSettings } from './ecs-cluster';

export type RoleHandle = Handle<'AWS::IAM::Role', 'Arn' | 'RoleId'>;
type LogGroupHandle = Handle<'AWS::Logs::LogGroup', 'Arn'>;

const forTasksOfThisAccount: Statement['Condition'] = {
  StringEquals: { 'aws:SourceAccount': Aws.accountId },
  ArnLike: { 'aws:SourceArn': arn('ecs', '*') },
};

/** All log streams of a group. */
function streamsOf(logGroup: LogGroupHandle): IntrinsicFunction {
  // The Arn attribute of a log group ends in `:*`, which stands for its streams.
  return logGroup.att('Arn');
}

/** What ECS may do to start a task. */
export interface ExecutionRoleSettings {
  /** The service's part of the role's name, for example `frontend`. */
  readonly service: string;
  readonly logGroup: LogGroupHandle;
  /** The registry of this account that the service's image comes from. Public registries need no rights. */
  readonly repository: Name;
  /** Further registries, of its sidecars' images. @default none */
  readonly alsoRepositories?: readonly Name[];
  /** Behind the service in the role's name. @default 'execution' */
  readonly suffix?: string;
}

/**
 * The role with which ECS pulls the image and writes the log of one service, and nothing else: its tasks never have it.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export function executionRole(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ExecutionRoleSettings): RoleHandle {
  const { service, logGroup, repository, alsoRepositories = [], suffix = 'execution' } = settings;
  return serviceRole(t, id, {
    name: t.resourceName(`${service}-${suffix}`, 'account'),
    description: `Starts the ${service} tasks: image and log`,
    service: 'ecs-tasks.amazonaws.com',
    trustCondition: forTasksOfThisAccount,
    statements: [
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [streamsOf(logGroup)]),
      allow(['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], [repository, ...alsoRepositories].map(({ text }) => arn('ecr', `repository/${text}`))),
      // The one ECR action that takes no resource.
      allow(['ecr:GetAuthorizationToken'], ['*']),
    ],
  });
}

/** What the code in a task may do. */
export interface TaskRoleSettings {
  /** The service's part of the role's name, for example `backend`. */
  readonly service: string;
  /** Rights of the code. @default none */
  readonly statements?: readonly Statement[];
  /** Rights of the agent behind ECS Exec. @default none */
  readonly executeCommand?: ExecuteCommandSettings;
}

/**
 * The role that the code of one service runs with.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 */
export function taskRole(t: TemplateBuilder<Parameters, unknown>, id: string, settings: TaskRoleSettings): RoleHandle {
  const { service, statements = [], executeCommand } = settings;
  return serviceRole(t, id, {
    name: t.resourceName(`${service}-task`, 'account'),
    description: `What the ${service} code may do`,
    service: 'ecs-tasks.amazonaws.com',
    trustCondition: forTasksOfThisAccount,
    statements: [...statements, ...(executeCommand ? sessionRights(executeCommand) : [])],
  });
}

/**
 * What the agent of ECS Exec needs to open a session and record it.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 */
function sessionRights({ logGroup, keyArn }: ExecuteCommandSettings): readonly Statement[] {
  return [
    // The session channels have no resource to name.
    allow(['ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel', 'ssmmessages:OpenControlChannel', 'ssmmessages:OpenDataChannel'], ['*']),
    allow(['logs:DescribeLogGroups'], [Fn.Sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:*')]),
    allow(['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], [streamsOf(logGroup)]),
    allow(['kms:Decrypt'], [keyArn]),
  ];
}
