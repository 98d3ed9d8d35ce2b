import { DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { DescribeDBClustersCommand, DescribeGlobalClustersCommand, RDSClient } from '@aws-sdk/client-rds';
import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../src/build/build';
import type { System } from '../../src/cfn';
import { LocalAwsControl, startLocalAws, type LocalAws } from '../../src/local-aws';
import { Build, destroy, fileParameters, openTarget, planDestroy, readParametersFile, rollout, type Target } from '../../src/rollout';
import { checkout } from '../../src/toolchain';
import { account } from '../../templates/account';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const otherImage = `public.ecr.aws/docker/library/nginx@sha256:${'ab'.repeat(32)}`;

/** What a first rollout is expected to come to. */
export interface Expected {
  /** Deployments that are rolled to one region only, before the foundation. @default the zone */
  readonly first?: readonly string[];
  /** For each region, the primary first, whether each instance of its cluster writes. @default three instances in each */
  readonly writers?: readonly (readonly boolean[])[];
}

/** An environment of a system whose database stands in two regions, on a local AWS of its own. */
export class RolledSystem {
  readonly control: LocalAwsControl;

  private constructor(
    readonly system: System,
    private readonly dist: string,
    private readonly aws: LocalAws,
    readonly target: Target,
    readonly environment: string,
  ) {
    this.control = new LocalAwsControl(aws.endpoint);
  }

  /**
   * Builds the system and starts the local AWS; nothing is rolled yet, and nothing is left where that fails.
   * @param environment @default production
   */
  static async open(system: System, environment = 'production'): Promise<RolledSystem> {
    const dist = mkdtempSync(join(tmpdir(), `meridian-${system.name}-`));
    let aws: LocalAws | undefined;
    try {
      await build({ dist, systems: [account, system] });
      aws = await startLocalAws();
      return new RolledSystem(system, dist, aws, await openTarget({ kind: 'local', endpoint: aws.endpoint }), environment);
    } catch (error) {
      rmSync(dist, { recursive: true, force: true });
      await aws?.stop();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.target.close();
    await this.aws.stop();
    rmSync(this.dist, { recursive: true, force: true });
  }

  /** What a rollout or destruction is started with; `values` stand in for those of the parameters file. */
  options(values: Readonly<Record<string, string>> = {}) {
    const { target, dist, system, environment } = this;
    const parametersOf = (name: string, of: string) => readParametersFile(join(checkout, 'parameters'), name, of, fileParameters(Build.open(dist, name, of)));
    const parameters = parametersOf(system.name, environment);
    return { target, dist, state: join(dist, 'state'), system: system.name, environment, parameters: { ...parameters, values: { ...parameters.values, ...values } }, sharedParameters: parametersOf('account', 'shared') };
  }

  /** Rolls, and says of each node of the system what was done. */
  async rolled(values?: Readonly<Record<string, string>>): Promise<string[]> {
    const { exitCode, message, nodes } = await rollout(this.options(values));
    expect(exitCode, message).to.equal(0);
    return nodes.filter(({ node }) => node.system === this.system.name).map(({ node, action, resources }) => `${node.deployment} ${node.region} ${resources === 0 ? 'none' : action}`);
  }

  async rds<T>(region: string, work: (client: RDSClient) => Promise<T>): Promise<T> {
    const client = new RDSClient(this.target.clientConfig(region));
    return work(client).finally(() => client.destroy());
  }

  /** The nested stacks of the system that stand, with the latest of their events. */
  async nestedStacks(): Promise<Map<string, string | undefined>> {
    const stacks = (await this.control.coverage()).stacks.filter(({ stackName, parentId }) => parentId !== null && stackName.includes(this.system.name));
    const latest = stacks.map(async ({ region, stackName, stackId }) => {
      const { StackEvents = [] } = await this.target.in(region).cloudFormation.send(new DescribeStackEventsCommand({ StackName: stackId }));
      return [`${/-([A-Za-z]+)-[^-]+$/.exec(stackName)?.[1]} ${region}`, StackEvents[0]?.EventId] as const;
    });
    return new Map(await Promise.all(latest));
  }

  /** Every stack of the system in every account, as `deployment/Nested region`, with where its events are. */
  private async stacks(): Promise<ReadonlyMap<string, { readonly account: string; readonly region: string; readonly stackId: string }>> {
    const deployment = new RegExp(`-${this.system.name}-${this.environment}-main-(.+?)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:-([A-Za-z0-9]+)-[^-]+)?$`);
    const all = (await this.control.coverage()).stacks.flatMap(({ account: of, region, stackName, stackId }) => {
      const [, root, nested] = deployment.exec(stackName) ?? [];
      return root === undefined ? [] : [[`${[root, ...(nested === undefined ? [] : [nested])].join('/')} ${region}`, { account: of, region, stackId }] as const];
    });
    return new Map(all);
  }

  /** The accounts in which something of the system stands. */
  async accounts(): Promise<readonly string[]> {
    return [...new Set([...(await this.stacks()).values()].map(({ account: of }) => of))].sort();
  }

  /** What somebody does to resources, by the stack that they are in: each as `Service UPDATE_COMPLETE`, in order. Stacks of which no resource has an event are left out. */
  async resourceEvents(work: () => Promise<unknown>): Promise<Readonly<Record<string, readonly string[]>>> {
    const eventsOf = async ({ account: of, region, stackId }: { readonly account: string; readonly region: string; readonly stackId: string }) =>
      (await this.target.of(of).in(region).cloudFormation.send(new DescribeStackEventsCommand({ StackName: stackId }))).StackEvents ?? [];
    const latest = new Map(await Promise.all([...(await this.stacks())].map(async ([place, stack]) => [place, (await eventsOf(stack))[0]?.EventId] as const)));
    await work();
    const found = await Promise.all(
      [...(await this.stacks())].map(async ([place, stack]) => {
        const events = await eventsOf(stack);
        const known = events.findIndex(({ EventId }) => EventId === latest.get(place));
        const fresh = events.slice(0, known < 0 ? events.length : known).reverse();
        return [place, fresh.filter(({ PhysicalResourceId }) => PhysicalResourceId !== stack.stackId).map(({ LogicalResourceId, ResourceStatus }) => `${LogicalResourceId} ${ResourceStatus}`)] as const;
      }),
    );
    return Object.fromEntries(found.filter(([, events]) => events.length > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Rolls for the first time, region by region as designed, with one writer in the primary; and again, which changes nothing. */
  async standsAndStays({ first = ['zone'], writers = [[true, false, false], [false, false, false]] }: Expected = {}): Promise<void> {
    const { primary, secondary } = this.system.regions;
    expect(await this.rolled()).to.deep.equal([
      ...first.map((deployment) => `${deployment} ${primary} create`), `foundation ${secondary} create`, `foundation ${primary} create`, `platform ${primary} create`, `platform ${secondary} create`, 'edge us-east-1 create',
    ]);
    const found = await Promise.all(
      [primary, secondary].map((region) => this.rds(region, async (client) => (await client.send(new DescribeDBClustersCommand({}))).DBClusters?.flatMap(({ DBClusterMembers = [] }) => DBClusterMembers.map(({ IsClusterWriter }) => IsClusterWriter)))),
    );
    expect(found).to.deep.equal(writers);
    const before = await this.nestedStacks();
    expect((await this.rolled()).filter((node) => !node.endsWith(' none'))).to.deep.equal([]);
    expect(await this.nestedStacks()).to.deep.equal(before);
  }

  /** Rolls another image, in the secondary first: no nested stack but the services' has an event. */
  async changesOneStack(imageParameter: string): Promise<void> {
    const { primary, secondary } = this.system.regions;
    await this.changes({ [imageParameter]: otherImage }, { nodes: [`platform ${secondary} update`, `platform ${primary} update`], stacks: [`Compute ${primary}`, `Compute ${secondary}`] });
  }

  /** Rolls with other values: these nodes are updated in this order, and of the nested stacks only these have an event. */
  async changes(values: Readonly<Record<string, string>>, { nodes, stacks }: { readonly nodes: readonly string[]; readonly stacks: readonly string[] }): Promise<void> {
    const before = await this.nestedStacks();
    const changed = (await this.rolled(values)).filter((node) => !node.endsWith(' none'));
    expect(changed).to.deep.equal(nodes);
    const after = await this.nestedStacks();
    expect([...after].filter(([name, event]) => event !== before.get(name)).map(([name]) => name)).to.have.members([...stacks]);
  }

  /** What refuses to be destroyed, and what a destruction would leave: each as `Data/Cluster region`, sorted. */
  async wouldKeep(): Promise<Readonly<Record<'refusing' | 'kept', readonly string[]>>> {
    const { protected: refusing, kept } = await planDestroy(this.options());
    const named = (resources: typeof refusing | typeof kept): readonly string[] => resources.map(({ node, path, logicalId }) => `${[...path, logicalId].join('/')} ${node.region}`).sort();
    return { refusing: named(refusing), kept: named(kept) };
  }

  /** Destroys everything: no stack and no database is left, and nothing is kept. */
  async isDestroyed(): Promise<void> {
    const { exitCode, message, kept } = await destroy(this.options());
    expect([exitCode, message, kept]).to.deep.equal([0, undefined, []]);
    expect((await this.nestedStacks()).size).to.equal(0);
    for (const region of Object.values(this.system.regions)) {
      const databases = await this.rds(region, async (client) => [(await client.send(new DescribeDBClustersCommand({}))).DBClusters, (await client.send(new DescribeGlobalClustersCommand({}))).GlobalClusters]);
      expect(databases).to.deep.equal([[], []]);
    }
  }
}
