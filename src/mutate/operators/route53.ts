import { drop, removed, replace, set, turn, when } from '../mistakes';
import type { Operator } from '../operator';

const record = ['AWS::Route53::RecordSet'];
const check = ['AWS::Route53::HealthCheck'];
const failover = ['NIST 800-53 r5 CP-10', 'SOC 2 A1.2'];
const isAlias = ({ AliasTarget }: { readonly AliasTarget?: unknown }): boolean => AliasTarget !== undefined;
const isFailover = ({ Failover }: { readonly Failover?: unknown }): boolean => Failover !== undefined;

/** Mistakes in names, their failover and the checks that decide on it. */
export const route53Operators: readonly Operator[] = [
  { id: 'dns-record-unchecked', title: 'A failover or latency record has no health check: a dead region keeps its requests', severity: 'HIGH', controls: failover, types: record, mistake: drop('HealthCheckId') },
  { id: 'dns-target-health-ignored', title: 'The alias does not look at the health of its target', severity: 'HIGH', controls: failover, types: record, mistake: turn('AliasTarget.EvaluateTargetHealth', false) },
  { id: 'dns-two-primaries', title: 'Both records of a pair are the primary', severity: 'HIGH', controls: failover, types: record, mistake: when(isFailover, set('Failover', 'PRIMARY')) },
  { id: 'dns-two-secondaries', title: 'Both records of a pair are the secondary', severity: 'HIGH', controls: failover, types: record, mistake: when(isFailover, set('Failover', 'SECONDARY')) },
  { id: 'dns-failover-removed', title: 'The record of a pair is a simple one now: nothing fails over', severity: 'HIGH', controls: failover, types: record, mistake: drop('Failover') },
  { id: 'dns-pair-broken', title: 'One record of a failover pair is gone', severity: 'HIGH', controls: failover, types: record, mistake: when(isFailover, removed) },
  { id: 'dns-same-identifier', title: 'Both regions give their record the same identifier: one overwrites the other', severity: 'HIGH', controls: failover, types: record, mistake: replace('SetIdentifier', 'record') },
  { id: 'dns-slow-to-change', title: 'Clients keep an old address for a day', severity: 'MEDIUM', controls: failover, types: record, mistake: turn('TTL', '86400') },
  { id: 'dns-alias-removed', title: 'A name leads nowhere: its record is gone', severity: 'MEDIUM', controls: failover, types: record, mistake: when((properties) => isAlias(properties) && !isFailover(properties), removed) },
  { id: 'health-check-plain', title: 'The health check speaks plain HTTP', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 4.2.1', 'NIST 800-53 r5 SC-8'], types: check, mistake: turn('HealthCheckConfig.Type', 'HTTP') },
  { id: 'health-check-port-only', title: 'The health check asks whether the port is open, not whether the service works', severity: 'MEDIUM', controls: failover, types: check, mistake: turn('HealthCheckConfig.Type', 'TCP') },
  { id: 'health-check-slow', title: 'The health check asks every thirty seconds', severity: 'LOW', controls: failover, types: check, mistake: turn('HealthCheckConfig.RequestInterval', 30) },
  { id: 'health-check-patient', title: 'Ten checks must fail before traffic moves', severity: 'MEDIUM', controls: failover, types: check, mistake: turn('HealthCheckConfig.FailureThreshold', 10) },
  { id: 'health-check-disabled', title: 'The health check is off and counts as healthy', severity: 'HIGH', controls: failover, types: check, mistake: set('HealthCheckConfig.Disabled', true) },
  { id: 'health-check-inverted', title: 'The health check takes dead for healthy', severity: 'HIGH', controls: failover, types: check, mistake: set('HealthCheckConfig.Inverted', true) },
  { id: 'health-check-front-page', title: 'The health check asks for the front page, which works without the database', severity: 'MEDIUM', controls: failover, types: check, mistake: turn('HealthCheckConfig.ResourcePath', '/') },
  { id: 'health-check-no-server-name', title: 'The health check sends no server name: TLS fails and traffic moves for nothing', severity: 'MEDIUM', controls: failover, types: check, mistake: turn('HealthCheckConfig.EnableSNI', false) },
  { id: 'health-check-unknown-is-healthy', title: 'An alarm without data counts as healthy', severity: 'MEDIUM', controls: failover, types: check, mistake: turn('HealthCheckConfig.InsufficientDataHealthStatus', 'Healthy') },
  { id: 'zone-public', title: 'A private zone becomes public: internal names are readable by all', severity: 'HIGH', controls: ['PCI DSS 4.0.1 1.4.5', 'NIST 800-53 r5 SC-7'], types: ['AWS::Route53::HostedZone'], mistake: drop('VPCs') },
  { id: 'zone-query-log-removed', title: 'Queries of the zone are not recorded', severity: 'LOW', controls: ['NIST 800-53 r5 AU-2'], types: ['AWS::Route53::HostedZone'], mistake: drop('QueryLoggingConfig') },
];
