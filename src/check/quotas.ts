import { stackSetRootBytes, templateQuotas } from '../cfn/quotas';
import { isObject, whereOf, type CheckedTemplate } from './checked-template';
import type { Finding } from './finding';

interface Quota {
  readonly rule: string;
  readonly noun: string;
  readonly limit: number;
  readonly used: (template: CheckedTemplate) => number;
  readonly fix: string;
  readonly rootOnly?: boolean;
}

const section =
  (name: string) =>
  ({ body }: CheckedTemplate): number =>
    isObject(body[name]) ? Object.keys(body[name]).length : 0;

const split = 'Split the template in two and nest both';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const quotas: readonly Quota[] = [
  { rule: 'quota-resources', noun: 'resources', limit: templateQuotas.resources, used: section('Resources'), fix: split },
  { rule: 'quota-parameters', noun: 'parameters', limit: templateQuotas.parameters, used: section('Parameters'), fix: 'Pass lists, or split the template in two and nest both' },
  { rule: 'quota-outputs', noun: 'outputs', limit: templateQuotas.outputs, used: section('Outputs'), fix: split },
  { rule: 'quota-mappings', noun: 'mappings', limit: templateQuotas.mappings, used: section('Mappings'), fix: 'Join mappings that share their first key' },
  {
    rule: 'quota-dynamic-references',
    noun: 'dynamic references',
    limit: templateQuotas.dynamicReferences,
    used: ({ text }) => text.split('{{resolve:').length - 1,
    fix: 'Read a secret or parameter once and pass its value on, or split the template in two and nest both',
  },
  { rule: 'quota-bytes', noun: 'bytes', limit: templateQuotas.bytes, used: ({ text }) => Buffer.byteLength(text), fix: split },
  {
    rule: 'quota-root-bytes',
    noun: 'bytes in the root of a StackSet',
    limit: stackSetRootBytes,
    used: ({ text }) => Buffer.byteLength(text),
    fix: 'Move resources from the root into a nested template',
    rootOnly: true,
  },
];

/** Finds the templates over a quota of CloudFormation, counted in the emitted files. */
export function quotaFindings(templates: readonly CheckedTemplate[]): Finding[] {
  return templates.flatMap((template) =>
    quotas
      .filter(({ rootOnly }) => !rootOnly || template.isRoot)
      .map((quota) => ({ quota, used: quota.used(template) }))
      .filter(({ quota, used }) => used > quota.limit)
      .map(({ quota, used }) => ({
        source: 'quota',
        rule: quota.rule,
        controls: [],
        severity: 'HIGH',
        what: `Template has more ${quota.noun} than CloudFormation takes`,
        where: whereOf(template),
        now: `${format(used)} of at most ${format(quota.limit)}`,
        fix: quota.fix,
        path: '',
      })),
  );
}

function format(count: number): string {
  return count.toLocaleString('en-US');
}
