import type { ServiceObject, TargetGroupBinding } from '../../../src/cfn';
import { metadataOf, selectorOf, type Workload } from './workload-labels';

/** The port of services, whatever their pods listen on. */
const servicePort = 80;

/**
 * A workload's pods behind one name in the cluster, and registered in a target group that CloudFormation made: with this service and
 * binding, `fargateDeployment`'s pods get requests of its load balancer. No `networking` is given, because CloudFormation's security
 * groups already let the load balancer in; the controller would otherwise write rules of its own.
 * @param targetGroupArn of target type `ip`, the only one for Fargate
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/
 */
export function loadBalanced(workload: Workload, targetGroupArn: string): readonly [ServiceObject, TargetGroupBinding] {
  const metadata = metadataOf(workload);
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { type: 'ClusterIP', selector: selectorOf(workload), ports: [{ name: 'http', port: servicePort, targetPort: 'http', protocol: 'TCP' }] },
    },
    {
      apiVersion: 'elbv2.k8s.aws/v1beta1',
      kind: 'TargetGroupBinding',
      metadata,
      spec: { targetGroupARN: targetGroupArn, targetType: 'ip', ipAddressType: 'ipv4', serviceRef: { name: workload.name, port: 'http' } },
    },
  ];
}
