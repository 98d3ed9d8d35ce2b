import { valueOf } from '../value-path';
import { judgeEach, type Invariant } from './invariant';
import type { PlacedResource } from './placed-resource';

/** Where types keep their tags, as a list or as a map. */
const tagProperties = ['Tags', 'BackupPlanTags', 'BackupVaultTags', 'HealthCheckTags', 'HostedZoneTags'];

/** Rules, costs and backups go by the tag: a resource of production that says it is one of development escapes all of them. */
export const environmentTags: Invariant = {
  id: 'tags_tell_the_environment',
  title: 'The tags Environment and System of a resource name the environment and the system that it is in',
  severity: 'MEDIUM',
  controls: ['PCI DSS 4.0.1 12.5.1', 'NIST 800-53 r5 CM-8', 'SOC 2 CC6.1'],
  requirements: [],
  fix: 'Leave the required tags to t.add()',
  ofCatalogue: true,
  judge: (environment) => {
    const wanted = { Environment: environment.environment, System: environment.system };
    const tags = environment.all().flatMap((resource) => Object.entries(wanted).flatMap(([key, name]) => tagged(resource, key).map((tag) => ({ resource, key, name, ...tag }))));
    return judgeEach(tags, ({ resource, property, key, name, value }) => (value === name ? [] : [{ resource, property, what: `The tag ${key} names another than ${name}`, now: `${key}: ${value}` }]));
  },
};

function tagged(resource: PlacedResource, key: string): { property: string; value: string }[] {
  return tagProperties.flatMap((property) => {
    const listed = resource.all(`${property}.*`).filter((tag) => valueOf(tag, 'Key') === key).map((tag) => valueOf(tag, 'Value'));
    return [...listed, resource.at(`${property}.${key}`)].flatMap((value) => (typeof value === 'string' ? [{ property, value }] : []));
  });
}
