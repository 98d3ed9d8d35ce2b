import { DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { DescribeDBClustersCommand, DescribeGlobalClustersCommand, RDSClient } from '@aws-sdk/client-rds';
import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../src/build/build';
import type { System } from '../../src/cfn';
import { LocalAwsControl, startLocalAws, type LocalAws } from '../../src/local-aws';
import { Build, destroy, fileParameters, openTarget, readParametersFile, rollout, type Target } from '../../src/rollout';
import { checkout } from '../../src/toolchain';
import { account } from '../../templates/account';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const environment = 'production';
const otherImage = `public.ecr.aws/docker/library/nginx@sha256:${'ab'.repeat(32)}`;

/** The production of a system whose database stands in two regions, on a local AWS of its own. */
export class RolledSystem {
  readonly control: LocalAwsControl;

  private constructor(
    readonly system: System,
    private readonly dist: string,
    private readonly aws: LocalAws,
    readonly target: Target,
  ) {
    this.control = new LocalAwsControl(aws.endpoint);
  }

  /** Builds the system and starts the local AWS; nothing is rolled yet. */
  static async open(system: System): Promise<RolledSystem> {
    const dist = mkdtempSync(join(tmpdir(), `meridian-${system.name}-`));
    await build({ dist, systems: [account, system] });
    const aws = await startLocalAws();
    return new RolledSystem(system, dist, aws, await openTarget({ kind: 'local', endpoint: aws.endpoint }));
  }

  async close(): Promise<void> {
    this.target.close();
    await this.aws.stop();
    rmSync(this.dist, { recursive: true, force: true });
  }

  /** What a rollout or destruction is started with; `values` stand in for those of the parameters file. */
  options(values: Readonly<Record<string, string>> = {}) {
    const { target, dist, system } = this;
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

  /** Rolls for the first time, region by region as designed, with one writer in the primary; and again, which changes nothing. */
  async standsAndStays(): Promise<void> {
    const { primary, secondary } = this.system.regions;
    expect(await this.rolled()).to.deep.equal([
      `zone ${primary} create`, `foundation ${secondary} create`, `foundation ${primary} create`, `platform ${primary} create`, `platform ${secondary} create`, 'edge us-east-1 create',
    ]);
    const writers = await Promise.all(
      [primary, secondary].map((region) => this.rds(region, async (client) => (await client.send(new DescribeDBClustersCommand({}))).DBClusters?.flatMap(({ DBClusterMembers = [] }) => DBClusterMembers.map(({ IsClusterWriter }) => IsClusterWriter)))),
    );
    expect(writers).to.deep.equal([[true, false, false], [false, false, false]]);
    const before = await this.nestedStacks();
    expect((await this.rolled()).filter((node) => !node.endsWith(' none'))).to.deep.equal([]);
    expect(await this.nestedStacks()).to.deep.equal(before);
  }

  /** Rolls another image, in the secondary first: no nested stack but the services' has an event. */
  async changesOneStack(imageParameter: string): Promise<void> {
    const { primary, secondary } = this.system.regions;
    const before = await this.nestedStacks();
    const changed = (await this.rolled({ [imageParameter]: otherImage })).filter((node) => !node.endsWith(' none'));
    expect(changed).to.deep.equal([`platform ${secondary} update`, `platform ${primary} update`]);
    const after = await this.nestedStacks();
    expect([...after].filter(([name, event]) => event !== before.get(name)).map(([name]) => name)).to.have.members([`Compute ${primary}`, `Compute ${secondary}`]);
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
