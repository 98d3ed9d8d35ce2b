import { judgeEach, type Invariant } from './invariant';

/** @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover.html */
export const healthChecks: Invariant = {
  id: 'health_checks_decide_something',
  title: 'Every health check decides about a record, a calculated check or an alarm, and a failover record takes the one of its region',
  severity: 'MEDIUM',
  controls: ['NIST 800-53 r5 SI-13(5)', 'SOC 2 A1.2'],
  requirements: ['KSH-107'],
  fix: 'Give the id of the health check to failoverRecord() of its region',
  ofCatalogue: true,
  judge: (environment) => {
    const records = environment.of('AWS::Route53::RecordSet');
    const users = [...records, ...environment.of('AWS::Route53::HealthCheck', 'AWS::CloudWatch::Alarm')];
    return judgeEach(environment.of('AWS::Route53::HealthCheck'), (check) => {
      if (!users.some((user) => user !== check && environment.targets(user.resource.properties).includes(check))) return [{ resource: check, what: 'Nothing depends on the health check', now: 'no record, calculated check or alarm names it' }];
      return records
        .filter((record) => environment.target(record.at('HealthCheckId')) === check && record.region !== check.region)
        .map((record) => ({ resource: record, property: 'HealthCheckId', what: 'The record follows the health check of another region', now: `HealthCheckId of ${check.logicalId} in ${check.region}` }));
    });
  },
};
