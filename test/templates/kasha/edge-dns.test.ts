import { expect } from 'chai';
import { render } from '../../../src/cfn/render';
import { resolveInstance, type ResolvedStack, type Template } from '../../../src/resolve';
import { edgeDns } from '../../../templates/systems/kasha/edge-dns';
import { data } from '../../../templates/systems/kasha/data';
import { compute } from '../../../templates/systems/kasha/compute';
import { requirement } from '../../requirements/requirement';
import { chosen, textsIn } from '../../requirements/selection';
import { contextOf, ofType, resolved } from './built';

const parameters = { DomainName: 'kasha.example.com', HostedZoneId: 'Z1', DistributionDomainName: 'd1.cloudfront.net' };
const stack = resolved(edgeDns, 'us-east-1', 'production', parameters);
const regions = ['us-east-1', 'ap-southeast-1'] as const;
const plan = ofType(stack, 'AWS::ARCRegionSwitch::Plan')['RegionSwitch'];

interface Step {
  readonly Name: string;
  readonly ExecutionBlockType: string;
  readonly ExecutionBlockConfiguration: Readonly<Record<string, any>>;
}

/** The steps that run at the same time when a region is activated. */
function stepsFor(region: string): readonly Step[] {
  const workflow = plan.Workflows.find(({ WorkflowTargetAction, WorkflowTargetRegion }: Record<string, string>) => WorkflowTargetAction === 'activate' && WorkflowTargetRegion === region);
  expect(workflow.Steps.map(({ ExecutionBlockType }: Step) => ExecutionBlockType)).to.deep.equal(['Parallel']);
  return workflow.Steps[0].ExecutionBlockConfiguration.ParallelConfig.Steps;
}

/** The actions that a role allows on resources, as `action on resource`. */
function rights(): readonly string[] {
  const [{ PolicyDocument }] = ofType(stack, 'AWS::IAM::Role')['RegionSwitchRole'].Policies;
  return PolicyDocument.Statement.flatMap(({ Action, Resource }: { Action: string[]; Resource: string[] }) => Action.flatMap((action) => Resource.map((resource) => `${action} on ${resource}`)));
}

describe('Kasha edge DNS', () => {
  for (const type of ['A', 'AAAA']) {
    requirement('KSH-107', `answers the domain with CloudFront (${type}), never with a load balancer`, () => {
      const [record] = chosen(Object.values(ofType(stack, 'AWS::Route53::RecordSet')), ({ Type }) => Type === type);
      expect(record).to.deep.include({
        HostedZoneId: 'Z1',
        Name: 'kasha.example.com',
        AliasTarget: { DNSName: 'd1.cloudfront.net', HostedZoneId: 'Z2FDTNDATAQYW2', EvaluateTargetHealth: false },
      });
      expect(record).not.to.have.any.keys('Failover', 'HealthCheckId');
    });
  }

  requirement('KSH-79', 'promotes the replica by a plan that only a person starts', () => {
    expect(plan).to.deep.include({ Name: 'kasha-region-switch-prod-main', RecoveryApproach: 'activePassive', PrimaryRegion: 'us-east-1', Regions: [...regions] });
    expect(plan).not.to.have.property('Triggers');
    const promotion = stepsFor('ap-southeast-1').find(({ ExecutionBlockType }) => ExecutionBlockType === 'RdsPromoteReadReplica');
    expect(promotion?.ExecutionBlockConfiguration['RdsPromoteReadReplicaConfig'].DbInstanceArnMap).to.deep.equal({
      'us-east-1': 'arn:aws:rds:us-east-1:111111111111:db:kasha-mysql-db-prod-main',
      'ap-southeast-1': 'arn:aws:rds:ap-southeast-1:111111111111:db:kasha-mysql-read-replica-prod-main',
    });
  });

  requirement('KSH-79', 'names the databases, cluster and services as their own templates do', () => {
    const named = textsIn(plan.Workflows, /arn:aws:(rds|ecs):[^"]+/g);
    for (const region of regions) {
      expect(chosen(Object.values(ofType(resolved(data, region), 'AWS::RDS::DBInstance')), ({ DBInstanceIdentifier }) => named.includes(`arn:aws:rds:${region}:111111111111:db:${DBInstanceIdentifier}`))).to.have.length(1);
      const computed = resolved(compute, region);
      const [cluster] = Object.values(ofType(computed, 'AWS::ECS::Cluster'));
      const services = ofType(computed, 'AWS::ECS::Service');
      for (const id of ['Frontend', 'Backend']) expect(named).to.contain(`arn:aws:ecs:${region}:111111111111:service/${cluster?.ClusterName}/${services[id].ServiceName}`);
    }
  });

  it('scales both services of the activated region while the database is promoted, from one service in each region', () => {
    for (const region of regions) {
      const steps = stepsFor(region);
      expect(steps.map(({ Name }) => Name)).to.deep.equal(['promote-database', 'scale-frontend', 'scale-backend']);
      for (const { ExecutionBlockConfiguration } of steps.slice(1)) {
        const { Services } = ExecutionBlockConfiguration['EcsCapacityIncreaseConfig'];
        expect(Services.map(({ ServiceArn }: Record<string, string>) => ServiceArn?.split(':')[3])).to.deep.equal([...regions]);
      }
    }
  });

  it('gives every step up before the recovery time objective is over', () => {
    const timeouts = stepsFor('ap-southeast-1').flatMap(({ ExecutionBlockConfiguration }) => Object.values(ExecutionBlockConfiguration).map(({ TimeoutMinutes }) => TimeoutMinutes));
    expect(Math.max(...timeouts)).to.be.lessThan(plan.RecoveryTimeObjectiveMinutes);
  });

  it('leaves DNS to the health checks: the plan has no Route 53 step and none for routing controls', () => {
    expect(JSON.stringify(plan.Workflows)).not.to.match(/Route53|RoutingControl/);
  });

  it('lets the plan change these two databases and four services, and nothing else by name', () => {
    const role = ofType(stack, 'AWS::IAM::Role')['RegionSwitchRole'];
    expect(role.AssumeRolePolicyDocument.Statement).to.deep.equal([{ Effect: 'Allow', Principal: { Service: 'arc-region-switch.amazonaws.com' }, Action: ['sts:AssumeRole'] }]);
    const on = (action: string): readonly string[] => rights().filter((right) => right.startsWith(`${action} on `)).map((right) => right.slice(right.indexOf(' on ') + 4));
    expect(on('rds:PromoteReadReplica')).to.have.length(2);
    expect(on('ecs:UpdateService')).to.have.length(4);
    expect(rights().filter((right) => right.endsWith(' on *')).map((right) => right.split(' ')[0])).to.deep.equal([
      'ecs:ListServices', 'application-autoscaling:DescribeScalableTargets', 'application-autoscaling:RegisterScalableTarget', 'cloudwatch:GetMetricStatistics',
    ]);
    expect(on('arc-region-switch:GetPlan')).to.deep.equal(['arn:aws:arc-region-switch::111111111111:plan/kasha-region-switch-prod-main:*']);
    expect(on('iam:SimulatePrincipalPolicy')).to.deep.equal([`arn:aws:iam::111111111111:role/${role.RoleName}`]);
  });

  it('has no plan where the other region has no replica to promote', () => {
    const context = contextOf('develop');
    const settings = { ...context.settings, database: { ...context.settings.database, crossRegionReplica: false } };
    const root = JSON.parse(render(edgeDns.build({ ...context, settings }).template)) as Template;
    const alone: ResolvedStack = resolveInstance({ root, region: 'us-east-1', accountId: '111111111111', parameters }).root;
    expect([...alone.resources.values()].map(({ type }) => type)).to.deep.equal(['AWS::Route53::RecordSet', 'AWS::Route53::RecordSet']);
  });
});
