import type Template from 'cloudform-types/types/template';
import { MeridianError } from '../errors';
import { render } from './render';

/**
 * CloudFormation's quotas on one template.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const templateQuotas = {
  resources: 500,
  parameters: 200,
  outputs: 200,
  mappings: 200,
  conditions: 200,
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
  dynamicReferences: 60,
  bytes: 1_000_000,
} as const;

/** The largest template that a StackSet takes by URL, in bytes: the roots must stay under it. */
export const stackSetRootBytes = 460_800;

/**
 * Resources that one operation on a stack may deal with, those of all stacks nested in it included.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const operationResources = 2500;

/** The share of a quota from which on a build warns: there is time then to split what grows. */
export const nearQuota = 0.8;

/** How much of each quota a template uses. */
export type QuotaUsage = Readonly<Record<keyof typeof templateQuotas, number>>;

/** Counts what the quotas limit. */
export function quotaUsage(template: Template): QuotaUsage {
  const text = render(template);
  const count = (section: object | undefined): number => Object.keys(section ?? {}).length;
  return {
    resources: count(template.Resources),
    parameters: count(template.Parameters),
    outputs: count(template.Outputs),
    mappings: count(template.Mappings),
    conditions: count(template.Conditions),
    dynamicReferences: text.split('{{resolve:').length - 1,
    bytes: Buffer.byteLength(text),
  };
}

/**
 * Fails the build for a template over a quota.
 * @throws MeridianError naming the template, the number and the limit
 */
export function checkQuotas(name: string, template: Template): QuotaUsage {
  const usage = quotaUsage(template);
  for (const [quota, limit] of Object.entries(templateQuotas)) {
    const used = usage[quota as keyof QuotaUsage];
    if (used > limit) {
      throw new MeridianError(`Template ${name} over quota: it has ${used} ${quota}, CloudFormation takes ${limit}. Split it into two nested templates.`, 2);
    }
  }
  return usage;
}

/**
 * Fails the build for a deployment whose stacks have more resources together than one operation deals with.
 * @throws MeridianError naming the deployment, the number and the limit
 */
export function checkOperation(name: string, resources: number): void {
  if (resources <= operationResources) return;
  throw new MeridianError(`Deployment ${name} over quota: its stacks have ${resources} resources, CloudFormation deals with ${operationResources} in one operation. Split it into two deployments.`, 2);
}
