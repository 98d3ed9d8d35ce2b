const intOrText = { type: ['integer', 'string'] };

/** An object that takes no other fields than these. */
const closed = (properties: Readonly<Record<string, object>>, required: readonly string[]) => ({ type: 'object', properties, required, additionalProperties: false });

const metadata = closed({ name: { type: 'string' }, namespace: { type: 'string' }, labels: { type: 'object', additionalProperties: { type: 'string' } }, annotations: { type: 'object', additionalProperties: { type: 'string' } } }, ['name', 'namespace']);

/**
 * Schemas of custom resources, by API version and kind, which Kubernetes' own don't know. They hold what our manifests use, of the
 * controller's definition in version 3.5.0, and take nothing else; `targetGroupARN` and `targetType` are optional there.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/spec/
 */
export const ownSchemas: Readonly<Record<string, object>> = {
  'elbv2.k8s.aws/v1beta1 TargetGroupBinding': closed(
    {
      apiVersion: { const: 'elbv2.k8s.aws/v1beta1' },
      kind: { const: 'TargetGroupBinding' },
      metadata,
      spec: closed(
        {
          targetGroupARN: { type: 'string' },
          targetType: { enum: ['instance', 'ip'] },
          ipAddressType: { enum: ['ipv4', 'ipv6'] },
          serviceRef: closed({ name: { type: 'string' }, port: intOrText }, ['name', 'port']),
        },
        ['targetGroupARN', 'targetType', 'serviceRef'],
      ),
    },
    ['apiVersion', 'kind', 'metadata', 'spec'],
  ),
};
