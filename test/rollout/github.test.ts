import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { expect } from 'chai';
import { build } from '../../src/build/build';
import { bootstrapGitHub, openTarget, plan, rollout, type DeployParameters, type Target } from '../../src/rollout';
import { githubTemplate } from '../../templates/bootstrap';
import { checkout } from '../../src/toolchain';
import { requirement } from '../requirements/requirement';
import { recorded } from '../requirements/view';
import { withVariables } from '../support/variables';
import { plain } from '../templates/plain';
import { market } from './support/market';
import { Rehearsal } from './support/rehearsal';
import { actionsOf, askedBy, isAllowed, knownCommands, type AllowStatement, type Call } from './support/rights';
import { account as sharedByAccount, primary, secondary } from './support/shop';
import { outpost } from './preflight/outpost';

const account = '111111111111';
const provider = 'token.actions.githubusercontent.com';
const trust = { repository: 'acme/platform', environments: { develop: ['lookcard'], shared: ['account'], test: ['market', 'outpost'] } };

interface PolicyResource {
  readonly Properties: { readonly PolicyDocument: { readonly Statement: readonly AllowStatement[] } };
}

interface RoleResource {
  readonly Properties: {
    readonly RoleName: string;
    readonly ManagedPolicyArns: readonly unknown[];
    readonly AssumeRolePolicyDocument: { readonly Statement: readonly Record<string, unknown>[] };
    readonly Policies: readonly { readonly PolicyDocument: { readonly Statement: readonly AllowStatement[] } }[];
  };
}

const { Looking: looking, ...roles } = (JSON.parse(githubTemplate(trust).body) as { readonly Resources: Readonly<Record<string, RoleResource>> & { readonly Looking: PolicyResource } }).Resources;
const rightsOf = (id: string): readonly AllowStatement[] => [...roles[id]!.Properties.Policies, looking.Properties].flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
const actionsIn = (statements: readonly AllowStatement[]): string[] => [...new Set(statements.flatMap(({ Action }) => Action))].sort();

/** Commands of the parts of a rollout that a person asks for, or that only a person may. */
const byPersons: Readonly<Record<string, string>> = {
  CreateStack: 'the bootstrap and break-glass',
  UpdateStack: 'the bootstrap and break-glass',
  DeleteStack: 'the bootstrap',
  DeleteStackSet: 'meridian destroy',
  ContinueUpdateRollback: 'meridian continue-rollback',
  CreateChangeSet: 'meridian plan --change-sets, meridian drift --revert',
  DeleteChangeSet: 'meridian plan --change-sets, meridian drift --revert',
  DescribeChangeSet: 'meridian plan --change-sets, meridian drift --revert',
  ExecuteChangeSet: 'meridian drift --revert',
  DescribeStackDriftDetectionStatus: 'meridian drift',
  DescribeStackResourceDrifts: 'meridian drift',
  DetectStackDrift: 'meridian drift',
};

/** The commands of the AWS SDK that rollouts are written with. */
function commandsInSource(): string[] {
  const folder = join(checkout, 'src/rollout');
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join(folder, file), 'utf8'));
  const sent = texts.flatMap((text) => [...text.matchAll(/new ([A-Z]\w+)Command\(|\bpaginate([A-Z]\w+)\(/g)].map(([, command, paginated]) => command ?? paginated!));
  return [...new Set(sent)].sort();
}

/** Every command that is sent by any client of the AWS SDK while some work lasts. */
async function callsDuring(work: () => Promise<unknown>): Promise<Call[]> {
  const { prototype } = Object.getPrototypeOf(CloudFormationClient) as { prototype: { send: (...given: unknown[]) => unknown } };
  const { send } = prototype;
  const calls: Promise<Call>[] = [];
  prototype.send = function (this: { config: { region: () => Promise<string> } }, ...given: unknown[]) {
    const command = given[0] as { readonly constructor: { readonly name: string }; readonly input: Call['input'] };
    calls.push(this.config.region().then((region) => ({ command: command.constructor.name.replace(/Command$/, ''), region, input: command.input })));
    return send.apply(this, given);
  };
  try {
    await work();
  } finally {
    prototype.send = send;
  }
  return Promise.all(calls);
}

describe('the roles of workflows on GitHub', () => {
  requirement('LKC-106', 'are assumed with a token for STS, of the repository, and of one environment or of a pull request', () => {
    const trusts = Object.values(recorded('bootstrap/github', roles)).map(({ Properties }) => [Properties.RoleName, plain(Properties.AssumeRolePolicyDocument.Statement)] as const);
    const only = (subject: string) => [{
      Effect: 'Allow',
      Principal: { Federated: { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:oidc-provider/${provider}` } },
      Action: ['sts:AssumeRoleWithWebIdentity'],
      Condition: { StringEquals: { [`${provider}:aud`]: 'sts.amazonaws.com', [`${provider}:sub`]: subject } },
    }];
    expect(trusts).to.deep.equal([
      ['meridian-rollout-plan', only('repo:acme/platform:pull_request')],
      ['meridian-rollout-to-develop', only('repo:acme/platform:environment:develop')],
      ['meridian-rollout-to-shared', only('repo:acme/platform:environment:shared')],
      ['meridian-rollout-to-test', only('repo:acme/platform:environment:test')],
    ]);
  });

  it('plan without a right that changes anything', () => {
    expect(actionsIn(rightsOf('Plan')).filter((action) => !/:(Describe|Get|List)/.test(action))).to.deep.equal(['sts:AssumeRole']);
    expect(JSON.stringify(rightsOf('Plan').filter(({ Action }) => Action.includes('sts:AssumeRole')).map(({ Resource }) => Resource))).to.contain(':role/meridian-rollout-plan-access"').and.not.contain('*:role/meridian-rollout-access');
  });

  it('change the StackSets of their own environment and no others, and no bootstrap stack', () => {
    const update = (stackSet: string) => askedBy({ command: 'UpdateStackSet', region: primary, input: { StackSetName: stackSet, AdministrationRoleARN: `arn:aws:iam::${account}:role/meridian-stackset-administration` } }, account);
    const may = (id: string, stackSet: string): boolean => update(stackSet).every((asked) => isAllowed(rightsOf(id), asked, account));
    expect(may('RolloutToDevelop', 'meridian-lookcard-develop-main-platform')).to.equal(true);
    for (const other of ['meridian-lookcard-production-main-platform', 'meridian-lookcard-production-develop-platform', 'meridian-account-shared-main-account', 'meridian-kasha-develop-main-edge', 'other']) expect(may('RolloutToDevelop', other), other).to.equal(false);
    for (const id of Object.keys(roles)) expect(actionsIn(rightsOf(id)).filter((action) => action in byPersons || /:(Create|Update|Delete)Stack$/.test(action)), id).to.deep.equal([]);
    const pass = rightsOf('RolloutToDevelop').filter(({ Action }) => Action.includes('iam:PassRole'));
    expect(pass).to.deep.equal([{
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/meridian-stackset-administration' }],
      Condition: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } },
    }]);
  });

  it('have a right for every command that rollouts are written with, but for those of persons, and no right besides', () => {
    const commands = commandsInSource();
    expect(commands.filter((command) => !knownCommands.includes(command) && !(command in byPersons)), 'say which right it takes, or that only a person asks for it').to.deep.equal([]);
    expect(Object.keys(byPersons).filter((command) => !commands.includes(command))).to.deep.equal([]);
    const needed = commands.filter((command) => !(command in byPersons)).flatMap(actionsOf);
    expect(actionsIn(rightsOf('RolloutToDevelop'))).to.deep.equal([...new Set([...needed, 'sts:AssumeRole'])].sort());
  });

  it('fit: a policy of a role into its quota, and the template into a request', () => {
    for (const [id, { Properties }] of Object.entries(roles)) {
      expect(JSON.stringify(Properties.Policies).length, id).to.be.below(10_240);
      expect(Properties.ManagedPolicyArns, id).to.deep.equal([{ Ref: 'Looking' }]);
    }
    expect(JSON.stringify(looking.Properties.PolicyDocument).length).to.be.below(6_144);
    const many = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`environment-${index}`, ['account', 'customer-portal', 'financial-portal', 'fintech-global', 'kasha', 'lookcard']]));
    expect(Buffer.byteLength(githubTemplate({ repository: 'acme/platform', environments: many }).body)).to.be.at.most(51_200);
  });
});

describe('the rights of workflows on GitHub', function () {
  this.timeout(60_000);
  let rehearsal: Rehearsal;
  let target: Target;
  let putBack: (() => void) | undefined;
  const withMember: DeployParameters = { file: 'parameters/market/test.yaml', suffix: 'main', values: {} };
  const shared: DeployParameters = { file: 'parameters/account/shared.yaml', suffix: 'main', values: {} };
  before(async () => {
    rehearsal = await Rehearsal.start();
    putBack = withVariables({ AWS_ENDPOINT_URL: rehearsal.endpoint, AWS_ACCESS_KEY_ID: account, AWS_SECRET_ACCESS_KEY: 'local' });
    target = await openTarget({ kind: 'aws', account });
    Object.defineProperty(target, 'pollPace', { value: rehearsal.target.pollPace });
    await build({ dist: rehearsal.dist, systems: [sharedByAccount(), market(), outpost()] });
    await bootstrapGitHub({ target, regions: [primary, secondary] }, trust);
  });
  after(async () => {
    putBack?.();
    target.close();
    await rehearsal.stop();
  });

  const where = (system: string) => ({ target, dist: rehearsal.dist, state: rehearsal.state, system, environment: 'test', sharedParameters: shared, parameters: system === 'outpost' ? { file: 'f', suffix: 'main', values: { DomainName: 'shop.example' } } : withMember });
  const roll = async (system: string, environment = 'test') => {
    const result = await rollout({ ...where(system), environment, bake: { seconds: 0, ignored: [] }, ...(environment === 'shared' && { parameters: shared }) });
    if (result.message) throw new Error(result.message);
  };
  const refused = (calls: readonly Call[], id: string): string[] => [...new Set(calls.flatMap((call) => askedBy(call, account)).filter((asked) => !isAllowed(rightsOf(id), asked, account)).map(({ action, resource }) => `${action} ${resource}`))];

  it('LKC-106 are enough to plan and to roll systems that are new, changed and unchanged, after what the account shares', async () => {
    const calls = {
      shared: await callsDuring(() => roll('account', 'shared')),
      plan: await callsDuring(async () => { await plan(where('market')); await plan(where('outpost')); }),
      create: await callsDuring(async () => { await roll('market'); await roll('outpost'); }),
      update: await callsDuring(async () => {
        await build({ dist: rehearsal.dist, systems: [market({ goods: 'pears' })] });
        await plan(where('market'));
        await roll('market');
        await roll('market');
      }),
    };
    expect(refused(calls.shared, 'RolloutToShared')).to.deep.equal([]);
    expect(refused(calls.plan, 'Plan')).to.deep.equal([]);
    expect(refused([...calls.create, ...calls.update], 'RolloutToTest')).to.deep.equal([]);
    const made = new Set([...calls.create, ...calls.update].map(({ command }) => command));
    expect([...made]).to.include.members(['CreateStackSet', 'CreateStackInstances', 'UpdateStackSet', 'PutObject', 'GetTemplate', 'DescribeSecret', 'ListTypes']);
  });

  it('are too few for a plan to roll, for one environment to roll another, and for the bootstrap', async () => {
    const calls = await callsDuring(() => build({ dist: rehearsal.dist, systems: [market({ goods: 'plums' })] }).then(() => roll('market')));
    expect(refused(calls, 'Plan').map((text) => text.split(' ')[0])).to.include.members(['cloudformation:UpdateStackSet', 'cloudformation:UpdateStackInstances', 'iam:PassRole']);
    expect(refused(calls, 'RolloutToDevelop').map((text) => text.split(' ')[0])).to.include.members(['cloudformation:UpdateStackSet']);
    expect(knownCommands).not.to.include('CreateStack');
  });
});
