import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { expect } from 'chai';
import { knownNamespaces } from '../../../src/check/metrics/known-metrics';

/** The dimension sets by metric that the AWS CDK's data of AWS gives for a namespace: fewer than the pages, and none that they lack. */
function published(database: ReturnType<typeof loadAwsServiceSpecSync>, namespace: string): Map<string, string[]> {
  const metrics = [...database.all('metric')].filter((metric) => metric.namespace === namespace);
  return new Map(metrics.map((metric) => [metric.name, database.follow('usesDimensionSet', metric).map(({ entity }) => entity.dimensions.map(({ name }) => name).sort().join())]));
}

describe('the list of known metrics', () => {
  let database: ReturnType<typeof loadAwsServiceSpecSync>;
  before(() => (database = loadAwsServiceSpecSync()));

  for (const [namespace, { page, dimensions, metrics }] of Object.entries(knownNamespaces)) {
    it(`gives each metric of ${namespace} once, its page at AWS, and a meaning for each dimension`, () => {
      const names = metrics.flatMap((group) => group.names);
      expect(new Set(names).size).to.equal(names.length);
      for (const each of [page, ...metrics.flatMap((group) => group.page ?? [])]) expect(each).to.match(/^https:\/\/docs\.aws\.amazon\.com\/[\w./-]+\.html$/);
      expect(Object.keys(dimensions)).to.include.members([...new Set(metrics.flatMap((group) => group.dimensions.flat()))]);
    });

    it(`agrees with AWS's own data on the dimensions of ${namespace}`, () => {
      const theirs = published(database, namespace);
      for (const { names, dimensions: sets } of metrics) {
        const ours = sets.map((set) => [...set].sort().join());
        for (const name of names) expect(ours, `${namespace} ${name}`).to.include.members((theirs.get(name) ?? []).filter((set) => !set.includes('ExecutedVersion')));
      }
    });
  }
});
