import type { ServiceRow } from '../../templates/systems/lookcard/service-row';

/** Services of one part of the catalogue: fewer than a cluster's deployment takes, whatever they are. */
const partSize = 60;

/** Clusters that the generated services are dealt out to. */
const clusters = ['core-application', 'composite-application', 'listener'] as const;

/**
 * A catalogue of so many services, made by a rule: most are reached by the two before them only, every fourth has a database, every fifth a
 * queue, and the first answers for the region. One has an entrance by port, without which there would be no API.
 */
export function generatedServices(count: number): readonly ServiceRow[] {
  return Array.from({ length: count }, (_, index): ServiceRow => {
    const part = 1 + Math.floor(index / partSize);
    return {
      name: nameOf(index),
      cluster: clusters[index % clusters.length] ?? 'core-application',
      ...(part > 1 ? { part } : {}),
      cpu: 256,
      memory: 512,
      port: 10_000 + index,
      healthPath: '/health',
      ...(index === 0 ? { entrance: { kind: 'alb', paths: ['/first/*'], priority: 100 } as const, answersForRegion: true as const } : {}),
      ...(index === 1 ? { entrance: { kind: 'nlb', listenerPort: 8021, apiPath: 'second' } as const } : {}),
      ...(index >= 2 ? { calls: [nameOf(index - 1), nameOf(index - 2)] } : {}),
      ...(index % 4 === 0 ? { database: 'write' as const } : {}),
      ...(index % 5 === 0 ? { queue: `queue-${index}` } : {}),
    };
  });
}

const nameOf = (index: number): string => `service-${index}-api`;
