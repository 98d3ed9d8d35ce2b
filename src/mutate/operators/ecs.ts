import { isObject } from '../json';
import { drop, edit, onlyFirst, replace, set, turn, withElement } from '../mistakes';
import type { Operator } from '../operator';

const task = ['AWS::ECS::TaskDefinition'];
const service = ['AWS::ECS::Service'];
const hardening = ['PCI DSS 4.0.1 2.2.1', 'NIST 800-53 r5 CM-6', 'NIST 800-53 r5 AC-6'];
const available = ['NIST 800-53 r5 CP-10', 'SOC 2 A1.2'];
const plainSecret = ['PCI DSS 4.0.1 8.6.2', 'NIST 800-53 r5 IA-5(7)'];
const container = (path: string): string => `ContainerDefinitions[].${path}`;

/** Mistakes in containers, services and clusters. */
export const ecsOperators: readonly Operator[] = [
  { id: 'ecs-image-by-tag', title: 'The image is named by a tag: what runs can change without a deployment', severity: 'HIGH', controls: ['PCI DSS 4.0.1 6.3.2', 'NIST 800-53 r5 SI-7', 'SOC 2 CC8.1'], types: task, mistake: replace(container('Image'), { 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/application:latest' }) },
  { id: 'ecs-image-of-strangers', title: 'The image comes from a public registry', severity: 'HIGH', controls: ['PCI DSS 4.0.1 6.3.2', 'NIST 800-53 r5 SI-7'], types: task, mistake: replace(container('Image'), 'nginx:1.27') },
  { id: 'ecs-privileged', title: 'The container is privileged: it owns its host', severity: 'CRITICAL', controls: hardening, types: task, mistake: set(container('Privileged'), true) },
  { id: 'ecs-root-user', title: 'The container runs as root', severity: 'HIGH', controls: hardening, types: task, mistake: set(container('User'), '0') },
  { id: 'ecs-root-user-by-name', title: 'The container runs as root by name and group', severity: 'HIGH', controls: hardening, types: task, mistake: set(container('User'), 'root:root') },
  { id: 'ecs-user-unset', title: 'The container runs as whatever user the image has, which is root by default', severity: 'HIGH', controls: hardening, types: task, mistake: drop(container('User')) },
  { id: 'ecs-writable-root', title: 'An intruder may write to the file system of the container', severity: 'MEDIUM', controls: hardening, types: task, mistake: turn(container('ReadonlyRootFilesystem'), false) },
  { id: 'ecs-root-file-system-unset', title: 'The container says nothing of its file system', severity: 'MEDIUM', controls: hardening, types: task, mistake: drop(container('ReadonlyRootFilesystem')) },
  { id: 'ecs-capabilities-kept', title: 'The container keeps all capabilities of the kernel', severity: 'MEDIUM', controls: hardening, types: task, mistake: drop(container('LinuxParameters.Capabilities')) },
  { id: 'ecs-capability-added', title: 'The container may trace other processes', severity: 'MEDIUM', controls: hardening, types: task, mistake: edit(container('LinuxParameters.Capabilities'), (capabilities) => (isObject(capabilities) ? { ...capabilities, Add: ['SYS_PTRACE'] } : undefined)) },
  { id: 'ecs-host-network', title: 'Containers share the network of their host', severity: 'HIGH', controls: hardening, types: task, mistake: turn('NetworkMode', 'host') },
  { id: 'ecs-host-processes', title: 'Containers see the processes of their host', severity: 'HIGH', controls: hardening, types: task, mistake: set('PidMode', 'host') },
  { id: 'ecs-password-in-environment', title: 'A password stands in an environment variable', severity: 'CRITICAL', controls: plainSecret, types: task, mistake: withElement(container('Environment'), { Name: 'DB_PASSWORD', Value: 'Winter-2026-kasha' }) },
  { id: 'ecs-key-in-environment', title: 'An access key stands in an environment variable of innocent name', severity: 'CRITICAL', controls: plainSecret, types: task, mistake: withElement(container('Environment'), { Name: 'UPLOADS', Value: 'AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }) },
  { id: 'ecs-logs-removed', title: 'What the container writes is lost', severity: 'HIGH', controls: ['PCI DSS 4.0.1 10.2.1', 'NIST 800-53 r5 AU-2'], types: task, mistake: drop(container('LogConfiguration')) },
  { id: 'ecs-container-unchecked', title: 'A container that hangs is not restarted', severity: 'LOW', controls: available, types: task, mistake: drop(container('HealthCheck')) },
  { id: 'ecs-volume-in-plain-text', title: 'Traffic to the shared file system goes in plain text', severity: 'HIGH', controls: ['PCI DSS 4.0.1 4.2.1', 'NIST 800-53 r5 SC-8'], types: task, mistake: turn('Volumes[].EFSVolumeConfiguration.TransitEncryption', 'DISABLED') },
  { id: 'ecs-volume-of-host', title: 'The container mounts the socket of the container engine', severity: 'CRITICAL', controls: hardening, types: task, mistake: withElement('Volumes', { Name: 'engine', Host: { SourcePath: '/var/run/docker.sock' } }) },
  { id: 'ecs-execution-role-for-code', title: 'The code of the container acts with the role of the container agent', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 7.2.5', 'NIST 800-53 r5 AC-6'], types: task, mistake: (resource) => (isObject(resource.Properties) && resource.Properties.ExecutionRoleArn !== undefined ? replace('TaskRoleArn', resource.Properties.ExecutionRoleArn)(resource) : []) },
  { id: 'ecs-one-task', title: 'The service runs one task', severity: 'HIGH', controls: available, types: service, mistake: turn('DesiredCount', 1) },
  { id: 'ecs-no-task', title: 'The service runs no task', severity: 'HIGH', controls: available, types: service, mistake: turn('DesiredCount', 0) },
  { id: 'ecs-one-subnet', title: 'The service stands in one subnet', severity: 'HIGH', controls: available, types: service, mistake: onlyFirst('NetworkConfiguration.AwsvpcConfiguration.Subnets', 1) },
  { id: 'ecs-public-address', title: 'Tasks get a public address', severity: 'HIGH', controls: ['PCI DSS 4.0.1 1.4.4', 'NIST 800-53 r5 SC-7'], types: service, mistake: set('NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp', 'ENABLED') },
  { id: 'ecs-default-group', title: 'Tasks take the default security group', severity: 'HIGH', controls: ['PCI DSS 4.0.1 1.3.1', 'NIST 800-53 r5 SC-7'], types: service, mistake: drop('NetworkConfiguration.AwsvpcConfiguration.SecurityGroups') },
  { id: 'ecs-circuit-breaker-off', title: 'A broken deployment goes on for ever', severity: 'HIGH', controls: ['SOC 2 CC8.1', ...available], types: service, mistake: turn('DeploymentConfiguration.DeploymentCircuitBreaker.Enable', false) },
  { id: 'ecs-circuit-breaker-unset', title: 'The service says nothing of broken deployments', severity: 'HIGH', controls: ['SOC 2 CC8.1', ...available], types: service, mistake: drop('DeploymentConfiguration.DeploymentCircuitBreaker') },
  { id: 'ecs-no-rollback', title: 'A broken deployment is not taken back', severity: 'HIGH', controls: ['SOC 2 CC8.1', ...available], types: service, mistake: turn('DeploymentConfiguration.DeploymentCircuitBreaker.Rollback', false) },
  { id: 'ecs-outage-while-deploying', title: 'All tasks may stop while a new version starts', severity: 'HIGH', controls: available, types: service, mistake: turn('DeploymentConfiguration.MinimumHealthyPercent', 0) },
  { id: 'ecs-shell-allowed', title: 'A shell can be opened in production containers', severity: 'HIGH', controls: ['PCI DSS 4.0.1 7.2.2', 'NIST 800-53 r5 AC-17'], types: service, mistake: set('EnableExecuteCommand', true) },
  { id: 'ecs-spot-only', title: 'All tasks run on capacity that AWS may take away', severity: 'HIGH', controls: available, types: service, mistake: turn('CapacityProviderStrategy', [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }]) },
  { id: 'ecs-old-platform', title: 'Tasks run on an old platform without its fixes', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 6.3.3', 'NIST 800-53 r5 SI-2'], types: service, mistake: set('PlatformVersion', '1.3.0') },
  { id: 'ecs-load-balancer-removed', title: 'The service gets no requests', severity: 'HIGH', controls: available, types: service, mistake: drop('LoadBalancers') },
  { id: 'ecs-zones-not-balanced', title: 'After the loss of a zone tasks stay where they are', severity: 'LOW', controls: available, types: service, mistake: turn('AvailabilityZoneRebalancing', 'DISABLED') },
  { id: 'ecs-tags-not-passed', title: 'Tasks carry no tags: nobody knows whose they are', severity: 'LOW', controls: ['NIST 800-53 r5 CM-8'], types: service, mistake: drop('PropagateTags') },
  { id: 'ecs-insights-off', title: 'Nobody sees how tasks use memory and processor', severity: 'MEDIUM', controls: ['NIST 800-53 r5 SI-4'], types: ['AWS::ECS::Cluster'], mistake: turn('ClusterSettings[].Value', 'disabled') },
  { id: 'ecs-insights-unset', title: 'The cluster says nothing of its figures', severity: 'MEDIUM', controls: ['NIST 800-53 r5 SI-4'], types: ['AWS::ECS::Cluster'], mistake: drop('ClusterSettings') },
  { id: 'ecs-shell-not-recorded', title: 'What is typed into containers is not recorded', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 10.2.1.2', 'NIST 800-53 r5 AU-2'], types: ['AWS::ECS::Cluster'], mistake: set('Configuration', { ExecuteCommandConfiguration: { Logging: 'NONE' } }) },
];
