import { isObject, type JsonObject } from '../json';
import { anyOf, drop, edit, replace, when, withElement } from '../mistakes';
import type { Operator, Resource } from '../operator';

const ingress = ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress'];
const egress = ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupEgress'];
const inbound = ['PCI DSS 4.0.1 1.3.1', 'NIST 800-53 r5 SC-7', 'SOC 2 CC6.6'];
const remote = ['CIS AWS 5.0.0 5.3', ...inbound];

const sources = ['CidrIp', 'CidrIpv6', 'SourceSecurityGroupId', 'SourceSecurityGroupOwnerId', 'SourcePrefixListId', 'DestinationSecurityGroupId', 'DestinationPrefixListId'];
const from = (rule: JsonObject, source: JsonObject): JsonObject => ({ ...Object.fromEntries(Object.entries(rule).filter(([key]) => !sources.includes(key))), ...source });

/** Writes one rule, inline in a group or a resource of its own. */
const inRules = (type: 'Ingress' | 'Egress', change: (rule: JsonObject) => JsonObject | undefined) =>
  anyOf(
    edit(`SecurityGroup${type}[]`, (rule) => (isObject(rule) ? change(rule) : undefined)),
    when((_properties, { Type }) => Type === `AWS::EC2::SecurityGroup${type}`, edit('$.Properties', (rule) => (isObject(rule) ? change(rule) : undefined))),
  );

/** A rule added to a group, or written over a rule that is a resource of its own. */
const opening = (type: 'Ingress' | 'Egress', rule: JsonObject) =>
  anyOf(
    when((_properties: JsonObject, { Type }: Resource) => Type === 'AWS::EC2::SecurityGroup', withElement(`SecurityGroup${type}`, rule)),
    when((_properties: JsonObject, { Type }: Resource) => Type === `AWS::EC2::SecurityGroup${type}`, edit('$.Properties', (own) => (isObject(own) ? { ...from(own, {}), ...rule } : undefined))),
  );
const port = (number: number, source: JsonObject): JsonObject => ({ IpProtocol: 'tcp', FromPort: number, ToPort: number, Description: 'temporary', ...source });
const world = { CidrIp: '0.0.0.0/0' };
const worldV6 = { CidrIpv6: '::/0' };

/** Mistakes in security groups. */
export const securityGroupOperators: readonly Operator[] = [
  { id: 'sg-source-world', title: 'A rule that named a source lets the whole internet in', severity: 'CRITICAL', controls: inbound, types: ingress, mistake: inRules('Ingress', (rule) => (rule.CidrIp === '0.0.0.0/0' ? undefined : from(rule, world))) },
  { id: 'sg-source-world-ipv6', title: 'A rule that named a source lets the whole internet in by IPv6', severity: 'CRITICAL', controls: inbound, types: ingress, mistake: inRules('Ingress', (rule) => (rule.CidrIpv6 === '::/0' ? undefined : from(rule, worldV6))) },
  { id: 'sg-source-half-the-world', title: 'A rule lets half of all addresses in, which no search for 0.0.0.0/0 finds', severity: 'HIGH', controls: inbound, types: ingress, mistake: inRules('Ingress', (rule) => from(rule, { CidrIp: '128.0.0.0/1' })) },
  { id: 'sg-shell-from-world', title: 'SSH is open to the internet', severity: 'CRITICAL', controls: remote, types: ingress, mistake: opening('Ingress', port(22, world)) },
  { id: 'sg-desktop-from-world', title: 'Remote desktop is open to the internet', severity: 'CRITICAL', controls: remote, types: ingress, mistake: opening('Ingress', port(3389, world)) },
  { id: 'sg-shell-from-world-ipv6', title: 'SSH is open to the internet by IPv6', severity: 'CRITICAL', controls: remote, types: ingress, mistake: opening('Ingress', port(22, worldV6)) },
  { id: 'sg-mysql-from-world', title: 'The database port is open to the internet', severity: 'CRITICAL', controls: ['PCI DSS 4.0.1 1.4.4', ...inbound], types: ingress, mistake: opening('Ingress', port(3306, world)) },
  { id: 'sg-redis-from-world', title: 'The cache port is open to the internet', severity: 'CRITICAL', controls: ['PCI DSS 4.0.1 1.4.4', ...inbound], types: ingress, mistake: opening('Ingress', port(6379, world)) },
  { id: 'sg-everything-from-world', title: 'Every protocol and port is open to the internet', severity: 'CRITICAL', controls: inbound, types: ingress, mistake: opening('Ingress', { IpProtocol: '-1', Description: 'temporary', ...world }) },
  { id: 'sg-wide-port-range', title: 'A rule opens all ports instead of one', severity: 'HIGH', controls: ['PCI DSS 4.0.1 1.2.5', 'NIST 800-53 r5 CM-7'], types: ingress, mistake: inRules('Ingress', (rule) => (rule.IpProtocol === '-1' ? undefined : { ...rule, FromPort: 0, ToPort: 65_535 })) },
  { id: 'sg-every-protocol', title: 'A rule opens every protocol instead of one port', severity: 'HIGH', controls: ['PCI DSS 4.0.1 1.2.5', 'NIST 800-53 r5 CM-7'], types: ingress, mistake: inRules('Ingress', ({ FromPort: _from, ToPort: _to, ...rule }) => (rule.IpProtocol === '-1' ? undefined : { ...rule, IpProtocol: '-1' })) },
  { id: 'sg-plain-http-from-world', title: 'The load balancer takes plain HTTP on another port from everywhere', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 4.2.1', ...inbound], types: ingress, mistake: opening('Ingress', port(8080, world)) },
  { id: 'sg-egress-anywhere', title: 'A group that may reach named targets may reach the whole internet', severity: 'HIGH', controls: ['PCI DSS 4.0.1 1.3.2', 'NIST 800-53 r5 SC-7'], types: egress,
    mistake: inRules('Egress', ({ FromPort: _from, ToPort: _to, ...rule }) => ({ ...from(rule, world), IpProtocol: '-1' })) },
  { id: 'sg-egress-default', title: 'A group says nothing of egress: CloudFormation opens all', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 1.3.2', 'NIST 800-53 r5 SC-7'], types: ['AWS::EC2::SecurityGroup'], mistake: drop('SecurityGroupEgress') },
  { id: 'sg-egress-wide-port-range', title: 'A rule lets out to all ports instead of one', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 1.3.2'], types: egress, mistake: inRules('Egress', (rule) => (rule.FromPort === undefined ? undefined : { ...rule, FromPort: 0, ToPort: 65_535 })) },
  { id: 'sg-rule-without-description', title: 'Nobody can tell what a rule is for', severity: 'LOW', controls: ['PCI DSS 4.0.1 1.2.5'], types: [...ingress, 'AWS::EC2::SecurityGroupEgress'], mistake: anyOf(inRules('Ingress', ({ Description, ...rule }) => (Description === undefined ? undefined : rule)), inRules('Egress', ({ Description, ...rule }) => (Description === undefined ? undefined : rule))) },
  { id: 'sg-fixed-name', title: 'The group has a fixed name: a second environment in the same network cannot create it', severity: 'LOW', controls: ['NIST 800-53 r5 CM-8'], types: ['AWS::EC2::SecurityGroup'], mistake: replace('GroupName', 'application') },
];
