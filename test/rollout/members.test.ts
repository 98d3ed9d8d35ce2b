import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { expect } from 'chai';
import { MeridianError } from '../../src/errors';
import { bootstrapMember, memberStacks, openTarget, type Target } from '../../src/rollout';
import { administratorOf } from '../../src/rollout/accounts/administrator';
import { withVariables } from '../support/variables';
import { parameters, Rehearsal } from './support/rehearsal';
import { primary, secondary } from './support/shop';

const administration = '111111111111';
const member = '222222222222';
const root = `arn:aws:iam::${administration}:root`;

/** A local AWS that is spoken to as to a real one: accounts are entered by their access role. */
describe('accounts that another one rolls into', function () {
  this.timeout(30_000);
  let rehearsal: Rehearsal;
  let target: Target;
  let putBack: (() => void) | undefined;
  before(async () => {
    rehearsal = await Rehearsal.start();
    putBack = withVariables({ AWS_ENDPOINT_URL: rehearsal.endpoint, AWS_ACCESS_KEY_ID: administration, AWS_SECRET_ACCESS_KEY: 'local' });
  });
  beforeEach(async () => {
    await rehearsal.control.reset();
    target = await openTarget({ kind: 'aws', account: administration });
    Object.defineProperty(target, 'pollPace', { value: rehearsal.target.pollPace });
    await rehearsal.control.resetCalls();
    await rehearsal.build({ queueOf: 'own' });
  });
  afterEach(() => target.close());
  after(async () => {
    putBack?.();
    await rehearsal.stop();
  });

  const accounts = [administration, member];
  const rollout = (of: readonly string[] = accounts) =>
    rehearsal.rollout({ target, parameters: { ...parameters, accounts: of }, sharedParameters: { file: 'parameters/account/shared.yaml', suffix: 'main', values: {}, accounts: of } });
  const prepare = (administrator = root) => bootstrapMember({ target: rehearsal.target.of(member), administrator, regions: [primary, secondary] });
  const prepareAdministration = () => rehearsal.rollout({ target, system: 'account', environment: 'shared', parameters: { file: 'f', suffix: 'main', values: {} } });
  const refusal = async (attempt: Promise<unknown>): Promise<string> => {
    const error = await attempt.then(() => undefined, (reason: unknown) => reason);
    if (!(error instanceof MeridianError)) throw new Error(`No refusal but ${String(error)}`);
    return error.message;
  };
  const refusalText = (attempt: Promise<unknown>) => attempt.then((answer) => JSON.stringify(answer), (error: Error) => error.message);
  const command = (account: string) => `meridian bootstrap --target aws --account ${account} --administrator ${root} --regions ${secondary},${primary}`;

  it('are entered by their access role, which the administrator may assume and nobody else', async () => {
    await prepareAdministration();
    await prepare();
    const { exitCode, nodes } = await rollout();
    expect(exitCode).to.equal(0);
    expect(nodes.at(-1)?.accounts?.map(({ account, outcome }) => `${account} ${outcome}`)).to.deep.equal([`${administration} done`, `${member} done`]);
    expect((await target.of(member).caller()).arn).to.equal(`arn:aws:sts::${member}:assumed-role/meridian-rollout-access/meridian`);
    const asAdministrator = withVariables({ AWS_ACCESS_KEY_ID: '999999999999' });
    try {
      const stranger = await openTarget({ kind: 'aws', account: '999999999999' });
      const denied = await refusalText(stranger.of(member).caller());
      stranger.close();
      expect(denied).to.contain('is not authorized to perform: sts:AssumeRole');
    } finally {
      asAdministrator();
    }
  });

  it('that are not ready are all named before anything is changed, with the command that prepares each', async () => {
    const message = await refusal(rollout([...accounts, '333333333333']));
    for (const account of [member, '333333333333']) {
      expect(message).to.contain(`Account ${account} not ready: its access role can't be assumed (User: ${root} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${account}:role/meridian-rollout-access). With credentials of that account, run: ${command(account)}`);
    }
    expect(message).to.match(/^Rollout of shop test refused: 2 problems\./);
    expect(await rehearsal.mutations()).to.deep.equal([]);
  });

  it('that were prepared for somebody else, or in fewer regions, are named too', async () => {
    await prepareAdministration();
    await bootstrapMember({ target: rehearsal.target.of(member), administrator: root, regions: [primary] });
    const message = await refusal(rollout());
    expect(message).to.contain(`Account ${member} not ready: bucket meridian-artifacts-${member}-${secondary} is missing. With credentials of that account, run: ${command(member)}`);
    await rehearsal.target.of(member).in(primary).ssm.send(new PutParameterCommand({ Name: '/meridian/bootstrap/member', Value: 'older', Overwrite: true }));
    expect(await refusal(rollout())).to.contain(`Account ${member} not ready: its roles are of another version, or for another administrator. With`);
  });

  it('are entered by a role that brings nothing when the caller only plans', async () => {
    const sts = mockClient(STSClient);
    sts.on(GetCallerIdentityCommand).resolves({ Account: administration, Arn: `arn:aws:sts::${administration}:assumed-role/meridian-rollout-plan/GitHubActions` });
    const planner = await openTarget({ kind: 'aws', account: administration }).finally(() => sts.restore());
    const denied = await refusalText(planner.of(member).caller());
    planner.close();
    expect(denied).to.contain(`is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${member}:role/meridian-rollout-plan-access`);
  });

  it('can not be prepared for somebody else while they administer StackSets themselves', async () => {
    await rehearsal.rollout({ target: rehearsal.target.of(member), system: 'account', environment: 'shared', parameters: { file: 'f', suffix: 'main', values: {} } });
    expect(await refusal(prepare())).to.match(/^Stack meridian-bootstrap-member in us-east-1 failed: .*meridian-(execution|stackset|boundary).* already exists/);
  });
});

describe('the administrator of an account', () => {
  const account = '123456789012';
  const cases: [string, readonly string[]][] = [
    [`arn:aws:sts::${account}:assumed-role/Platform/me`, [`arn:aws:iam::${account}:role/Platform`, `arn:aws:iam::${account}:role/*/Platform`]],
    [`arn:aws:iam::${account}:role/teams/Platform`, [`arn:aws:iam::${account}:role/Platform`, `arn:aws:iam::${account}:role/*/Platform`]],
    [`arn:aws:iam::${account}:user/me`, [`arn:aws:iam::${account}:user/me`]],
  ];
  for (const [arn, principals] of cases) {
    it(`is ${principals.join(' or ')} for ${arn}`, () => expect(administratorOf(arn)).to.deep.equal({ account, principals }));
  }

  it('is one for all workflows on GitHub, which roll as any environment or only plan', () => {
    const session = (role: string) => `arn:aws:sts::${account}:assumed-role/${role}/GitHubActions`;
    const workflows = { account, principals: [`arn:aws:iam::${account}:role/meridian-rollout-to-*`], planners: [`arn:aws:iam::${account}:role/meridian-rollout-plan`] };
    for (const role of ['meridian-rollout-to-develop', 'meridian-rollout-to-production', 'meridian-rollout-plan']) expect(administratorOf(session(role)), role).to.deep.equal(workflows);
    const { PlanAccess, Access } = JSON.parse(memberStacks(session('meridian-rollout-to-develop'))[0]!.body).Resources;
    expect(PlanAccess.Properties.AssumeRolePolicyDocument.Statement[0].Condition).to.deep.equal({ ArnLike: { 'aws:PrincipalArn': workflows.planners } });
    expect(Access.Properties.AssumeRolePolicyDocument.Statement[0].Condition).to.deep.equal({ ArnLike: { 'aws:PrincipalArn': workflows.principals } });
    const actions = PlanAccess.Properties.Policies[0].PolicyDocument.Statement.flatMap(({ Action }: { Action: string[] }) => Action);
    expect(actions.filter((action: string) => !/:(Describe|Get|List)/.test(action))).to.deep.equal([]);
  });

  it('is no service and no other text', () => {
    for (const arn of ['123456789012', 'arn:aws:s3:::bucket', `arn:aws:iam::${account}:policy/x`]) expect(() => administratorOf(arn)).to.throw(MeridianError, /^Administrator "/);
  });

  it('gets a role that reads stacks, alarms, images and wires, and writes nothing but artifacts', () => {
    const { Resources } = JSON.parse(memberStacks(`arn:aws:iam::${account}:user/p`)[0]!.body);
    const { AssumeRolePolicyDocument, Policies } = Resources.Access.Properties;
    expect(AssumeRolePolicyDocument.Statement).to.deep.equal([
      { Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': `arn:\${AWS::Partition}:iam::${account}:root` } }, Action: ['sts:AssumeRole'], Condition: { ArnLike: { 'aws:PrincipalArn': [`arn:aws:iam::${account}:user/p`] } } },
    ]);
    const actions = Policies[0].PolicyDocument.Statement.flatMap(({ Action }: { Action: string[] }) => Action);
    expect(actions.filter((action: string) => !/:(Describe|Get|List)/.test(action))).to.deep.equal(['s3:PutObject']);
    expect(Resources.Execution.Properties.AssumeRolePolicyDocument.Statement[0].Principal).to.deep.equal({ AWS: { 'Fn::Sub': `arn:\${AWS::Partition}:iam::${account}:role/meridian-stackset-administration` } });
    expect(Buffer.byteLength(JSON.stringify({ Resources }))).to.be.at.most(51_200);
  });
});
