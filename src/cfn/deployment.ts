import { MeridianError } from '../errors';
import type { Condition } from './conditions';
import type { BuildContext } from './context';
import { Parameter as SsmParameter } from './generated/ssm';
import { Fn } from './intrinsics';
import { Token, type ParameterDefinition, type ParameterType, type Parameters } from './parameters';
import { checkQuotas } from './quotas';
import { TemplateBuilder } from './template';
import type { TemplateInstance } from './template-instance';
import { dropUnusedParameters } from './unused-parameters';
import { defaultSuffix, isList, ssmName, ssmParameterType, type Wire } from './wires';

/** The regions of a deployment, in the order in which a rollout visits them. */
export interface RegionOrder {
  /** First creation. */
  readonly create: readonly string[];
  /** Later updates. */
  readonly update: readonly string[];
}

/**
 * What must be true before the deployments after this one may start.
 * `delegation`: the zone's name servers answer for the domain. `images`: the image digests in the parameters exist in the
 * registries of all regions.
 */
export type Gate = 'delegation' | 'images';

/** Where the value of a root's parameter comes from. */
export type ParameterOrigin =
  /** The parameters file of the system and environment. */
  | { readonly from: 'file' }
  /** An SSM parameter that an earlier deployment's root wrote in the same region. */
  | { readonly from: 'wire'; readonly deployment: string; readonly output: string; readonly type: ParameterType }
  /** An output of an earlier deployment's root in one region, equal in all instances. A value in the parameters file wins. */
  | { readonly from: 'region'; readonly deployment: string; readonly output: string; readonly region: string };

/** What a deployment has more of as its system grows: one nested stack each. The build says how many more it takes. */
export interface Growth {
  /** What one of them is, in the singular, for example `service`. */
  readonly unit: string;
  /** Logical ids of their stacks in the root; what stands there for one of them has its id in its name. */
  readonly stacks: readonly string[];
}

/** A deployment: one StackSet, one root template, which nests the rest. */
export interface DeploymentInstance {
  readonly name: string;
  readonly regions: RegionOrder;
  readonly gate?: Gate;
  /** A parameter that, when the parameters file gives it, makes this deployment superfluous. */
  readonly unless?: string;
  /** A parameter that names the account it stands in; see `DeploymentHead`. */
  readonly account?: string;
  /** What must be done before it begins; see `DeploymentHead`. */
  readonly after?: readonly string[];
  /** What there is more and more of in it; see `DeploymentHead`. */
  readonly grows?: Growth;
  readonly root: TemplateInstance;
  /** All templates of the deployment by name, the root among them. */
  readonly templates: ReadonlyMap<string, TemplateInstance>;
  readonly parameters: Readonly<Record<string, ParameterOrigin>>;
}

/** What all systems of an account share, as a deployment names it among those that it waits for. */
export type SharedDeployment = 'account';

/**
 * How a deployment is declared.
 * @typeParam Before names that it may wait for: those of earlier deployments, and `account`
 */
export interface DeploymentHead<P extends Parameters, Before = unknown> {
  readonly description: string;
  readonly regions: RegionOrder;
  readonly gate?: Gate;
  /** A parameter that, when the parameters file gives it, makes this deployment superfluous. */
  readonly unless?: string;
  /**
   * A parameter whose value in the parameters file is the account that this deployment stands in, apart from its system's. It takes
   * values of others across regions only: wires end at the account. The StackSet stays where the system's are.
   * @default none; and without a value in the file: where the system stands
   */
  readonly account?: string;
  /**
   * Whether the environment has this deployment at all, as its settings say. Others may name one that is left out among those that they wait
   * for; who reads an output of it fails the build.
   * @default true
   */
  readonly when?: boolean;
  /**
   * The deployments that must be done in all their regions before this one begins, and whose outputs it may use; others roll beside it.
   * `account` is what all systems of the account share.
   * @default all earlier deployments and `account`, because a template may rely on agreed names that no wire shows
   */
  readonly after?: readonly Before[];
  /** What there is more and more of in it. @default nothing: its size is what it is */
  readonly grows?: Growth;
  /** Parameters that the person who deploys fills in, in `parameters/<system>/<environment>.yaml`. */
  readonly parameters: P;
}

/** An output that exists only where a condition holds; it can't be wired on. */
export interface ConditionalOutput {
  readonly value: Token;
  readonly when: Condition;
}

/** What a deployment's body returns: outputs for later deployments, and outputs for people. */
export interface DeploymentOutputs<O extends Readonly<Record<string, Token>>> {
  /** Published in SSM Parameter Store and as stack outputs; later deployments read them. */
  readonly wires: O;
  /** Stack outputs only. */
  readonly outputs?: Readonly<Record<string, Token | ConditionalOutput>>;
}

/** A root template while it is written: a template that can also read what earlier deployments gave. */
export class RootBuilder<P extends Parameters, Settings> extends TemplateBuilder<P, Settings> {
  readonly origins: Record<string, ParameterOrigin> = {};

  /** The parameter that names the account of the deployment, when it has one of its own. */
  private readonly account?: string;

  constructor(readonly deployment: string, head: DeploymentHead<P>, context: BuildContext<Settings>) {
    super('root', head, context);
    this.account = head.account;
    for (const name of Object.keys(head.parameters)) this.origins[name] = { from: 'file' };
  }

  /**
   * An earlier deployment's output in this instance's own region, read from SSM Parameter Store when the stack is rolled.
   * @throws MeridianError in a deployment with an account of its own, whose Parameter Store does not have it
   */
  wire<Type extends ParameterType>(wire: Wire<Type>): Token<Type> {
    if (this.account !== undefined) {
      throw new MeridianError(`Wire ${wire.deployment}.${wire.output} not read by ${this.deployment}: it may stand in another account (${this.account}), where that is not published. Take the value with acrossRegions.`, 2);
    }
    const name = wire.parameterName;
    this.origins[name] = { from: 'wire', deployment: wire.deployment, output: wire.output, type: wire.type };
    this.declare(name, {
      Type: ssmParameterType(wire.type),
      Description: `${wire.output} of the ${wire.deployment} deployment in this region`,
      Default: ssmName(this.context, defaultSuffix, wire.deployment, wire.output),
    });
    return new Token('Ref', name, wire.type, isList(wire.type) ? 'list' : 'text');
  }

  /**
   * An earlier deployment's output in one region, the same for all instances: the rollout reads it and gives it as the StackSet's value.
   * @param parameter  the parameter's name; the parameters file may give a value of its own under it
   * @param region     where the value is read, for example the primary
   */
  acrossRegions<Type extends ParameterType>(wire: Wire<Type>, region: string, parameter: string = wire.parameterName): Token<Type> {
    this.origins[parameter] = { from: 'region', deployment: wire.deployment, output: wire.output, region };
    this.declare(parameter, { Type: wire.type, Description: `${wire.output} of the ${wire.deployment} deployment in ${region}` });
    return new Token('Ref', parameter, wire.type, isList(wire.type) ? 'list' : 'text');
  }

  private declare(name: string, definition: Omit<ParameterDefinition, 'Type'> & { readonly Type: string }): void {
    Object.assign(this.template.Parameters, { [name]: definition });
  }

  /** Writes a wire's near end: the SSM parameter that later deployments read, and the stack output. */
  private publish(output: string, value: Token): void {
    const name = Fn.Sub(ssmName(this.context, '${EnvironmentSuffix}', this.deployment, output));
    this.add(`Publish${output}`, new SsmParameter({ Name: name, Type: isList(value.type) ? 'StringList' : 'String', Value: value.text() }));
    this.template.Outputs[output] = { Value: value.text() };
  }

  /**
   * Finishes the root with its outputs. A parameter that this environment has no use for is not emitted, and nobody fills it in;
   * only the suffix stays, because whoever rolls a root gives it one.
   */
  finishRoot(given: DeploymentOutputs<Readonly<Record<string, Token>>>): TemplateInstance {
    for (const [name, value] of Object.entries(given.wires)) this.publish(name, value);
    for (const [name, output] of Object.entries(given.outputs ?? {})) {
      this.template.Outputs[name] = output instanceof Token ? { Value: output.text() } : { Value: output.value.text(), Condition: output.when.name };
    }
    dropUnusedParameters(this.template, 'EnvironmentSuffix');
    for (const name of Object.keys(this.origins)) if (!(name in this.template.Parameters)) delete this.origins[name];
    checkQuotas(`${this.deployment}/root`, this.template);
    return { name: 'root', template: this.template, outputs: given.wires, sources: this.sources };
  }
}
