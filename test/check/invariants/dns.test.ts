import { failoverRecords } from '../../../src/check/invariants/failover-records';
import { healthChecks } from '../../../src/check/invariants/health-checks';
import { healthPaths } from '../../../src/check/invariants/health-paths';
import { regionSwitch } from '../../../src/check/invariants/region-switch';
import { att, itJudges, ref, resource, type Resources } from './small-system';

const Check = resource('AWS::Route53::HealthCheck');
const record = (Failover: unknown, SetIdentifier: unknown, more: object = { HealthCheckId: ref('Check') }) => resource('AWS::Route53::RecordSet', { Name: { 'Fn::Sub': 'origin.${Domain}' }, Type: 'A', Failover, SetIdentifier, ...more });
const regions = (primary: Resources, secondary: Resources) => ({ platform: { 'us-east-1': { Check, ...primary }, 'ap-southeast-1': { Check, ...secondary } } });
const options = { unknown: ['Domain', 'Given'] };
const pair = regions({ Record: record('PRIMARY', 'one') }, { Record: record('SECONDARY', 'two') });

describe('failover records', () => {
  const unpaired = 'Record us-east-1: Failover records of a name are not one primary and one secondary';
  itJudges(failoverRecords, [
    { name: 'do not apply where there is none', system: { platform: { 'us-east-1': { Check } } }, options, verdict: 'did-not-apply' },
    { name: 'are a pair over two regions, of a name that deployment completes', system: pair, options, verdict: [] },
    { name: 'lack the secondary', system: regions({ Record: record('PRIMARY', 'one') }, {}), options, verdict: [unpaired] },
    { name: 'are two primaries', system: regions({ Record: record('PRIMARY', 'one') }, { Record: record('PRIMARY', 'two') }), options, verdict: [unpaired] },
    { name: 'are of two names', system: regions({ Record: record('PRIMARY', 'one') }, { Record: record('SECONDARY', 'two', { Name: 'other.example.com', HealthCheckId: 'a' }) }), options, verdict: [unpaired, 'Record ap-southeast-1: Failover records of a name are not one primary and one secondary'] },
    { name: 'have the same identifier', system: regions({ Record: record('PRIMARY', 'one') }, { Record: record('SECONDARY', 'one') }), options, verdict: ['Record ap-southeast-1: Both failover records of a name have the same identifier: the second overwrites the first'] },
    { name: 'have a primary that nothing checks', system: regions({ Record: record('PRIMARY', 'one', { AliasTarget: { EvaluateTargetHealth: false } }) }, { Record: record('SECONDARY', 'two') }), options, verdict: ['Record us-east-1: Nothing tells Route 53 when the record fails'] },
    { name: 'are checked through the alias target', system: regions({ Record: record('PRIMARY', 'one', { AliasTarget: { EvaluateTargetHealth: true } }) }, { Record: record('SECONDARY', 'two') }), options, verdict: [] },
    { name: 'may have roles that deployment decides', system: regions({ Record: record(ref('Given'), 'one') }, {}), options, verdict: 'did-not-apply' },
  ]);
});

describe('a health check', () => {
  itJudges(healthChecks, [
    { name: 'does not apply where there is none', system: { platform: { 'us-east-1': { Topic: resource('AWS::SNS::Topic') } } }, options, verdict: 'did-not-apply' },
    { name: 'decides about the record of its region', system: pair, options, verdict: [] },
    { name: 'decides nothing', system: { platform: { 'us-east-1': { Check } } }, options, verdict: ['Check us-east-1: Nothing depends on the health check'] },
    { name: 'serves an alarm', system: { platform: { 'us-east-1': { Check, Alarm: resource('AWS::CloudWatch::Alarm', { Dimensions: [{ Name: 'HealthCheckId', Value: ref('Check') }] }) } } }, options, verdict: [] },
  ]);
});

describe('the path of a health check', () => {
  const asks = (ResourcePath: unknown = '/health/deep') => resource('AWS::Route53::HealthCheck', { HealthCheckConfig: { Type: 'HTTPS', ResourcePath, FullyQualifiedDomainName: att('Balancer', 'DNSName') } });
  const listener = (Type: string) => resource('AWS::ElasticLoadBalancingV2::Listener', { LoadBalancerArn: ref('Balancer'), DefaultActions: [{ Type }] });
  const forPath = (pattern: unknown, ...more: object[]) => resource('AWS::ElasticLoadBalancingV2::ListenerRule', { ListenerArn: ref('Listener'), Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: [pattern] } }, ...more] });
  const all = (rules: Resources, type = 'fixed-response') => ({ platform: { 'us-east-1': { Balancer: resource('AWS::ElasticLoadBalancingV2::LoadBalancer'), Listener: listener(type), Asks: asks(), ...rules } } });
  const refused = ['Asks us-east-1: The load balancer refuses what the health check asks for, so that the region counts as dead'];
  itJudges(healthPaths, [
    { name: 'does not apply to other endpoints', system: { platform: { 'us-east-1': { Check } } }, options, verdict: 'did-not-apply' },
    { name: 'has a rule', system: all({ Rule: forPath('/health/*') }), verdict: [] },
    { name: 'is forwarded like everything', system: all({}, 'forward'), verdict: [] },
    { name: 'has no rule', system: all({}), verdict: refused },
    { name: 'has a rule of another path', system: all({ Rule: forPath('/health') }), verdict: refused },
    { name: 'has a rule that asks for the header too', system: all({ Rule: forPath('/health/deep', { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'a', Values: ['b'] } }) }), verdict: refused },
    { name: 'may have the rule that deployment says', system: all({ Rule: forPath(ref('Given')) }), options, verdict: [] },
  ]);
});

describe('a region-switch plan', () => {
  const Table = resource('AWS::DynamoDB::Table');
  const plan = (...Regions: unknown[]) => resource('AWS::ARCRegionSwitch::Plan', { Regions });
  const data = { 'us-east-1': { Table }, 'ap-southeast-1': { Table } };
  const wrong = ['Plan us-east-1: The plan is for other regions than those of the data'];
  itJudges(regionSwitch, [
    { name: 'is no question of one region', system: { platform: { 'us-east-1': { Table } } }, verdict: 'did-not-apply' },
    { name: 'is no question outside production', system: { platform: data }, options: { environment: 'develop' }, verdict: 'did-not-apply' },
    { name: 'is for both regions', system: { platform: data, edge: { 'us-east-1': { Plan: plan('us-east-1', 'ap-southeast-1') } } }, verdict: [] },
    { name: 'is missing', system: { platform: data }, verdict: ['Table us-east-1: Nothing moves the system from ap-southeast-1 to us-east-1'] },
    { name: 'is for one region', system: { platform: data, edge: { 'us-east-1': { Plan: plan('us-east-1') } } }, verdict: wrong },
    { name: 'is for another region', system: { platform: data, edge: { 'us-east-1': { Plan: plan('us-east-1', 'eu-west-1') } } }, verdict: wrong },
    { name: 'may be for the regions that deployment says', system: { platform: data, edge: { 'us-east-1': { Plan: plan(ref('Given')) } } }, options, verdict: [] },
  ]);
});
