import { MeridianError } from '../errors';
import type { BuildContext, RegionPair, RequiredTags } from './context';
import { RootBuilder, type DeploymentHead, type DeploymentInstance, type DeploymentOutputs, type SharedDeployment } from './deployment';
import type { KubernetesManifests, ManifestContext } from './kubernetes';
import { resourceName } from './names';
import type { Outputs, Parameters, Token } from './parameters';
import type { TemplateInstance } from './template-instance';
import { Wire, type Wires } from './wires';

/** One environment of a system. */
export interface Environment<Settings> {
  /** Short form in names, at most four letters: dev, stg, prod, tst, sbx. */
  readonly short: string;
  readonly settings: Settings;
}

/** A system's deployments, in the order in which they are first rolled; each sees the ones that it waits for and no others. */
export class DeploymentPlan<Settings, Earlier extends object = object> {
  private constructor(
    private readonly context: Omit<BuildContext<Settings>, 'instances'>,
    readonly instances: readonly DeploymentInstance[],
    private readonly earlier: Earlier,
  ) {}

  /** The empty plan. */
  static of<Settings>(context: Omit<BuildContext<Settings>, 'instances'>): DeploymentPlan<Settings> {
    return new DeploymentPlan(context, [], {});
  }

  /**
   * Adds a deployment.
   * @param name  its folder, StackSet and wire name
   * @param body  builds the root; its second argument has the outputs of the deployments that it waits for
   */
  deploy<Name extends string, const P extends Parameters, O extends Outputs, Before extends keyof Earlier | SharedDeployment = keyof Earlier>(
    name: Name,
    head: DeploymentHead<P, Before>,
    body: (root: RootBuilder<P, Settings>, earlier: Pick<Earlier, Before & keyof Earlier>) => DeploymentOutputs<O>,
  ): DeploymentPlan<Settings, Earlier & { readonly [N in Name]: Wires<O> }> {
    type Next = Earlier & { readonly [N in Name]: Wires<O> };
    if (head.when === false) return new DeploymentPlan(this.context, this.instances, { ...this.earlier, [name]: leftOut(name) } as Next);
    const built = new Map<object, TemplateInstance>();
    const root = new RootBuilder(name, head, { ...this.context, instances: built });
    const given = body(root, this.waitedFor(head.after));
    const rootInstance = root.finishRoot(given);
    const instance: DeploymentInstance = {
      name,
      regions: head.regions,
      gate: head.gate,
      unless: head.unless,
      ...(head.account !== undefined && { account: head.account }),
      ...(head.after && { after: head.after.map(String).filter((before) => this.isThere(before)) }),
      ...(head.grows && { grows: head.grows }),
      root: rootInstance,
      templates: new Map([rootInstance, ...built.values()].map((template) => [template.name, template])),
      parameters: root.origins,
    };
    const names = [rootInstance, ...built.values()].map((template) => template.name);
    const twice = names.find((template, i) => names.indexOf(template) !== i);
    if (twice) throw new MeridianError(`Template name "${twice}" used twice in deployment ${name}: both would be written to ${twice}.json. Rename one of them.`, 2);
    const wires = Object.fromEntries(Object.entries<Token>(given.wires).map(([output, token]) => [output, new Wire(name, output, token.type)]));
    return new DeploymentPlan(this.context, [...this.instances, instance], { ...this.earlier, [name]: wires } as Next);
  }

  private isThere(name: string): boolean {
    return !(name in this.earlier) || this.instances.some((instance) => instance.name === name);
  }

  /**
   * Adds deployments whose number is known only here, such as the parts of one that grows. Later ones wait for them like for others, but no
   * type knows their names or outputs.
   * @param add adds one to the plan so far
   */
  each<Item>(items: readonly Item[], add: (plan: DeploymentPlan<Settings, Earlier>, item: Item) => DeploymentPlan<Settings, object>): DeploymentPlan<Settings, Earlier> {
    return items.reduce<DeploymentPlan<Settings, Earlier>>((plan, item) => add(plan, item) as DeploymentPlan<Settings, Earlier>, this);
  }

  /** The outputs of the deployments named, all of them when none are. */
  private waitedFor<Before extends keyof Earlier>(after: readonly (Before | SharedDeployment)[] | undefined): Pick<Earlier, Before> {
    if (!after) return this.earlier;
    const names = new Set<PropertyKey>(after);
    return Object.fromEntries(Object.entries(this.earlier).filter(([name]) => names.has(name))) as Pick<Earlier, Before>;
  }
}

/** What stands for the outputs of a deployment that the environment does not have. */
function leftOut(name: string): object {
  return new Proxy(
    {},
    {
      get(_, output) {
        throw new MeridianError(`Output ${String(output)} of ${name} not there: this environment leaves the deployment out. Read it only where it has it.`, 2);
      },
    },
  );
}

/** What a system has promised for the case that its primary region is lost. A build that cannot keep it fails. */
export interface RecoveryTargets {
  /** Minutes until the other region writes (RTO), in the worst case. */
  readonly timeMinutes: number;
  /** Seconds of writes that may be lost (RPO): the replication lag that may stand without anybody being told. */
  readonly pointSeconds: number;
  /** Minutes from the failed health check until a person has started the region-switch plan, the alarm that calls them included. An on-call commitment. */
  readonly decisionMinutes: number;
  /** Seconds until somebody is told that replication has stopped altogether. */
  readonly toldSeconds: number;
}

/** What a system is made of. */
export interface SystemDefinition<Settings> {
  /** Folder, name prefix and `System` tag. */
  readonly name: string;
  readonly title: string;
  readonly regions: RegionPair;
  /** Name pattern with `{system}`, `{resource}`, `{environment}` and `{suffix}`. */
  readonly namePattern: string;
  readonly costCenter: string;
  /** Frameworks that the system answers to, for the `Compliance` tag, for example `pci-dss`. */
  readonly compliance: string;
  readonly environments: Readonly<Record<string, Environment<Settings>>>;
  /**
   * Gives every taggable resource that has no name a `Name` tag by the name pattern, after its logical id.
   * @default false: only where a module wrote one
   */
  readonly nameTags?: boolean;
  /**
   * Names the environments after the branches of the repository: a command that is told none takes the one of the branch that is
   * checked out. @default false: commands are told
   */
  readonly branches?: boolean;
  /**
   * Checked by every build against its templates; of a system whose environments do not all stand in two regions, a function of their
   * settings, which gives none for those. @default none, so that recovery takes what it takes
   */
  readonly recoveryTargets?: RecoveryTargets | ((settings: Settings) => RecoveryTargets | undefined);
  /**
   * Rolled only by its name, and by itself: `meridian start` leaves it out, and nothing that an account shares is rolled before it. For what
   * stands in another account than the systems, such as an organisation's management account.
   * @default false
   */
  readonly standsAlone?: boolean;
  /** What is deployed where and in which order. */
  deployments(plan: DeploymentPlan<Settings>, regions: RegionPair, settings: Settings): DeploymentPlan<Settings, object>;
  /** What its Kubernetes clusters run. @default nothing: most systems have none */
  manifests?(context: ManifestContext<Settings>): KubernetesManifests;
}

/** A system in one environment, built. */
export interface SystemInstance {
  readonly system: string;
  readonly title: string;
  readonly environment: string;
  readonly shortEnvironment: string;
  readonly regions: RegionPair;
  readonly standsAlone?: boolean;
  readonly recoveryTargets?: RecoveryTargets;
  readonly deployments: readonly DeploymentInstance[];
  readonly manifests?: KubernetesManifests;
}

/** A system whatever its settings' type: what the list of systems holds. */
export interface System {
  readonly name: string;
  readonly title: string;
  readonly regions: RegionPair;
  readonly environments: readonly string[];
  /** Whether the environments are named after branches: see `SystemDefinition`. @default false */
  readonly branches?: boolean;
  /** Whether it is rolled only by its name, and by itself: see `SystemDefinition`. @default false */
  readonly standsAlone?: boolean;
  /**
   * Builds all deployments of one environment. Pure: the same commit gives the same templates.
   * @throws MeridianError for an environment that the system does not have
   */
  build(environment: string): SystemInstance;
}

/** Makes a system of its definition. */
export function defineSystem<Settings>(definition: SystemDefinition<Settings>): System {
  const { name, title, regions, namePattern, nameTags, branches } = definition;
  return {
    name,
    title,
    regions,
    environments: Object.keys(definition.environments),
    ...(definition.standsAlone && { standsAlone: true }),
    ...(branches && { branches }),
    build(environmentName) {
      const environment = definition.environments[environmentName];
      if (!environment) {
        throw new MeridianError(`Environment "${environmentName}" of ${name}: no such environment. Choose one of ${Object.keys(definition.environments).join(', ')}.`, 2);
      }
      const tags: RequiredTags = { CostCenter: definition.costCenter, Environment: environmentName, Compliance: definition.compliance, System: name };
      const context = { system: name, environment: environmentName, shortEnvironment: environment.short, namePattern, regions, settings: environment.settings, tags, nameTags, bounded: true };
      const plan = definition.deployments(DeploymentPlan.of(context), regions, environment.settings);
      const recoveryTargets = typeof definition.recoveryTargets === 'function' ? definition.recoveryTargets(environment.settings) : definition.recoveryTargets;
      const named = { ...context, instances: new Map() };
      const manifests = definition.manifests?.({ settings: environment.settings, regions, resourceName: (resource, scope) => resourceName(named, resource, scope) });
      return { system: name, title, environment: environmentName, shortEnvironment: environment.short, regions, ...(definition.standsAlone && { standsAlone: true }), ...(recoveryTargets && { recoveryTargets }), deployments: plan.instances, ...(manifests && { manifests }) };
    },
  };
}
