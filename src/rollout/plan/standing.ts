import { GetTemplateCommand, paginateListStackResources, type Stack } from '@aws-sdk/client-cloudformation';
import type { Template } from '../../resolve';
import { nestedStackType, parseTemplate } from '../template';
import type { Target } from '../target';

/** The file name under which a standing root is resolved. */
export const standingRoot = 'root.json';

/** Text of the template that a stack was last rolled with, as it was given. */
export async function templateText(target: Target, region: string, stackId: string): Promise<string> {
  const { TemplateBody = '' } = await target.in(region).cloudFormation.send(new GetTemplateCommand({ StackName: stackId, TemplateStage: 'Original' }));
  return TemplateBody;
}

/**
 * The templates that a stack and those nested in it were last rolled with, by file name. `TemplateURL` names those files, as it does in
 * a build, so that they resolve like one.
 * @param text template of the root
 */
export async function standingTemplates(target: Target, region: string, stackId: string, text: string): Promise<Record<string, Template>> {
  const templates: Record<string, Template> = {};
  await collect(target, region, { stackId, text, file: standingRoot, path: [] }, templates);
  return templates;
}

interface StandingStack {
  readonly stackId: string;
  readonly text: string;
  readonly file: string;
  readonly path: readonly string[];
}

async function collect(target: Target, region: string, { stackId, text, file, path }: StandingStack, templates: Record<string, Template>): Promise<void> {
  const template: Template = parseTemplate(text, stackId);
  const resources = { ...template.Resources };
  for (const [logicalId, nestedId] of await nestedStacks(target, region, stackId, template)) {
    const nested = { stackId: nestedId, file: `${[...path, logicalId].join('.')}.json`, path: [...path, logicalId] };
    const resource = resources[logicalId]!;
    resources[logicalId] = { ...resource, Properties: { ...resource.Properties, TemplateURL: `./${nested.file}` } };
    await collect(target, region, { ...nested, text: await templateText(target, region, nestedId) }, templates);
  }
  templates[file] = { ...template, Resources: resources };
}

async function nestedStacks(target: Target, region: string, stackId: string, template: Template): Promise<[string, string][]> {
  if (!Object.values(template.Resources ?? {}).some(({ Type }) => Type === nestedStackType)) return [];
  const client = target.in(region).cloudFormation;
  const nested: [string, string][] = [];
  for await (const page of paginateListStackResources({ client }, { StackName: stackId })) {
    for (const { LogicalResourceId: logicalId = '', ResourceType, PhysicalResourceId: physicalId, ResourceStatus } of page.StackResourceSummaries ?? []) {
      if (ResourceType === nestedStackType && physicalId && ResourceStatus !== 'DELETE_COMPLETE' && template.Resources?.[logicalId]) nested.push([logicalId, physicalId]);
    }
  }
  return nested;
}

/** Standing templates by the path of their stack, the empty text for the root. */
export function byStack(templates: Readonly<Record<string, Template>>): ReadonlyMap<string, Template> {
  return new Map(Object.entries(templates).map(([file, template]) => [file === standingRoot ? '' : file.replace(/\.json$/, '').replaceAll('.', '/'), template]));
}

/** What is shown in the place of a secret value, as CloudFormation does. */
export const hiddenValue = '****';

/** The parameters of a stack: what it was given, and for a wire the value that it read. */
export function standingParameters({ Parameters = [] }: Stack): { readonly given: Readonly<Record<string, string>>; readonly values: Readonly<Record<string, string>> } {
  const given = Parameters.map(({ ParameterKey = '', ParameterValue = '' }) => [ParameterKey, ParameterValue] as const);
  const values = Parameters.map(({ ParameterKey = '', ParameterValue = '', ResolvedValue }) => [ParameterKey, ResolvedValue ?? ParameterValue] as const);
  return { given: Object.fromEntries(given), values: Object.fromEntries(values) };
}
