import { edit, removed, set, turn } from '../mistakes';
import type { Operator } from '../operator';

const target = ['AWS::ApplicationAutoScaling::ScalableTarget'];
const policy = ['AWS::ApplicationAutoScaling::ScalingPolicy'];
const capacity = ['SOC 2 A1.1', 'NIST 800-53 r5 CP-10'];

/** Mistakes in scaling. */
export const scalingOperators: readonly Operator[] = [
  { id: 'scaling-down-to-one', title: 'Scaling may leave one task', severity: 'HIGH', controls: capacity, types: target, mistake: turn('MinCapacity', 1) },
  { id: 'scaling-down-to-none', title: 'Scaling may leave no task', severity: 'HIGH', controls: capacity, types: target, mistake: turn('MinCapacity', 0) },
  { id: 'scaling-no-room', title: 'Scaling may not add anything', severity: 'MEDIUM', controls: capacity, types: target, mistake: edit('MaxCapacity', (_now, { MinCapacity }) => (typeof MinCapacity === 'number' ? MinCapacity : undefined)) },
  { id: 'scaling-suspended', title: 'Scaling out is suspended', severity: 'HIGH', controls: capacity, types: target, mistake: set('SuspendedState', { DynamicScalingOutSuspended: true, DynamicScalingInSuspended: false, ScheduledScalingSuspended: false }) },
  { id: 'scaling-policy-removed', title: 'Nothing adds capacity when it is needed', severity: 'MEDIUM', controls: capacity, types: policy, mistake: removed },
  { id: 'scaling-too-late', title: 'Capacity is added when all of it is used', severity: 'MEDIUM', controls: capacity, types: policy, mistake: turn('TargetTrackingScalingPolicyConfiguration.TargetValue', 100) },
  { id: 'scaling-slow', title: 'Capacity is added once in an hour', severity: 'LOW', controls: capacity, types: policy, mistake: turn('TargetTrackingScalingPolicyConfiguration.ScaleOutCooldown', 3600) },
  { id: 'scaling-removed', title: 'The service does not scale', severity: 'HIGH', controls: capacity, types: target, mistake: removed },
];
