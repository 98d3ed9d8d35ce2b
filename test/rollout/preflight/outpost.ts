import { defineSystem, Fn, type System } from '../../../src/cfn';
import { HostedZone } from '../../../src/cfn/generated/route53';
import { Bucket } from '../../../src/cfn/generated/s3';
import { Secret } from '../../../src/cfn/generated/secretsmanager';
import { Resource } from '../../../src/cfn/resource';
import { primary, secondary } from '../support/shop';

/** A resource of a type that no region has. */
class Thing extends Resource<object, never, string> {
  constructor(type: string) {
    super(type, {});
  }
}

/** A zone, and in both regions a bucket and a secret with names of their own. @param extra one more resource type */
export function outpost(extra?: string): System {
  return defineSystem({
    name: 'outpost',
    title: 'Test outpost',
    regions: { primary, secondary },
    namePattern: '{system}-{resource}-{environment}-{suffix}',
    costCenter: 'test',
    compliance: 'none',
    environments: { test: { short: 'tst', settings: {} } },
    deployments: (plan) =>
      plan
        .deploy('zone', { description: 'Test: zone', regions: { create: [primary], update: [primary] }, unless: 'HostedZoneId', parameters: { DomainName: { Type: 'String' } } }, (root) => {
          const zone = root.add('Zone', new HostedZone({ Name: root.param('DomainName') }));
          return { wires: { HostedZoneId: zone.ref() } };
        })
        .deploy('base', { description: 'Test: base', regions: { create: [secondary, primary], update: [secondary, primary] }, parameters: {} }, (root) => {
          root.add('Store', new Bucket({ BucketName: Fn.Sub('outpost-${AWS::AccountId}-${AWS::Region}') }));
          root.add('Key', new Secret({ Name: 'outpost-key', GenerateSecretString: {} }));
          if (extra !== undefined) root.add('Extra', new Thing(extra));
          return { wires: {} };
        }),
  });
}
