import { drop, edit, removed, set, turn, without } from '../mistakes';
import type { Operator } from '../operator';
import { isObject } from '../json';

const alarm = ['AWS::CloudWatch::Alarm'];
const noticed = ['PCI DSS 4.0.1 10.7.2', 'NIST 800-53 r5 SI-4', 'SOC 2 CC7.2'];
const spending = ['SOC 2 CC7.2', 'NIST 800-53 r5 SI-4'];

/** Mistakes in alarms, event rules, budgets and canaries: what nobody hears of. */
export const monitoringOperators: readonly Operator[] = [
  { id: 'alarm-tells-nobody', title: 'The alarm tells nobody', severity: 'HIGH', controls: noticed, types: [...alarm, 'AWS::CloudWatch::CompositeAlarm'], mistake: drop('AlarmActions') },
  { id: 'alarm-actions-off', title: 'The actions of the alarm are switched off', severity: 'HIGH', controls: noticed, types: [...alarm, 'AWS::CloudWatch::CompositeAlarm'], mistake: set('ActionsEnabled', false) },
  { id: 'alarm-actions-emptied', title: 'The list of the alarm\'s actions is empty', severity: 'HIGH', controls: noticed, types: alarm, mistake: without('AlarmActions', () => true) },
  { id: 'alarm-removed', title: 'An alarm is gone', severity: 'MEDIUM', controls: noticed, types: alarm, mistake: removed },
  { id: 'alarm-silent-when-blind', title: 'The alarm keeps its state when no data comes any more', severity: 'MEDIUM', controls: noticed, types: alarm, mistake: turn('TreatMissingData', 'ignore') },
  { id: 'alarm-missing-data-is-fine', title: 'An alarm that watches for silence takes silence for good', severity: 'HIGH', controls: noticed, types: alarm, mistake: edit('TreatMissingData', (now) => (now === 'breaching' ? 'notBreaching' : undefined)) },
  { id: 'alarm-missing-data-unset', title: 'The alarm says nothing of missing data', severity: 'LOW', controls: noticed, types: alarm, mistake: drop('TreatMissingData') },
  { id: 'alarm-unreachable-threshold', title: 'The threshold is never reached', severity: 'MEDIUM', controls: noticed, types: alarm, mistake: edit('Threshold', (now, holder) => (now === undefined || isObject(now) ? undefined : /^Less/.test(String(holder.ComparisonOperator)) ? -1_000_000_000_000 : 1_000_000_000_000)) },
  { id: 'alarm-misspelt-metric', title: 'The alarm watches a metric that does not exist', severity: 'HIGH', controls: noticed, types: alarm, mistake: edit('MetricName', (name) => (typeof name === 'string' ? `${name}s` : undefined)) },
  { id: 'alarm-wrong-namespace', title: 'The alarm watches a namespace without data', severity: 'HIGH', controls: noticed, types: alarm, mistake: edit('Namespace', (name) => (typeof name === 'string' && name.startsWith('AWS/') ? name.toLowerCase() : undefined)) },
  { id: 'alarm-dimension-lost', title: 'The alarm watches a metric without its dimensions, which has no data', severity: 'HIGH', controls: noticed, types: alarm, mistake: drop('Dimensions') },
  { id: 'alarm-slow', title: 'The alarm rings after a day', severity: 'MEDIUM', controls: noticed, types: alarm, mistake: edit('EvaluationPeriods', (now, { Period }) => (typeof now === 'number' && typeof Period === 'number' && Period <= 3600 ? Math.floor(86_400 / Period) : undefined)) },
  { id: 'event-rule-off', title: 'The rule that reacts to events is switched off', severity: 'HIGH', controls: noticed, types: ['AWS::Events::Rule'], mistake: set('State', 'DISABLED') },
  { id: 'event-rule-without-target', title: 'Events are noticed and told to nobody', severity: 'HIGH', controls: noticed, types: ['AWS::Events::Rule'], mistake: drop('Targets') },
  { id: 'event-target-loses-events', title: 'An event that the target refuses is lost', severity: 'MEDIUM', controls: noticed, types: ['AWS::Events::Rule'], mistake: drop('Targets[].DeadLetterConfig') },
  { id: 'event-rule-removed', title: 'A rule that reacts to events is gone', severity: 'MEDIUM', controls: noticed, types: ['AWS::Events::Rule'], mistake: removed },
  { id: 'event-bus-anybody', title: 'Anybody may put events on the bus', severity: 'HIGH', controls: ['NIST 800-53 r5 AC-3'], types: ['AWS::Events::EventBusPolicy'], mistake: set('Statement', { Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: '*' }) },
  { id: 'budget-tells-nobody', title: 'Nobody hears that the budget is spent', severity: 'MEDIUM', controls: spending, types: ['AWS::Budgets::Budget'], mistake: drop('NotificationsWithSubscribers') },
  { id: 'budget-late', title: 'The budget is told when it is spent ten times', severity: 'LOW', controls: spending, types: ['AWS::Budgets::Budget'], mistake: turn('NotificationsWithSubscribers[].Notification.Threshold', 1000) },
  { id: 'budget-counts-nothing', title: 'The budget names no metric, and counts nothing', severity: 'MEDIUM', controls: spending, types: ['AWS::Budgets::Budget'], mistake: drop('Budget.Metrics') },
  { id: 'anomaly-told-by-mail-at-once', title: 'Unusual spending is to be mailed at once, which AWS does not do', severity: 'MEDIUM', controls: spending, types: ['AWS::CE::AnomalySubscription'], mistake: edit('Subscribers', (now, { Frequency }) => (Frequency === 'IMMEDIATE' && now !== undefined ? [{ Type: 'EMAIL', Address: 'a@example.com' }] : undefined)) },
  { id: 'anomaly-subscription-removed', title: 'Nobody hears of unusual spending', severity: 'MEDIUM', controls: spending, types: ['AWS::CE::AnomalySubscription'], mistake: removed },
  { id: 'objective-lowered', title: 'The objective is met by a service that fails every tenth request', severity: 'MEDIUM', controls: ['SOC 2 A1.1'], types: ['AWS::ApplicationSignals::ServiceLevelObjective'], mistake: turn('Goal.AttainmentGoal', 90) },
  { id: 'objective-removed', title: 'The service has no objective', severity: 'LOW', controls: ['SOC 2 A1.1'], types: ['AWS::ApplicationSignals::ServiceLevelObjective'], mistake: removed },
  { id: 'canary-stopped', title: 'The canary that tries the service is not started', severity: 'MEDIUM', controls: noticed, types: ['AWS::Synthetics::Canary'], mistake: turn('StartCanaryAfterCreation', false) },
  { id: 'detector-off', title: 'Threat detection is switched off', severity: 'HIGH', controls: ['PCI DSS 4.0.1 11.5.1', 'NIST 800-53 r5 SI-4'], types: ['AWS::GuardDuty::Detector'], mistake: set('Enable', false) },
  { id: 'configuration-recorder-partial', title: 'Configuration changes of some types are not recorded', severity: 'MEDIUM', controls: ['CIS AWS 5.0.0 3.3', 'NIST 800-53 r5 CM-8'], types: ['AWS::Config::ConfigurationRecorder'], mistake: turn('RecordingGroup', { AllSupported: false, ResourceTypes: ['AWS::EC2::Instance'] }) },
];
