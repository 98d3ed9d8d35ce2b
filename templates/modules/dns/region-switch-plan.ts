import type { Handle, Name, Parameters, RegionPair, TemplateBuilder, Value } from '../../../src/cfn';
import { Plan } from '../../../src/cfn/generated/arcregionswitch';
import { arn } from '../security/policy';
import { serviceRole } from '../security/role';
import { regionSwitchRights } from './region-switch-rights';

/** A service that has the same name in both regions. */
export interface SwitchedService {
  /** Its part of the step's name, for example `frontend`. */
  readonly name: string;
  readonly service: Name;
}

/** A plan that makes one of two regions the active one. */
export interface RegionSwitchPlanSettings {
  /** Its part of names; the plan's whole name has at most 32 characters. */
  readonly name: string;
  readonly description: string;
  /** Minutes in which the switch should be done, 1 to 10,080; the plan's reports compare with it. */
  readonly recoveryTimeObjectiveMinutes: number;
  /** Identifiers of the database: in a region that is activated it must be a read replica then. */
  readonly databases: Readonly<Record<keyof RegionPair, Name>>;
  /** Name of the ECS cluster in both regions. */
  readonly cluster: Name;
  readonly services: readonly SwitchedService[];
  /** Minutes after which a step gives up. @default 20: promotions take minutes, and waiting longer than the objective helps nobody */
  readonly stepTimeoutMinutes?: number;
  /** Percent of the tasks with which a switch away from a lost region goes on. @default 50, because half of them serve better than none */
  readonly minimumCapacityPercent?: number;
}

/**
 * A region-switch plan of ARC: it promotes the database of the activated region and, at the same time, brings its services to
 * the strength that the other region had in the last day. A person starts it, in the region that is to be activated, for no
 * alarm can tell an outage from which a promotion, that can't be undone, is the way out. It leaves DNS alone: the health checks
 * of the origin's records move traffic.
 *
 * ARC names no source account when it assumes the role; who wants to give the role to another plan needs the right to pass it.
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/region-switch.html
 */
export function regionSwitchPlan(t: TemplateBuilder<Parameters, unknown>, id: string, settings: RegionSwitchPlanSettings): Handle<'AWS::ARCRegionSwitch::Plan', 'Arn' | string> {
  const { description, recoveryTimeObjectiveMinutes, databases, cluster, services, stepTimeoutMinutes = 20, minimumCapacityPercent = 50 } = settings;
  const { primary, secondary } = t.context.regions;
  const regions = [primary, secondary];
  const name = t.resourceName(settings.name);
  const roleName = t.resourceName(settings.name, 'account');

  const databaseArns: Readonly<Record<string, Value<string>>> = {
    [primary]: arn('rds', `db:${databases.primary.text}`, { region: primary }),
    [secondary]: arn('rds', `db:${databases.secondary.text}`, { region: secondary }),
  };
  const clusterArn = (region: string): Value<string> => arn('ecs', `cluster/${cluster.text}`, { region });
  const serviceArn = (service: Name, region: string): Value<string> => arn('ecs', `service/${cluster.text}/${service.text}`, { region });

  const promotion: Plan.Step = {
    Name: 'promote-database',
    ExecutionBlockType: 'RdsPromoteReadReplica',
    ExecutionBlockConfiguration: { RdsPromoteReadReplicaConfig: { DbInstanceArnMap: databaseArns, TimeoutMinutes: stepTimeoutMinutes } },
  };
  const scaling = ({ name: part, service }: SwitchedService): Plan.Step => ({
    Name: `scale-${part}`,
    ExecutionBlockType: 'ECSServiceScaling',
    ExecutionBlockConfiguration: {
      EcsCapacityIncreaseConfig: {
        // One service in each region: the block takes exactly two.
        Services: regions.map((region) => ({ ClusterArn: clusterArn(region), ServiceArn: serviceArn(service, region) })),
        CapacityMonitoringApproach: 'sampledMaxInLast24Hours',
        TargetPercent: 100,
        TimeoutMinutes: stepTimeoutMinutes,
        Ungraceful: { MinimumSuccessPercentage: minimumCapacityPercent },
      },
    },
  });
  const activation: Plan.Step = {
    Name: 'activate',
    ExecutionBlockType: 'Parallel',
    ExecutionBlockConfiguration: { ParallelConfig: { Steps: [promotion, ...services.map(scaling)] } },
  };

  const role = serviceRole(t, `${id}Role`, {
    name: roleName,
    description: 'Lets ARC promote the database and scale the services of the region that it activates',
    service: 'arc-region-switch.amazonaws.com',
    trustCondition: 'none',
    statements: regionSwitchRights({
      plan: name,
      role: roleName,
      databaseArns: Object.values(databaseArns),
      clusterArns: regions.map(clusterArn),
      serviceArns: services.flatMap(({ service }) => regions.map((region) => serviceArn(service, region))),
    }),
  });
  return t.add(
    id,
    new Plan({
      Name: name,
      Description: description,
      ExecutionRole: role.att('Arn'),
      RecoveryApproach: 'activePassive',
      PrimaryRegion: primary,
      Regions: regions,
      RecoveryTimeObjectiveMinutes: recoveryTimeObjectiveMinutes,
      Workflows: [
        { WorkflowTargetAction: 'activate', WorkflowTargetRegion: secondary, WorkflowDescription: 'Makes the secondary region the one that writes', Steps: [activation] },
        {
          WorkflowTargetAction: 'activate',
          WorkflowTargetRegion: primary,
          WorkflowDescription: 'Returns to the primary region, once its database has been made a replica of the secondary’s',
          Steps: [activation],
        },
      ],
    }),
  );
}
