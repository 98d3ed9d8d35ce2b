import { expect } from 'chai';
import type { TemplateBuilder } from '../../../../src/cfn';
import { regionSwitchPlan, type RegionSwitchPlanSettings } from '../../../../templates/modules/dns/region-switch-plan';
import { auroraGlobalDatabase, promotedReplica, type SwitchedDatabase } from '../../../../templates/modules/dns/switched-database';
import { builderOf } from '../../../cfn/builder';
import { properties } from '../emitting';

type Builder = ReturnType<typeof builderOf>;

const replica = (t: Builder): SwitchedDatabase => promotedReplica(t.context.regions, { primary: t.resourceName('writer'), secondary: t.resourceName('reader') });
const aurora = (t: Builder): SwitchedDatabase => auroraGlobalDatabase(t.context.regions, { globalCluster: t.resourceName('global'), cluster: t.resourceName('aurora') });

function planned(database: (t: Builder) => SwitchedDatabase, more: (t: Builder) => Partial<RegionSwitchPlanSettings> = () => ({})): { readonly plan: any; readonly role: any; readonly t: Builder } {
  const t = builderOf();
  regionSwitchPlan(t as TemplateBuilder<{}, unknown>, 'Plan', {
    name: 'switch',
    description: 'switch',
    recoveryTimeObjectiveMinutes: 30,
    database: database(t),
    cluster: t.resourceName('cluster'),
    services: [{ name: 'api', service: t.resourceName('api') }],
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

  it('loses nothing of an Aurora global database unless it is started without its graceful mode', () => {
    const [{ ExecutionBlockConfiguration }] = stepsOf(planned(aurora).plan);
    expect(ExecutionBlockConfiguration.GlobalAuroraConfig).to.deep.include({ Behavior: 'switchoverOnly', Ungraceful: { Ungraceful: 'failover' } });
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
});
