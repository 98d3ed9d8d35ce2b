import { expect } from 'chai';
import type { TemplateBuilder } from '../../../../src/cfn';
import { regionSwitchPlan, type RegionSwitchPlanSettings } from '../../../../templates/modules/dns/region-switch-plan';
import { regionSwitchRole } from '../../../../templates/modules/dns/region-switch-role';
import { allWorkloads, ecsServices, eksDeployments } from '../../../../templates/modules/dns/scaled-workloads';
import { auroraGlobalDatabase, promotedReplica, type SwitchedDatabase } from '../../../../templates/modules/dns/switched-database';
import { builderOf } from '../../../cfn/builder';
import { properties } from '../emitting';

type Builder = ReturnType<typeof builderOf>;

const replica = (t: Builder): SwitchedDatabase => promotedReplica(t.context.regions, { primary: t.resourceName('writer'), secondary: t.resourceName('reader') });
const aurora = (t: Builder): SwitchedDatabase => auroraGlobalDatabase(t.context.regions, { globalCluster: t.resourceName('global'), cluster: t.resourceName('aurora', 'account') });

function planned(database: (t: Builder) => SwitchedDatabase, more: (t: Builder) => Partial<RegionSwitchPlanSettings> = () => ({})): { readonly plan: any; readonly role: any; readonly t: Builder } {
  const t = builderOf();
  regionSwitchPlan(t as TemplateBuilder<{}, unknown>, 'Plan', {
    name: 'switch',
    description: 'switch',
    recoveryTimeObjectiveMinutes: 30,
    database: database(t),
    workloads: ecsServices(t.context.regions, { cluster: t.resourceName('cluster'), services: [{ name: 'api', service: t.resourceName('api') }] }),
    ...more(t),
  });
  return { plan: properties(t, 'Plan'), role: properties(t, 'PlanRole'), t };
}

const stepsOf = (plan: any): any[] => plan.Workflows[0].Steps[0].ExecutionBlockConfiguration.ParallelConfig.Steps;
const actionsOf = (role: any): string[] => role.Policies[0].PolicyDocument.Statement.flatMap(({ Action }: { Action: string[] }) => Action);

describe('The region-switch plan module', () => {
  for (const { title, database, block, rights, others } of [
    { title: 'promotes a replica of RDS', database: replica, block: 'RdsPromoteReadReplica', rights: 'rds:PromoteReadReplica', others: 'rds:FailoverGlobalCluster' },
    { title: 'switches an Aurora global database', database: aurora, block: 'AuroraGlobalDatabase', rights: 'rds:FailoverGlobalCluster', others: 'rds:PromoteReadReplica' },
  ]) {
    it(`${title} while it scales, with the rights for this and for no other kind of database`, () => {
      const { plan, role } = planned(database);
      expect(stepsOf(plan).map(({ ExecutionBlockType }) => ExecutionBlockType)).to.deep.equal([block, 'ECSServiceScaling']);
      expect(actionsOf(role)).to.contain(rights).and.not.to.contain(others);
    });
  }

  it('names each region’s cluster of a global database, and refuses clusters of one name', () => {
    const [switching] = stepsOf(planned(aurora).plan);
    expect(switching.ExecutionBlockConfiguration.GlobalAuroraConfig.DatabaseClusterArns).to.deep.equal(
      ['us-east-1', 'ap-southeast-1'].map((region) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:rds:${region}:\${AWS::AccountId}:cluster:kasha-aurora-prod-\${EnvironmentSuffix}-${region}` })),
    );
    const alike = (t: Builder) => auroraGlobalDatabase(t.context.regions, { globalCluster: t.resourceName('global'), cluster: t.resourceName('aurora') });
    expect(() => planned(alike)).to.throw('AWS wants the names to differ');
  });

  it('loses nothing of an Aurora global database unless it is started without its graceful mode', () => {
    const [{ ExecutionBlockConfiguration }] = stepsOf(planned(aurora).plan);
    expect(ExecutionBlockConfiguration.GlobalAuroraConfig).to.deep.include({ Behavior: 'switchoverOnly', Ungraceful: { Ungraceful: 'failover' } });
  });

  it('only scales beside a plan that moves the database, and may touch none then', () => {
    const { plan, role } = planned(aurora, () => ({ database: undefined }));
    expect(stepsOf(plan).map(({ ExecutionBlockType }) => ExecutionBlockType)).to.deep.equal(['ECSServiceScaling']);
    expect(actionsOf(role).filter((action) => action.startsWith('rds:'))).to.deep.equal([]);
  });

  it('scales services of several clusters, with the rights that they share given once', () => {
    const { plan, role } = planned(aurora, (t) => ({
      workloads: allWorkloads(['one', 'two'].map((name) => ecsServices(t.context.regions, { cluster: t.resourceName(name), services: [{ name, service: t.resourceName(`${name}-api`) }] }))),
    }));
    expect(stepsOf(plan).map(({ Name }) => Name)).to.deep.equal(['switch-database', 'scale-one', 'scale-two']);
    expect(actionsOf(role).filter((action) => action === 'ecs:ListServices')).to.have.length(1);
    expect(actionsOf(role).filter((action) => action === 'ecs:UpdateService')).to.have.length(2);
  });

  it('gives all steps the same time', () => {
    const timeouts = stepsOf(planned(aurora, () => ({ stepTimeoutMinutes: 7 })).plan).map(({ ExecutionBlockConfiguration }) => (Object.values(ExecutionBlockConfiguration)[0] as { TimeoutMinutes: number }).TimeoutMinutes);
    expect(timeouts).to.deep.equal([7, 7]);
  });

  it('is started by a person, unless an alarm of the secondary region may', () => {
    expect(planned(aurora).plan).not.to.have.any.keys('Triggers', 'AssociatedAlarms');
    expect(actionsOf(planned(aurora).role)).not.to.contain('cloudwatch:DescribeAlarms');

    const { plan, role, t } = planned(aurora, (builder) => ({ automatic: { alarm: builder.resourceName('lost') } }));
    const { secondary } = t.context.regions;
    expect(plan.Triggers.map(({ Action, TargetRegion, Conditions }: Record<string, unknown>) => ({ Action, TargetRegion, Conditions }))).to.deep.equal([
      { Action: 'activate', TargetRegion: secondary, Conditions: [{ AssociatedAlarmName: 'primary-lost', Condition: 'red' }] },
    ]);
    expect(plan.AssociatedAlarms['primary-lost'].AlarmType).to.equal('trigger');
    expect(plan.AssociatedAlarms['primary-lost'].ResourceIdentifier['Fn::Sub']).to.contain(`:cloudwatch:${secondary}:`).and.to.contain(':alarm:');
    expect(actionsOf(role)).to.include.members(['cloudwatch:DescribeAlarms', 'cloudwatch:DescribeAlarmHistory']);
  });

  describe('for Kubernetes', () => {
    const pods = (t: Builder) => eksDeployments(t.context.regions, { cluster: t.resourceName('cluster'), namespace: 'shop', deployments: ['api', 'worker'] });

    it('scales each deployment and its autoscaler in the clusters of both regions', () => {
      const { plan, t } = planned(aurora, (builder) => ({ workloads: pods(builder) }));
      const [, ...steps] = stepsOf(plan);
      expect(steps.map(({ Name, ExecutionBlockType }) => [Name, ExecutionBlockType])).to.deep.equal([['scale-api', 'EKSResourceScaling'], ['scale-worker', 'EKSResourceScaling']]);
      for (const [index, name] of ['api', 'worker'].entries()) {
        const { ScalingResources, EksClusters } = steps[index].ExecutionBlockConfiguration.EksResourceScalingConfig;
        const { primary, secondary } = t.context.regions;
        const where = { Namespace: 'shop', Name: name, HpaName: name };
        expect(ScalingResources).to.deep.equal([{ [name]: { [primary]: where, [secondary]: where } }]);
        expect(EksClusters.map(({ ClusterArn }: any) => /:eks:([^:]+):/.exec(ClusterArn['Fn::Sub'])?.[1])).to.deep.equal([primary, secondary]);
      }
    });

    it('asks IAM for what it reads of the clusters only: Kubernetes itself lets it scale', () => {
      const { role } = planned(aurora, (builder) => ({ workloads: pods(builder) }));
      expect(actionsOf(role).filter((action) => action.startsWith('eks:'))).to.deep.equal(['eks:DescribeCluster', 'eks:ListAssociatedAccessPolicies']);
      expect(actionsOf(role).filter((action) => action.startsWith('ecs:'))).to.deep.equal([]);
    });

    it('takes a role that stood before the clusters, whose access entries name it', () => {
      const t = builderOf();
      const role = regionSwitchRole(t, 'Before', { name: 'switch', database: aurora(t), workloads: pods(t) });
      regionSwitchPlan(t as TemplateBuilder<{}, unknown>, 'Plan', { name: 'switch', description: 'switch', recoveryTimeObjectiveMinutes: 30, database: aurora(t), workloads: pods(t), roleArn: role.att('Arn') });
      expect(properties(t, 'Plan')['ExecutionRole']).to.deep.equal({ 'Fn::GetAtt': ['Before', 'Arn'] });
      expect(t.template.Resources).not.to.have.property('PlanRole');
    });
  });
});
