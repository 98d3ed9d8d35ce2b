import type Template from 'cloudform-types/types/template';
import { MeridianError } from '../errors';
import { Condition } from './conditions';
import type { BuildContext } from './context';
import { Aws, Fn, type IntrinsicFunction } from './intrinsics';
import { checkNames, resourceName, suffixLength, type Name, type NameScope } from './names';
import { Token, type Outputs, type ParameterDefinition, type Parameters } from './parameters';
import { applyBoundary } from './permissions-boundary';
import { checkQuotas } from './quotas';
import type { Resource } from './resource';
import { Handle } from './handle';
import { callerSource, type Source } from './source';
import { applyTags, isUnnamed } from './tags';
import type { TemplateInstance } from './template-instance';
import { dropUnusedParameters } from './unused-parameters';

/** The parameter that every template may refer to: it tells several copies of one environment apart. `main` is the one and usual copy. */
export const environmentSuffix: ParameterDefinition<'String'> = {
  Type: 'String',
  Description: 'Tells copies of one environment apart; part of every name',
  Default: 'main',
  AllowedPattern: `^[a-z0-9]{1,${suffixLength}}$`,
  ConstraintDescription: `1 to ${suffixLength} lower-case letters and digits`,
};

/** A template that can be nested: its typed parameters, and how it is built for a system and environment. */
export interface TemplateDefinition<P extends Parameters, O extends Outputs, Settings> {
  readonly name: string;
  readonly parameters: P;
  build(context: BuildContext<Settings>): TemplateInstance<O>;
}

/** What a template says of itself. `description` appears in the CloudFormation console: at most 1,024 bytes. */
export interface TemplateHead<P extends Parameters> {
  readonly description: string;
  readonly parameters: P;
}

/** A logical id as a part of a name: `S3Endpoint` is `s3-endpoint`. */
const kebab = (logicalId: string): string => logicalId.replaceAll(/([a-z\d])([A-Z])/g, '$1-$2').toLowerCase();

/** How a resource stands among the others. */
export interface Placement {
  /** The resource exists only where this condition holds. */
  readonly when?: Condition;
  /** Resources that must stand first, where no reference says so. */
  readonly after?: readonly Handle[];
}

/** The body of a template while it is written. */
export class TemplateBuilder<P extends Parameters, Settings> {
  readonly template: Template & Required<Pick<Template, 'Parameters' | 'Resources' | 'Outputs'>>;
  readonly sources: Record<string, Source> = {};

  constructor(readonly name: string, head: TemplateHead<P>, readonly context: BuildContext<Settings>) {
    this.template = {
      AWSTemplateFormatVersion: '2010-09-09',
      Description: head.description,
      // cloudform's enum of parameter types ends in 2023; ours are checked by ParameterType.
      Parameters: { EnvironmentSuffix: environmentSuffix, ...head.parameters } as unknown as NonNullable<Template['Parameters']>,
      Resources: {},
      Outputs: {},
    };
  }

  /** The system's settings for the environment that is being built. */
  get settings(): Settings {
    return this.context.settings;
  }

  /** A parameter of this template. */
  param<N extends keyof P & string>(name: N): Token<P[N]['Type']> {
    const type: P[N]['Type'] = (this.template.Parameters[name] as unknown as ParameterDefinition).Type;
    return new Token('Ref', name, type, type === 'CommaDelimitedList' || type.startsWith('List<') ? 'list' : 'text');
  }

  /** The suffix parameter, for text that is not a resource name. */
  get suffix(): Token<'String'> {
    return new Token('Ref', 'EnvironmentSuffix', 'String');
  }

  /** A resource name after the system's pattern (see `resourceName`). */
  resourceName(resource: string, scope?: NameScope): Name {
    return resourceName(this.context, resource, scope);
  }

  /**
   * Adds a resource, tagged, a role bounded, and returns the only way to refer to it.
   * @throws MeridianError for a logical id that is taken, or a name that could be too long
   */
  add<Properties extends object, Attribute extends string, Type extends string>(
    logicalId: string,
    resource: Resource<Properties, Attribute, Type>,
    placement: Placement = {},
  ): Handle<Type, Attribute> {
    if (logicalId in this.template.Resources) {
      throw new MeridianError(`Logical id ${logicalId} taken: template ${this.name} already has a resource of that id. Choose another.`, 2);
    }
    if (logicalId in this.template.Parameters) {
      throw new MeridianError(`Logical id ${logicalId} taken: template ${this.name} has a parameter of that name. Choose another.`, 2);
    }
    if (placement.when) resource.condition(placement.when.name);
    if (placement.after?.length) resource.dependsOn(placement.after.map((handle) => handle.logicalId).sort());
    applyTags(resource, { ...this.context.tags, ...(this.context.nameTags && isUnnamed(resource) && { Name: this.resourceName(kebab(logicalId)) }) });
    if (this.context.bounded) applyBoundary(resource);
    checkNames(this.name, logicalId, resource.Type, resource.Properties);
    const source = callerSource();
    if (source) this.sources[logicalId] = source;
    this.template.Resources[logicalId] = resource;
    return new Handle(logicalId, resource.Type);
  }

  /** Declares a condition, once; declaring it again with the same name gives the same one. */
  condition(name: string, test: IntrinsicFunction): Condition {
    const conditions = (this.template.Conditions ??= {});
    conditions[name] ??= test as NonNullable<Template['Conditions']>[string];
    return new Condition(name);
  }

  /** Holds in the primary region. */
  get isPrimary(): Condition {
    return this.condition('IsPrimary', Fn.Equals(Aws.region, this.context.regions.primary));
  }

  /** Holds in every region but the primary. */
  get isSecondary(): Condition {
    return this.condition('IsSecondary', Fn.Not(Fn.Equals(Aws.region, this.context.regions.primary)));
  }

  /** The other region of the pair, seen from the stack's own. */
  get otherRegion(): IntrinsicFunction {
    return this.isPrimary.choose(this.context.regions.secondary, this.context.regions.primary);
  }

  /** Declares a mapping keyed by region and returns the value of `key` in the stack's own region. */
  byRegion(mapping: string, key: string, values: Readonly<Record<string, string | readonly string[]>>): IntrinsicFunction {
    const mappings: Record<string, Record<string, Record<string, unknown>>> = (this.template.Mappings ??= {});
    const rows = (mappings[mapping] ??= {});
    for (const [region, value] of Object.entries(values)) (rows[region] ??= {})[key] = value;
    return Fn.FindInMap(mapping, Aws.region, key);
  }

  /** Finishes the template: parameters that this environment has no use for are not emitted. */
  finish<O extends Outputs>(outputs: O): TemplateInstance<O> {
    for (const [name, token] of Object.entries(outputs)) this.template.Outputs[name] = { Value: token.text() };
    dropUnusedParameters(this.template);
    const instance = { name: this.name, template: this.template, outputs, sources: this.sources };
    checkQuotas(this.name, this.template);
    return instance;
  }
}

/**
 * Defines a template of a system: a pure function of its settings, parameters and context. Called through `templatesOf`.
 */
export type DefineTemplate<Settings> = <const P extends Parameters, O extends Outputs>(
  name: string,
  head: TemplateHead<P>,
  body: (t: TemplateBuilder<P, Settings>) => O,
) => TemplateDefinition<P, O, Settings>;

/** The `defineTemplate` of systems whose settings have this type: inside a body, `t.settings` is one environment's settings. */
export function templatesOf<Settings>(): DefineTemplate<Settings> {
  return (name, head, body) => ({
    name,
    parameters: head.parameters,
    build(context) {
      const t = new TemplateBuilder(name, head, context);
      return t.finish(body(t));
    },
  });
}
