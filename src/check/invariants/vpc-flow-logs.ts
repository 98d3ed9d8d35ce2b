import { judgeEach, type Invariant } from './invariant';

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html */
export const vpcFlowLogs: Invariant = {
  id: 'vpc_has_a_flow_log_of_its_own',
  title: 'Every VPC has a flow log of its own, of all its traffic',
  severity: 'HIGH',
  controls: ['PCI DSS 4.0.1 10.2.1', 'NIST 800-53 r5 AU-12', 'SOC 2 CC7.2', 'CIS AWS 5.0.0 3.7'],
  requirements: ['KSH-13', 'KSH-21', 'FIN-46'],
  fix: 'Call flowLog() with the VPC, which records all traffic',
  judge: (environment) =>
    judgeEach(environment.of('AWS::EC2::VPC'), (vpc) => {
      const here = environment.of('AWS::EC2::FlowLog').filter(({ region }) => region === vpc.region);
      const own = here.filter((log) => environment.target(log.at('ResourceId')) === vpc && (log.at('ResourceType') === 'VPC' || typeof log.at('ResourceType') === 'object'));
      const elsewhere = here.some((log) => typeof log.at('ResourceId') !== 'string' && !environment.target(log.at('ResourceId')));
      if (elsewhere || own.some((log) => log.at('TrafficType') === 'ALL' || typeof log.at('TrafficType') === 'object')) return [];
      const [partly] = own;
      if (partly) {
        const now = `TrafficType: ${String(partly.at('TrafficType') ?? '(absent)')}`;
        return [{ resource: partly, property: 'TrafficType', what: 'The only flow log of the VPC leaves out part of its traffic', now, fix: 'Set TrafficType to ALL, as flowLog() does' }];
      }
      return [{ resource: vpc, what: 'No flow log records the traffic of the VPC', now: `${here.length} flow logs in ${vpc.region}, none of this VPC` }];
    }),
};
