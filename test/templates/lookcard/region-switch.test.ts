import { expect } from 'chai';
import { recoveryTargets } from '../../../templates/systems/lookcard/recovery';
import { regionSwitchesOf } from '../../../templates/systems/lookcard/region-switch';
import type { ServiceRow } from '../../../templates/systems/lookcard/service-row';
import { services } from '../../../templates/systems/lookcard/services';
import { unread } from '../../requirements/recording';
import { requirement } from '../../requirements/requirement';
import { bothRegions, ofType, resolved } from './built';

type Row = Readonly<Record<string, any>>;

const own = '111111111111';
const plans = regionSwitchesOf(services);
const stackOf = (id: string) => resolved(plans.get(id)!, 'us-east-1');
const planOf = (id: string): Row => ofType(stackOf(id), 'AWS::ARCRegionSwitch::Plan')['RegionSwitch'];
const plan = (): Row => planOf('RegionSwitch');
const standing = services.filter(({ schedule }) => !schedule);
const shares = { RegionSwitch: standing.slice(0, 19), RegionSwitch2: standing.slice(19) };
const names = { RegionSwitch: 'lookcard-switch-prod-main', RegionSwitch2: 'lookcard-switch-2-prod-main' };
const clusterIn = (region: string, cluster: string): string => `arn:aws:ecs:${region}:${own}:cluster/lookcard-${cluster}-prod-main`;
const serviceIn = (region: string, { name, cluster }: { readonly name: string; readonly cluster: string }): string => `arn:aws:ecs:${region}:${own}:service/lookcard-${cluster}-prod-main/lookcard-${name}-prod-main`;
const databases = bothRegions.map((region) => `arn:aws:rds:${region}:${own}:cluster:lookcard-aurora-prod-main-${region}`);

describe('LookCard region switch', () => {
  it('LKC-112 has a plan for every twenty steps, which grow with the catalogue in number only', () => {
    expect([...plans.keys()]).to.deep.equal(Object.keys(shares));
    const many = Array.from({ length: 220 }, (_, index) => ({ ...services[0]!, name: `service-${index}` }));
    expect(regionSwitchesOf(many).size).to.equal(12);
    expect(regionSwitchesOf(many.slice(0, 19)).size).to.equal(1);
  });

  requirement('LKC-112', 'has a plan for both regions, which leaves DNS to the health checks and waits for a person', () => {
    const { Name, Description, RecoveryApproach, PrimaryRegion, Regions, RecoveryTimeObjectiveMinutes, Workflows } = plan();
    expect([Name, RecoveryApproach, PrimaryRegion, Regions, RecoveryTimeObjectiveMinutes]).to.deep.equal(['lookcard-switch-prod-main', 'activePassive', 'ap-southeast-1', bothRegions, 30]);
    expect(Description).to.match(/docs\/runbooks\/lookcard\/failover\.md$/);
    expect(plan()).not.to.have.any.keys('Triggers', 'AssociatedAlarms');
    expect(Workflows.map(({ WorkflowTargetAction, WorkflowTargetRegion }: Row): unknown => [WorkflowTargetAction, WorkflowTargetRegion])).to.deep.equal([['activate', 'us-east-1'], ['activate', 'ap-southeast-1']]);
  });

  for (const id of ['RegionSwitch', 'RegionSwitch2'] as const) {
    for (const [at, direction] of [[0, 'failover'], [1, 'failback']] as const) {
      requirement('LKC-112', `moves the database with the first plan and scales every service but cron jobs, all at the same time, on ${direction}: ${id}`, () => {
        const [{ Name, ExecutionBlockType, ExecutionBlockConfiguration }, ...more] = planOf(id)['Workflows'][at].Steps;
        expect([Name, ExecutionBlockType, ...more]).to.deep.equal(['activate', 'Parallel']);
        const database = {
          Name: 'switch-database',
          ExecutionBlockType: 'AuroraGlobalDatabase',
          ExecutionBlockConfiguration: {
            GlobalAuroraConfig: { GlobalClusterIdentifier: 'lookcard-global-prod-main', DatabaseClusterArns: databases, Behavior: 'switchoverOnly', Ungraceful: { Ungraceful: 'failover' }, TimeoutMinutes: 10 },
          },
        };
        const scaling = (row: ServiceRow) => ({
          Name: `scale-${row.name}`,
          ExecutionBlockType: 'ECSServiceScaling',
          ExecutionBlockConfiguration: {
            EcsCapacityIncreaseConfig: {
              Services: bothRegions.map((region) => ({ ClusterArn: clusterIn(region, row.cluster), ServiceArn: serviceIn(region, row) })),
              CapacityMonitoringApproach: 'sampledMaxInLast24Hours',
              TargetPercent: 100,
              TimeoutMinutes: 10,
              Ungraceful: { MinimumSuccessPercentage: 50 },
            },
          },
        });
        expect(ExecutionBlockConfiguration.ParallelConfig.Steps).to.have.deep.members([...(id === 'RegionSwitch' ? [database] : []), ...shares[id].map(scaling)]);
      });
    }

    requirement('LKC-112', `lets the plan move this database and scale its services, and nothing else by name: ${id}`, () => {
      const { RoleName, AssumeRolePolicyDocument, Policies } = ofType(stackOf(id), 'AWS::IAM::Role')['RegionSwitchRole'];
      const role = `${names[id]}-us-east-1`;
      expect(RoleName).to.equal(role);
      expect(AssumeRolePolicyDocument).to.deep.equal({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'arc-region-switch.amazonaws.com' }, Action: ['sts:AssumeRole'] }] });
      const statements = Policies.flatMap(({ PolicyDocument }: Row) => PolicyDocument.Statement as readonly Row[]) as readonly Row[];
      const clusters = [...new Set(shares[id].map(({ cluster }) => cluster))];
      const expected: Readonly<Record<string, readonly string[]>> = {
        ...(id === 'RegionSwitch' && {
          'rds:DescribeGlobalClusters,rds:DescribeDBClusters': ['*'],
          'rds:FailoverGlobalCluster,rds:SwitchoverGlobalCluster': [`arn:aws:rds::${own}:global-cluster:lookcard-global-prod-main`, ...databases],
        }),
        'ecs:DescribeServices,ecs:UpdateService': shares[id].flatMap((row) => bothRegions.map((region) => serviceIn(region, row))),
        'ecs:DescribeClusters': clusters.flatMap((cluster) => bothRegions.map((region) => clusterIn(region, cluster))),
        'ecs:ListServices,application-autoscaling:DescribeScalableTargets,application-autoscaling:RegisterScalableTarget,cloudwatch:GetMetricStatistics': ['*'],
        'arc-region-switch:GetPlan,arc-region-switch:GetPlanExecution,arc-region-switch:ListPlanExecutions': [`arn:aws:arc-region-switch::${own}:plan/${names[id]}:*`],
        'iam:SimulatePrincipalPolicy': [`arn:aws:iam::${own}:role/${role}`],
      };
      const found = new Map<string, string[]>();
      for (const { Effect, Action, Resource, Condition } of statements) {
        expect([Effect, Condition]).to.deep.equal(['Allow', undefined]);
        const actions = (Action as readonly string[]).join();
        found.set(actions, [...(found.get(actions) ?? []), ...(Resource as readonly string[])]);
      }
      const sorted = (of: Iterable<readonly [string, readonly string[]]>): unknown => Object.fromEntries([...of].map(([actions, resources]) => [actions, [...resources].sort()]));
      expect(sorted(found)).to.deep.equal(sorted(Object.entries(expected)));
    });
  }

  it('LKC-112 has roles whose policies IAM takes: it counts 10,240 characters without blanks', () => {
    for (const id of plans.keys()) expect(unread(() => JSON.stringify(ofType(stackOf(id), 'AWS::IAM::Role')['RegionSwitchRole'].Policies)).length, id).to.be.at.most(10_240);
  });

  it('LKC-112 is done in the time that production promises, with the minutes in which somebody decides', () => {
    const minutes = unread(() =>
      [...plans.keys()].flatMap((id) => (planOf(id)['Workflows'][0].Steps[0].ExecutionBlockConfiguration.ParallelConfig.Steps as readonly Row[]).map(({ ExecutionBlockConfiguration }) => Number((Object.values(ExecutionBlockConfiguration)[0] as Row)['TimeoutMinutes']))),
    );
    expect(recoveryTargets.decisionMinutes + Math.max(...minutes)).to.be.at.most(recoveryTargets.timeMinutes);
  });
});
