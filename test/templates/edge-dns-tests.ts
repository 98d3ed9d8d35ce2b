import { expect } from 'chai';
import { requirement } from '../requirements/requirement';
import { ofType } from './built-system';
import type { ResolvedStack } from '../../src/resolve';

/** A system whose database fails over between two regions by a region-switch plan, as its owner's list names the facts. */
export interface SwitchedSystem {
  readonly title: string;
  /** Folder of its runbooks. */
  readonly name: string;
  /** What its names begin with. */
  readonly prefix: string;
  readonly domain: string;
  readonly regions: readonly [primary: string, secondary: string];
  readonly services: readonly string[];
  readonly stepMinutes: number;
  readonly objectiveMinutes: number;
  /** Ids of the facts that each test proves, several between blanks. */
  readonly ids: Readonly<Record<'alias' | 'plan' | 'steps' | 'rights', string>>;
}

/** What the templates of every such test get. */
export const edgeDnsParameters = (domain: string) => ({ DomainName: domain, HostedZoneId: 'Z1', DistributionDomainName: 'd1.cloudfront.net' });

const account = '111111111111';

interface Step {
  readonly Name: string;
  readonly ExecutionBlockType: string;
  readonly ExecutionBlockConfiguration: Readonly<Record<string, any>>;
}

/**
 * Tests of the domain's aliases and the region-switch plan of one environment.
 * @param stack  the edge-dns template as it stands in us-east-1
 * @param suffix the end of the environment's names: `prod-main`
 */
export function edgeDnsTests(system: SwitchedSystem, stack: ResolvedStack, suffix: string): void {
  const { prefix, regions, services, ids, stepMinutes } = system;
  const [primary, secondary] = regions;
  const plan = (): any => ofType(stack, 'AWS::ARCRegionSwitch::Plan')['RegionSwitch'];
  const clusters = regions.map((region) => `arn:aws:rds:${region}:${account}:cluster:${prefix}-aurora-${suffix}-${region}`);
  const clusterIn = (region: string): string => `arn:aws:ecs:${region}:${account}:cluster/${prefix}-cluster-${suffix}`;
  const serviceIn = (region: string, service: string): string => `arn:aws:ecs:${region}:${account}:service/${prefix}-cluster-${suffix}/${prefix}-${service}-${suffix}`;

  for (const [id, type] of [['Domain', 'A'], ['DomainIpv6', 'AAAA']] as const) {
    requirement(ids.alias, `answers the domain with CloudFront (${type}), whose health Route 53 can't evaluate`, () => {
      expect(ofType(stack, 'AWS::Route53::RecordSet')[id]).to.deep.equal({
        HostedZoneId: 'Z1',
        Name: system.domain,
        Type: type,
        AliasTarget: { DNSName: 'd1.cloudfront.net', HostedZoneId: 'Z2FDTNDATAQYW2', EvaluateTargetHealth: false },
      });
    });
  }

  requirement(ids.plan, 'has a plan for both regions, which leaves DNS to the health checks and by default waits for a person', () => {
    expect(plan()).to.deep.include({
      Name: `${prefix}-region-switch-${suffix}`,
      Description: `Makes the database of a region the one that writes and scales its services. Before starting it read docs/runbooks/${system.name}/failover.md`,
      RecoveryApproach: 'activePassive',
      PrimaryRegion: primary,
      Regions: [...regions],
      RecoveryTimeObjectiveMinutes: system.objectiveMinutes,
    });
    expect(plan()).not.to.have.any.keys('Triggers', 'AssociatedAlarms');
    expect(plan().Workflows.map(({ WorkflowTargetAction, WorkflowTargetRegion }: Record<string, string>) => [WorkflowTargetAction, WorkflowTargetRegion])).to.deep.equal([
      ['activate', secondary],
      ['activate', primary],
    ]);
  });

  for (const [at, direction] of [[0, 'failover'], [1, 'failback']] as const) {
    requirement(ids.steps, `moves database and capacity at the same time, on ${direction}`, () => {
      const [{ Name, ExecutionBlockType, ExecutionBlockConfiguration }, ...more] = plan().Workflows[at].Steps;
      expect([Name, ExecutionBlockType, ...more]).to.deep.equal(['activate', 'Parallel']);
      const scaling = (service: string): Step => ({
        Name: `scale-${service}`,
        ExecutionBlockType: 'ECSServiceScaling',
        ExecutionBlockConfiguration: {
          EcsCapacityIncreaseConfig: {
            Services: regions.map((region) => ({ ClusterArn: clusterIn(region), ServiceArn: serviceIn(region, service) })),
            CapacityMonitoringApproach: 'sampledMaxInLast24Hours',
            TargetPercent: 100,
            TimeoutMinutes: stepMinutes,
            Ungraceful: { MinimumSuccessPercentage: 50 },
          },
        },
      });
      expect(ExecutionBlockConfiguration.ParallelConfig.Steps).to.deep.equal([
        {
          Name: 'switch-database',
          ExecutionBlockType: 'AuroraGlobalDatabase',
          ExecutionBlockConfiguration: {
            GlobalAuroraConfig: { GlobalClusterIdentifier: `${prefix}-global-${suffix}`, DatabaseClusterArns: clusters, Behavior: 'switchoverOnly', Ungraceful: { Ungraceful: 'failover' }, TimeoutMinutes: stepMinutes },
          },
        },
        ...services.map(scaling),
      ]);
    });
  }

  requirement(ids.rights, 'lets the plan move this database and scale these services, and nothing else by name', () => {
    const { RoleName, AssumeRolePolicyDocument, Policies } = ofType(stack, 'AWS::IAM::Role')['RegionSwitchRole'];
    const role = `${prefix}-region-switch-${suffix}-us-east-1`;
    expect(RoleName).to.equal(role);
    expect(AssumeRolePolicyDocument).to.deep.equal({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'arc-region-switch.amazonaws.com' }, Action: ['sts:AssumeRole'] }] });
    const allow = (Action: readonly string[], Resource: readonly string[]) => ({ Effect: 'Allow', Action, Resource });
    expect(Policies.map(({ PolicyDocument }: { PolicyDocument: { Statement: unknown } }) => PolicyDocument.Statement)).to.deep.equal([
      [
        allow(['rds:DescribeGlobalClusters', 'rds:DescribeDBClusters'], ['*']),
        allow(['rds:FailoverGlobalCluster', 'rds:SwitchoverGlobalCluster'], [`arn:aws:rds::${account}:global-cluster:${prefix}-global-${suffix}`, ...clusters]),
        allow(['ecs:DescribeServices', 'ecs:UpdateService'], services.flatMap((service) => regions.map((region) => serviceIn(region, service)))),
        allow(['ecs:DescribeClusters'], regions.map(clusterIn)),
        allow(['ecs:ListServices', 'application-autoscaling:DescribeScalableTargets', 'application-autoscaling:RegisterScalableTarget', 'cloudwatch:GetMetricStatistics'], ['*']),
        allow(['arc-region-switch:GetPlan', 'arc-region-switch:GetPlanExecution', 'arc-region-switch:ListPlanExecutions'], [`arn:aws:arc-region-switch::${account}:plan/${prefix}-region-switch-${suffix}:*`]),
        allow(['iam:SimulatePrincipalPolicy'], [`arn:aws:iam::${account}:role/${role}`]),
      ],
    ]);
  });
}
