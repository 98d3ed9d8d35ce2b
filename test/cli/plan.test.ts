import { expect } from 'chai';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderPlan } from '../../src/cli/render/plan';
import { valueChange } from '../../src/cli/render/plan-value';
import { forbiddenLosses, type NodePlan, type ResourceChange, type RolloutPlan } from '../../src/rollout';
import { CornerFolder } from './support/corner-folder';
import { RememberedTerminal } from './support/terminal';

const orders: ResourceChange = {
  path: ['Store'],
  logicalId: 'Orders',
  type: 'AWS::SQS::Queue',
  action: 'replace',
  old: 'deleted',
  storesData: true,
  properties: [{ property: 'QueueName', before: 'a', after: 'b', replaces: 'always' }],
};
const delay: ResourceChange = { path: ['Store'], logicalId: 'Late', type: 'AWS::SQS::Queue', action: 'change', storesData: true, properties: [{ property: 'DelaySeconds', before: 30, after: 60, replaces: 'never' }] };

function node(region: string, more: Partial<NodePlan> = {}): NodePlan {
  const state = { template: 'f'.repeat(64), parameters: {} };
  return { node: { system: 'shop', environment: 'test', deployment: 'base', region }, stackSet: 'base', action: 'update', reasons: ['template'], before: state, after: state, resources: [], permissions: [], rules: [], limits: { rootBytes: 37_001, resources: 143 }, ...more };
}

function planOf(...nodes: readonly NodePlan[]): RolloutPlan {
  return { version: 1, system: 'shop', environment: 'test', suffix: 'main', target: { kind: 'local', account: '111111111111' }, nodes: [...nodes] };
}

function shown(plan: RolloutPlan, { allowed = [], out }: { readonly allowed?: readonly string[]; readonly out?: string } = {}): string[] {
  return renderPlan(plan, { forbidden: forbiddenLosses(plan, allowed), out, where: 'account 111111111111' }, new RememberedTerminal()).split('\n');
}

describe('a plan as text', () => {
  it('says where CloudFormation foresees something else, and that it agrees where it does', () => {
    const differs = shown(planOf(node('us-east-1', { resources: [delay], foresight: { changes: 1, differs: [{ resource: 'Store/Late', planned: 'change', foreseen: 'replace' }, { resource: 'Store/Gone', planned: 'remove' }], unseen: ['Deep'] } })));
    expect(differs).to.include.members([
      '    ▲ Store/Late: the template changes it, CloudFormation replaces it',
      '    ▲ Store/Gone: the template removes it, CloudFormation foresees nothing',
      '    CloudFormation tells nothing of the nested stack Deep',
    ]);
    expect(shown(planOf(node('us-east-1', { resources: [delay], foresight: { changes: 1, differs: [], unseen: [] } })))).to.include('    CloudFormation foresees the same, 1 resource');
  });

  it('begins with the data at stake, and ends with what allows its loss', () => {
    expect(shown(planOf(node('us-east-1', { resources: [orders, delay] })), { out: 'plan.json' })).to.deep.equal([
      'shop test  planned for account 111111111111',
      '',
      'Data at stake',
      '  ! base/Store/Orders (AWS::SQS::Queue) in us-east-1: replaced, the present one is deleted',
      '',
      'shop base  root 38 KB of 461 KB · 143 of 500 resources',
      '  us-east-1  update (template)',
      '    ! Store/Orders  AWS::SQS::Queue  REPLACE · the present one is deleted · stores data',
      '        QueueName  a → b  replaces',
      '    ~ Store/Late  AWS::SQS::Queue',
      '        DelaySeconds  30 → 60',
      '',
      'Saved  plan.json   → meridian rollout shop test --plan plan.json --allow-replace Orders',
      'Not rolled without --allow-replace Orders.',
      '',
    ]);
  });

  const namings: readonly string[] = ['Orders', 'Store/Orders', 'base/Store/Orders'];
  for (const id of namings) {
    it(`warns no longer of a loss that is allowed as ${id}`, () => expect(shown(planOf(node('us-east-1', { resources: [orders] })), { allowed: [id] }).join('\n')).not.to.match(/Data at stake|Not rolled/));
  }

  it('says of a second region only how it differs, apart from its own name', () => {
    const named = (region: string): ResourceChange => ({ ...delay, logicalId: 'Named', properties: [{ property: 'Value', before: `old ${region}`, after: `new ${region}`, replaces: 'never' }] });
    const added: ResourceChange = { path: [], logicalId: 'Extra', type: 'AWS::SSM::Parameter', action: 'add', storesData: false, properties: [] };
    const first = node('ap-southeast-1', { resources: [delay, named('ap-southeast-1')] });
    expect(shown(planOf(first, node('us-east-1', { resources: [delay, named('us-east-1')] }))).at(-2)).to.equal('  us-east-1  as in ap-southeast-1');
    expect(shown(planOf(first, node('us-east-1', { resources: [named('us-east-1'), added] }))).slice(-4)).to.deep.equal([
      '  us-east-1  as in ap-southeast-1 except 2',
      '    + Extra  AWS::SSM::Parameter',
      '    = Store/Late  unchanged here',
      '',
    ]);
  });

  it('puts permissions and rules of security groups into tables', () => {
    const text = shown(
      planOf(
        node('us-east-1', {
          permissions: [{ sign: '+', effect: 'Allow', action: 's3:GetObject', resource: 'bucket/*', principal: 'AWS:${Role}', condition: '' }],
          rules: [{ sign: '-', direction: 'in', protocol: 'TCP 443', peer: 'Everyone (IPv4)', group: '${Group}' }],
        }),
      ),
    );
    expect(text.slice(4, 10)).to.deep.equal([
      '    IAM',
      '         Effect  Action        Resource  Principal    Condition',
      '      +  Allow   s3:GetObject  bucket/*  AWS:${Role}',
      '    Security groups',
      '         Way  Protocol  Peer             Group',
      '      -  in   TCP 443   Everyone (IPv4)  ${Group}',
    ]);
  });

  it('shows parameters that change, and which of them are known only later', () => {
    const before = { template: 'a', parameters: { Domain: 'a.example', Vpc: 'vpc-1' } };
    const after = { template: 'a', parameters: { Domain: 'b.example', Vpc: null } };
    expect(shown(planOf(node('us-east-1', { before, after }))).slice(4, 6)).to.deep.equal(['    ~ parameter Domain  a.example → b.example', '    ~ parameter Vpc  vpc-1 → known only then']);
  });

  it('is short where nothing changes and where everything is new', () => {
    expect(shown(planOf(node('ap-southeast-1', { action: 'none' }), node('us-east-1', { action: 'none' }))).at(-2)).to.equal('  ap-southeast-1, us-east-1  no change');
    expect(shown(planOf(node('us-east-1', { action: 'create', reasons: [], resources: [orders, delay].map((each) => ({ ...each, action: 'add' })) }))).at(-2)).to.equal('  us-east-1  create  2 resources');
  });

  it('shows of two long values the place where they differ', () => {
    const start = 'x'.repeat(80);
    expect(valueChange(`${start}old`, `${start}new`)).to.equal('…xxxxxxxxxxxxold → …xxxxxxxxxxxxnew');
  });
});

describe('the plan command over a local AWS', function () {
  this.timeout(40_000);
  const folder = new CornerFolder();
  const meridian = (...args: string[]) => folder.meridian(args);
  const planFile = join(folder.path, 'plan.json');

  after(async () => {
    await meridian('local', 'stop');
    folder.remove();
  });

  it('has nothing to compare with while no local AWS runs', async () => {
    const { code, stderr } = await meridian('plan', 'corner', 'production');
    expect(code).to.equal(2);
    expect(stderr).to.contain('Local AWS: none is running');
  });

  it('shows a first rollout as creations, and a second as no change', async () => {
    await meridian('local', 'start');
    expect((await meridian('plan', 'corner', 'production')).stdout).to.match(/\ncorner base .*\n {2}ap-southeast-1 {2}create {2}2 resources\n {2}us-east-1 {2}create {2}2 resources\n/);
    await meridian('rollout', 'corner', 'production');
    const { code, stdout, stderr } = await meridian('plan', 'corner', 'production');
    expect(code).to.equal(0);
    expect(stdout).to.match(/\ncorner base .*\n {2}ap-southeast-1, us-east-1 {2}no change\n/);
    expect(stderr).to.match(/✔ Plan {7}0 to create, 0 to update, 4 unchanged/);
  });

  it('shows a changed parameter with what it changes, and saves the plan', async () => {
    folder.writeParameters('production', 'parameters:\n  Label: changed\n');
    const { code, stdout } = await meridian('plan', 'corner', 'production', '--out', planFile);
    expect(code).to.equal(0);
    expect(stdout).to.match(/ap-southeast-1 {2}update \(parameter Label\)\n {4}~ Shelf\/Tag {2}AWS::SSM::Parameter\n {8}Value {2}hello → changed\n {4}~ parameter Label {2}hello → changed\n {2}us-east-1 {2}as in ap-southeast-1\n/);
    expect(stdout).to.contain(`Saved  ${planFile}   → meridian rollout corner production --plan ${planFile}\n`);
    expect(existsSync(planFile)).to.equal(true);
  });

  it('prints the plan as one JSON document, the same as in the file', async () => {
    const { stdout } = await meridian('plan', 'corner', 'production', '--json');
    expect(JSON.parse(stdout)).to.deep.equal({ version: 1, exitCode: 0, forbidden: [], plan: JSON.parse(readFileSync(planFile, 'utf8')) });
  });

  it('refuses to roll a plan after a parameter has changed again', async () => {
    folder.writeParameters('production', 'parameters:\n  Label: otherwise\n');
    const { code, stderr } = await meridian('rollout', 'corner', 'production', '--plan', planFile);
    expect(code).to.equal(1);
    expect(stderr).to.contain('corner base in us-east-1: parameter Label will be "otherwise", planned "changed"');
    expect(stderr).to.contain('Run "meridian plan corner production" again and read the new plan.');
  });

  it('rolls the plan where nothing has moved', async () => {
    folder.writeParameters('production', 'parameters:\n  Label: changed\n');
    expect((await meridian('rollout', 'corner', 'production', '--plan', planFile)).code).to.equal(0);
    expect((await meridian('plan', 'corner', 'production')).stdout).to.match(/\ncorner base .*\n {2}ap-southeast-1, us-east-1 {2}no change\n/);
  });

  it('refuses a file that is no plan', async () => {
    writeFileSync(planFile, '{"version":2}');
    const { code, stderr } = await meridian('rollout', 'corner', 'production', '--plan', planFile);
    expect(code).to.equal(2);
    expect(stderr).to.match(/^Plan .*plan\.json of another form: /);
  });
});
