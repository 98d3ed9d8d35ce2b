/** The transform by which CloudFormation expands SAM resources when a template is deployed unexpanded. */
export const SAM_TRANSFORM = 'AWS::Serverless-2016-10-31';

/** A resource as it is written in a template, as far as the treatment of SAM resources reads it. */
export interface SamResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** A template's JSON, as far as the treatment of SAM resources reads it; every other section passes through. */
export interface SamTemplate {
  readonly Transform?: unknown;
  readonly Resources?: Readonly<Record<string, SamResource>>;
}

/** The template's resources by logical id. */
export function resourcesOf({ Resources = {} }: SamTemplate): [string, SamResource][] {
  return Object.entries(Resources);
}

/** Whether a template holds a resource of SAM's, to be expanded into CloudFormation's own. */
export function isServerless(template: SamTemplate): boolean {
  return resourcesOf(template).some(([, { Type }]) => Type.startsWith('AWS::Serverless::'));
}
