import { defineSystem, Fn, nest, templatesOf, type System, type Value } from '../../../src/cfn';
import { DBInstance } from '../../../src/cfn/generated/rds';
import { Resource } from '../../../src/cfn/resource';
import { Parameter } from '../../../src/cfn/generated/ssm';
import { primary, secondary } from '../support/shop';

/** A database type that no system of the catalogue uses yet. */
class AuroraResource<T extends string> extends Resource<Record<string, Value<unknown>>, 'Endpoint.Address', T> {
  constructor(type: T, properties: Record<string, Value<unknown>>) {
    super(type, properties);
  }
}

/** The identifiers by which the tests fail over; the cluster's has its region behind. */
export const names = { global: 'vault-global', cluster: 'vault-cluster', instance: 'vault-instance', standby: 'vault-standby' } as const;

/** The clusters of a global database must differ in name. */
const clusterName = Fn.Sub(`${names.cluster}-\${AWS::Region}`);

const password = '{{resolve:ssm:/vault/test-password}}';

const defineTemplate = templatesOf<VaultSettings>();

/** What the tests change between two rollouts. */
export interface VaultSettings {
  readonly note: string;
}

const data = defineTemplate('data', { description: 'Test: databases', parameters: {} }, (t) => {
  const global = t.add('Global', new AuroraResource('AWS::RDS::GlobalCluster', { GlobalClusterIdentifier: names.global, Engine: 'aurora-postgresql' }), { when: t.isPrimary });
  const cluster = t.add('Cluster', new AuroraResource('AWS::RDS::DBCluster', { DBClusterIdentifier: clusterName, Engine: 'aurora-postgresql', GlobalClusterIdentifier: names.global, MasterUsername: 'vault', MasterUserPassword: password }).keep('Delete'), { when: t.isPrimary, after: [global] });
  t.add('Writer', new DBInstance({ DBClusterIdentifier: cluster.ref(), DBInstanceClass: 'db.r6g.large', Engine: 'aurora-postgresql' }).keep('Delete'), { when: t.isPrimary });
  t.add('Member', new AuroraResource('AWS::RDS::DBCluster', { DBClusterIdentifier: clusterName, Engine: 'aurora-postgresql', GlobalClusterIdentifier: names.global }).keep('Delete'), { when: t.isSecondary });
  t.add('Primary', new DBInstance({ DBInstanceIdentifier: names.instance, DBInstanceClass: 'db.t3.micro', Engine: 'mysql', AllocatedStorage: '20', MasterUsername: 'vault', MasterUserPassword: password }).keep('Delete'), { when: t.isPrimary });
  t.add(
    'Standby',
    new DBInstance({ DBInstanceIdentifier: names.standby, DBInstanceClass: 'db.t3.micro', SourceDBInstanceIdentifier: Fn.Sub(`arn:\${AWS::Partition}:rds:${primary}:\${AWS::AccountId}:db:${names.instance}`) }).keep('Delete'),
    { when: t.isSecondary },
  );
  t.add('Note', new Parameter({ Name: '/vault/note', Type: 'String', Value: t.settings.note }));
  return {};
});

/** A global database and an instance with a replica in the other region, in a nested stack. */
export function vault(note = 'first'): System {
  return defineSystem<VaultSettings>({
    name: 'vault',
    title: 'Test vault',
    regions: { primary, secondary },
    namePattern: '{system}-{resource}-{environment}-{suffix}',
    costCenter: 'test',
    compliance: 'none',
    environments: { test: { short: 'tst', settings: { note } } },
    deployments: (plan) =>
      plan.deploy('platform', { description: 'Test: platform', regions: { create: [primary, secondary], update: [secondary, primary] }, parameters: {} }, (root) => {
        nest(root, 'Data', data, {});
        return { wires: {} };
      }),
  });
}
