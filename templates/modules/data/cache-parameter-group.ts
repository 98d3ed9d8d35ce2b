import type { Condition, Handle, Parameters, TemplateBuilder } from '../../../src/cfn';
import { ParameterGroup } from '../../../src/cfn/generated/elasticache';
import type { CacheShape } from './cache-shape';

/** Engine parameters of a cache. */
export interface CacheParameterGroupSettings {
  /** Family of the engine version, for example `valkey8`. */
  readonly family: string;
  readonly description: string;
  readonly shape: CacheShape;
  /** Parameters beside `cluster-enabled`, which follows from the shape. @default none: the engine's own values */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly when?: Condition;
}

/**
 * The parameter group that says whether keys are spread over shards. That is fixed once the cache is made: another value is another cache.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html
 */
export function cacheParameterGroup(t: TemplateBuilder<Parameters, unknown>, id: string, settings: CacheParameterGroupSettings): Handle<'AWS::ElastiCache::ParameterGroup', 'CacheParameterGroupName'> {
  const { family, description, shape, parameters = {}, when } = settings;
  return t.add(
    id,
    new ParameterGroup({
      CacheParameterGroupFamily: family,
      Description: description,
      Properties: { ...parameters, 'cluster-enabled': shape === 'single' ? 'no' : 'yes' },
    }),
    { when },
  );
}
