import { expect } from 'chai';
import { fargateTask } from '../../../../templates/modules/compute/fargate-task';
import { tcpEntrance } from '../../../../templates/modules/compute/tcp-entrance';
import { mayTrace, traceCollector } from '../../../../templates/modules/compute/tracing';
import { executionRole, taskRole } from '../../../../templates/modules/compute/task-roles';
import { logGroup } from '../../../../templates/modules/monitoring/log-group';
import { Fn, TemplateBuilder, type Parameters } from '../../../../src/cfn';
import { MeridianError } from '../../../../src/errors';
import { contextOf } from '../../financial-portal/built';
import { emitted as resourcesOf } from '../emitting';

/** The resources of a template that only has what `body` adds. */
function emitted(body: (t: TemplateBuilder<Parameters, unknown>) => void): any {
  const t = new TemplateBuilder('x', { description: 'x', parameters: {} }, contextOf());
  body(t as TemplateBuilder<Parameters, unknown>);
  return resourcesOf(t as TemplateBuilder<Parameters, unknown>);
}

/** A task with a collector beside it, of this size. */
function task(t: TemplateBuilder<Parameters, unknown>, cpu: number, memory: number): void {
  const log = logGroup(t, 'Log', { name: t.resourceName('jobs'), retentionInDays: 14, keyArn: Fn.Ref('Key') });
  fargateTask(t, 'Task', {
    family: t.resourceName('jobs'),
    container: 'jobs',
    image: Fn.Ref('Image'),
    cpu,
    memory,
    environment: {},
    writablePaths: {},
    logGroup: log,
    sidecars: [traceCollector(Fn.Ref('Collector'))],
    executionRole: executionRole(t, 'ExecutionRole', { service: 'jobs', logGroup: log, repository: t.resourceName('jobs') }),
    taskRole: taskRole(t, 'TaskRole', { service: 'jobs', statements: [mayTrace] }),
  });
}

describe('A task with a sidecar', () => {
  it('shares its size out, and has neither port nor health check when nobody connects to it', () => {
    const { ContainerDefinitions } = emitted((t) => task(t, 256, 512)).Task.Properties;
    const [own, collector] = ContainerDefinitions;
    expect([own.Cpu, own.Memory, collector.Cpu, collector.Memory]).to.deep.equal([224, 384, 32, 128]);
    expect([own.PortMappings, own.HealthCheck, own.DependsOn]).to.deep.equal([undefined, undefined, [{ ContainerName: 'trace-collector', Condition: 'START' }]]);
    expect([collector.Essential, collector.RestartPolicy, collector.ReadonlyRootFilesystem]).to.deep.equal([false, { Enabled: true, RestartAttemptPeriod: 60 }, true]);
  });

  it('refuses a size that its sidecar takes whole', () => expect(() => emitted((t) => task(t, 256, 128))).to.throw(MeridianError, /leave it 224 units and 0 MiB/));
});

describe('The TCP entrance module', () => {
  it('asks its targets over HTTP, hides clients’ addresses and ends connections of targets that left', () => {
    const { TcpTargets, TcpListener } = emitted((t) => void tcpEntrance(t, 'Tcp', { vpcId: Fn.Ref('Vpc'), loadBalancerArn: Fn.Ref('Balancer'), listenerPort: 9000, port: 8000, healthPath: '/health' }));
    expect([TcpTargets.Properties.Protocol, TcpTargets.Properties.HealthCheckProtocol, TcpTargets.Properties.HealthCheckPath]).to.deep.equal(['TCP', 'HTTP', '/health']);
    const attributes = Object.fromEntries(TcpTargets.Properties.TargetGroupAttributes.map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value]));
    expect(attributes).to.deep.equal({ 'deregistration_delay.timeout_seconds': '60', 'deregistration_delay.connection_termination.enabled': 'true', 'preserve_client_ip.enabled': 'false' });
    expect([TcpListener.Properties.Port, TcpListener.Properties.Protocol]).to.deep.equal([9000, 'TCP']);
  });
});
