import { expect } from 'chai';
import { edgeDns } from '../../../templates/systems/fintech-global/edge-dns';
import { failoverRunbook } from '../../../templates/systems/fintech-global/recovery';
import { regionSwitchRole } from '../../../templates/systems/fintech-global/region-switch-role';
import { requirement } from '../../requirements/requirement';
import { account, bothRegions, environmentNames, instanceOf, ofType } from './built';
import { objectsOf } from './cluster-objects';
import { namespaces, shorts } from './everywhere';

const prefix = 'fintechglobal';
const services = ['api', 'worker'];

for (const environment of environmentNames) {
  const suffix = `${shorts[environment]}-main`;
  const role = `${prefix}-switch-${suffix}-us-east-1`;
  const plan = (): any => ofType(instanceOf(edgeDns, environment).root, 'AWS::ARCRegionSwitch::Plan')['RegionSwitch'];
  const databases = bothRegions.map((region) => `arn:aws:rds:${region}:${account}:cluster:${prefix}-aurora-${suffix}-${region}`);
  const clusters = bothRegions.map((region) => `arn:aws:eks:${region}:${account}:cluster/${prefix}-cluster-${suffix}`);

  describe(`FinTech Global region switch of ${environment}`, () => {
    requirement('FTG-28 FTG-79', 'has a plan for both regions, which leaves DNS to the health checks and waits for a person', () => {
      expect(plan()).to.deep.include({
        Name: `${prefix}-switch-${suffix}`,
        Description: `Makes the database of a region the one that writes and scales its pods. Before starting it read ${failoverRunbook}`,
        ExecutionRole: `arn:aws:iam::${account}:role/${role}`,
        RecoveryApproach: 'activePassive',
        PrimaryRegion: 'us-east-1',
        Regions: [...bothRegions],
        RecoveryTimeObjectiveMinutes: 30,
      });
      expect(plan()).not.to.have.any.keys('Triggers', 'AssociatedAlarms');
      expect(plan().Workflows.map(({ WorkflowTargetAction, WorkflowTargetRegion }: Record<string, string>) => [WorkflowTargetAction, WorkflowTargetRegion])).to.deep.equal([
        ['activate', 'ap-southeast-1'],
        ['activate', 'us-east-1'],
      ]);
    });

    for (const [at, direction] of [[0, 'failover'], [1, 'failback']] as const) {
      const steps = (): readonly any[] => plan().Workflows[at].Steps[0].ExecutionBlockConfiguration.ParallelConfig.Steps;

      requirement('FTG-28 FTG-79', `moves database and pods at the same time, on ${direction}`, () => {
        const [{ Name, ExecutionBlockType }, ...more] = plan().Workflows[at].Steps;
        expect([Name, ExecutionBlockType, ...more]).to.deep.equal(['activate', 'Parallel']);
        expect(steps().map((step) => [step.Name, step.ExecutionBlockType])).to.deep.equal([['switch-database', 'AuroraGlobalDatabase'], ...services.map((name) => [`scale-${name}`, 'EKSResourceScaling'])]);
      });

      requirement('FTG-79', `switches the database over without loss unless somebody says that its region is lost, on ${direction}`, () => {
        expect(steps()[0].ExecutionBlockConfiguration.GlobalAuroraConfig).to.deep.equal({
          GlobalClusterIdentifier: `${prefix}-global-${suffix}`,
          DatabaseClusterArns: databases,
          Behavior: 'switchoverOnly',
          Ungraceful: { Ungraceful: 'failover' },
          TimeoutMinutes: 20,
        });
      });

      for (const [index, name] of services.entries()) {
        requirement('FTG-28', `brings ${name} to all the pods that the other region had in the last day, on ${direction}`, () => {
          const pods = { Namespace: namespaces[environment], Name: name, HpaName: name };
          expect(steps()[index + 1].ExecutionBlockConfiguration.EksResourceScalingConfig).to.deep.equal({
            KubernetesResourceType: { ApiVersion: 'apps/v1', Kind: 'Deployment' },
            ScalingResources: [{ [name]: { 'us-east-1': pods, 'ap-southeast-1': pods } }],
            EksClusters: clusters.map((ClusterArn) => ({ ClusterArn })),
            CapacityMonitoringApproach: 'sampledMaxInLast24Hours',
            TargetPercent: 100,
            TimeoutMinutes: 20,
            Ungraceful: { MinimumSuccessPercentage: 50 },
          });
        });
      }
    }

    for (const region of bothRegions) {
      requirement('FTG-23 FTG-28', `names deployments and autoscalers that the manifests of ${region} have`, () => {
        const scaled = plan().Workflows[0].Steps[0].ExecutionBlockConfiguration.ParallelConfig.Steps.slice(1).map(({ ExecutionBlockConfiguration }: any) => Object.values<any>(ExecutionBlockConfiguration.EksResourceScalingConfig.ScalingResources[0])[0][region]);
        expect(scaled.map(({ Name }: Record<string, string>) => Name)).to.deep.equal(services);
        for (const { Namespace, Name, HpaName } of scaled) {
          const named = (id: string): unknown[] => [objectsOf(environment, region)[id]?.metadata.name, objectsOf(environment, region)[id]?.metadata.namespace];
          expect(named(`Deployment/${Name}`)).to.deep.equal([Name, Namespace]);
          expect(named(`HorizontalPodAutoscaler/${HpaName}`)).to.deep.equal([HpaName, Namespace]);
        }
      });
    }

    requirement('FTG-28 FTG-79', 'lets the plan move this database and see these clusters, whose access entries let it scale, and nothing else by name', () => {
      const { RoleName, AssumeRolePolicyDocument, Policies } = ofType(instanceOf(regionSwitchRole, environment).root, 'AWS::IAM::Role')['RegionSwitchRole'];
      expect(RoleName).to.equal(role);
      expect(AssumeRolePolicyDocument).to.deep.equal({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'arc-region-switch.amazonaws.com' }, Action: ['sts:AssumeRole'] }] });
      const allow = (Action: readonly string[], Resource: readonly string[]) => ({ Effect: 'Allow', Action, Resource });
      expect(Policies.map(({ PolicyDocument }: { PolicyDocument: { Statement: unknown } }) => PolicyDocument.Statement)).to.deep.equal([
        [
          allow(['rds:DescribeGlobalClusters', 'rds:DescribeDBClusters'], ['*']),
          allow(['rds:FailoverGlobalCluster', 'rds:SwitchoverGlobalCluster'], [`arn:aws:rds::${account}:global-cluster:${prefix}-global-${suffix}`, ...databases]),
          allow(['eks:DescribeCluster'], clusters),
          allow(['eks:ListAssociatedAccessPolicies'], bothRegions.map((region) => `arn:aws:eks:${region}:${account}:access-entry/${prefix}-cluster-${suffix}/*`)),
          allow(['arc-region-switch:GetPlan', 'arc-region-switch:GetPlanExecution', 'arc-region-switch:ListPlanExecutions'], [`arn:aws:arc-region-switch::${account}:plan/${prefix}-switch-${suffix}:*`]),
          allow(['iam:SimulatePrincipalPolicy'], [`arn:aws:iam::${account}:role/${role}`]),
        ],
      ]);
    });
  });
}
