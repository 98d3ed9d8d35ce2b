import { isList, isObject, type Json } from '../json';
import { anyOf, drop, edit } from '../mistakes';
import type { Mistake, Operator } from '../operator';
import { taggedTypes } from '../tagged-types';

const inventory = ['PCI DSS 4.0.1 12.5.1', 'NIST 800-53 r5 CM-8'];
const names = ['Tags', 'HealthCheckTags', 'HostedZoneTags', 'BackupVaultTags', 'BackupPlanTags', 'UserPoolTags'];

const lackingTag = (key: string): Mistake => anyOf(...names.map((name) => edit(name, (tags) => {
  if (isList(tags)) return tags.some(hasKey(key)) ? tags.filter((tag) => !hasKey(key)(tag)) : undefined;
  return isObject(tags) && tags[key] !== undefined ? Object.fromEntries(Object.entries(tags).filter(([name]) => name !== key)) : undefined;
})));
const hasKey = (key: string) => (tag: Json): boolean => isObject(tag) && tag.Key === key;

const misspeltEnvironment: Mistake = anyOf(...names.flatMap((name) => [
  edit(`${name}[]`, (tag) => (isObject(tag) && tag.Key === 'Environment' && tag.Value === 'production' ? { ...tag, Value: 'development' } : undefined)),
  edit(name, (tags) => (isObject(tags) && tags.Environment === 'production' ? { ...tags, Environment: 'development' } : undefined)),
]));

/** Mistakes in tags and nested stacks. */
export const cloudFormationOperators: readonly Operator[] = [
  { id: 'tags-removed', title: 'The resource has no tags: nobody knows whose it is and what it is for', severity: 'MEDIUM', controls: inventory, types: taggedTypes, mistake: anyOf(...names.map(drop)) },
  { id: 'tag-environment-removed', title: 'The resource does not say which environment it belongs to', severity: 'MEDIUM', controls: inventory, types: taggedTypes, mistake: lackingTag('Environment') },
  { id: 'tag-cost-centre-removed', title: 'The resource is billed to nobody', severity: 'LOW', controls: inventory, types: taggedTypes, mistake: lackingTag('CostCenter') },
  { id: 'tag-compliance-removed', title: 'The resource does not say which standards it must keep', severity: 'LOW', controls: inventory, types: taggedTypes, mistake: lackingTag('Compliance') },
  { id: 'tag-environment-misspelt', title: 'A production resource says that it is one of development', severity: 'MEDIUM', controls: inventory, types: taggedTypes, mistake: misspeltEnvironment },
  { id: 'nested-stack-from-elsewhere', title: 'A nested stack takes its template from a bucket of strangers', severity: 'HIGH', controls: ['NIST 800-53 r5 SI-7', 'SOC 2 CC8.1'], types: ['AWS::CloudFormation::Stack'], mistake: edit('TemplateURL', (url) => (url === undefined ? undefined : 'http://templates.example.com.s3.amazonaws.com/network.json')) },
];
