import type { Handle, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { HealthCheck } from '../../../src/cfn/generated/route53';
import { MeridianError } from '../../../src/errors';

/** A check that is made of others. */
export interface CalculatedHealthCheckSettings {
  /** Shown in the console, where a health check has no other name. */
  readonly name: Name;
  /** One to 256 checks, which all must be healthy: any one that is not makes the whole unhealthy. */
  readonly children: readonly Handle<'AWS::Route53::HealthCheck', 'HealthCheckId'>[];
}

/**
 * A health check that is healthy while all its children are.
 * @throws MeridianError without a child, because Route 53 calls a check with nothing below its threshold healthy for ever
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html
 */
export function calculatedHealthCheck(t: TemplateBuilder<Parameters, unknown>, id: string, settings: CalculatedHealthCheckSettings): Handle<'AWS::Route53::HealthCheck', 'HealthCheckId'> {
  const { name, children } = settings;
  if (children.length === 0) throw new MeridianError(`Calculated health check ${id}: it has no children. Give it the checks that must be healthy.`, 2);
  return t.add(
    id,
    new HealthCheck({
      HealthCheckConfig: { Type: 'CALCULATED', ChildHealthChecks: children.map((child) => child.ref()), HealthThreshold: children.length },
      HealthCheckTags: [{ Key: 'Name', Value: name }],
    }),
  );
}
