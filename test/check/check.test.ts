import { expect } from 'chai';
import { cleanQueues, nestedStack, Shop, type Deployments } from './shop';

/** A root that nests a clean `data`, with what a case adds to either. */
function platform({ data = {}, root = {}, passes = {} }: { data?: object; root?: object; passes?: Record<string, unknown> } = {}): Deployments {
  return {
    platform: {
      root: { Resources: { Data: nestedStack('data', passes), ...root } },
      data: { Resources: { ...cleanQueues(), ...data }, Outputs: { QueueArn: { Value: { 'Fn::GetAtt': ['Orders', 'Arn'] } } } },
    },
  };
}

const topic = { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { 'Fn::GetAtt': ['Data', 'Outputs.QueueUrl'] } } };

describe('check', function () {
  this.timeout(60_000);
  let shop: Shop;
  beforeEach(() => (shop = new Shop()));
  afterEach(() => shop.remove());

  it('finds nothing in clean templates, and tells rules that passed from rules that did not apply', async () => {
    const { findings, rules, tools } = await shop.build(platform()).check();
    expect(findings).to.deep.equal([]);
    const stateOf = (id: string) => rules.find(({ rule }) => rule === id)?.state;
    expect(stateOf('sqs_source_queue_gives_up')).to.equal('passed');
    expect(stateOf('CT.SQS.PR.1')).to.equal('passed');
    expect(stateOf('rds_final_snapshot')).to.equal('did-not-apply');
    expect(stateOf('CT.RDS.PR.16')).to.equal('did-not-apply');
    expect(tools).to.have.all.keys('cfn-lint', 'cfn-guard');
  });

  it('names template, resource, TypeScript line, value and both regions of a misspelt property', async () => {
    const broken = { Queue: { ...cleanQueues()['Orders'], Properties: { Bogus: 1 } } };
    const { findings } = await shop.build(platform({ data: broken })).check({ steps: ['cfn-lint'] });
    const finding = findings.find(({ rule }) => rule === 'E3002');
    expect(finding).to.deep.include({ source: 'cfn-lint', severity: 'HIGH', now: 'Bogus: 1', path: 'Resources/Queue/Properties/Bogus' });
    expect(finding?.where).to.deep.equal({
      system: 'shop',
      environment: 'production',
      deployment: 'platform',
      template: 'data',
      logicalId: 'Queue',
      regions: ['ap-southeast-1', 'us-east-1'],
      source: 'templates/systems/shop/data.ts:15',
      module: 'templates/modules/data/data.ts:6',
      emitted: 'dist/shop/production/platform/data.json',
    });
  });

  it('finds a parameter and an output that the nested template does not have, in the root that names them', async () => {
    const { findings } = await shop.build(platform({ passes: { Vpc: 'vpc-1' }, root: { Topic: topic } })).check({ steps: ['cfn-lint'] });
    const wires = findings.filter(({ rule }) => ['E1010', 'E3043'].includes(rule)).map(({ rule, where }) => `${rule} ${where.template} ${where.logicalId}`);
    expect(wires).to.deep.equal(['E3043 root Data', 'E1010 root Topic']);
  });

  it('says that rules judged nothing when the templates do not fit together', async () => {
    const { findings } = await shop.build(platform({ passes: { Vpc: 'vpc-1' } })).check({ steps: ['cfn-guard'] });
    expect(findings.map(({ rule }) => rule)).to.deep.equal(['unresolved']);
    expect(findings[0]?.now).to.contain('"Vpc"');
  });

  it('joins the same violation of two regions, and takes its words from the rule', async () => {
    const plain = { Queue: { ...cleanQueues()['Orders'], Properties: { SqsManagedSseEnabled: true } } };
    const { findings, rules } = await shop.build(platform({ data: plain })).check({ steps: ['cfn-guard'] });
    const [finding] = findings.filter(({ rule, what }) => rule === 'sqs_source_queue_gives_up' && what.includes('dead-letter'));
    expect(finding).to.deep.include({ severity: 'HIGH', controls: ['NIST 800-53 r5 SI-13', 'SOC 2 PI1.5', 'KSH-91', 'KSH-92'], now: 'RedrivePolicy.deadLetterTargetArn: (absent)' });
    expect(finding?.fix).to.contain('RedriveAllowPolicy');
    expect(finding?.where).to.deep.include({ template: 'data', logicalId: 'Queue', regions: ['ap-southeast-1', 'us-east-1'] });
    expect(rules.find(({ rule }) => rule === 'CT.SQS.PR.1')).to.deep.include({ state: 'failed', counts: { failed: 2, waived: 0, passed: 0, 'did-not-apply': 0 } });
    expect(findings.find(({ rule }) => rule === 'CT.SQS.PR.1')?.fix).to.contain("Create a 'RedrivePolicy'");
  });

  it('judges what stands in a region, not the branches of its template', async () => {
    const conditional = {
      Conditions: { InPrimary: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] } },
      Resources: { ...cleanQueues(), Queue: { ...cleanQueues()['Orders'], Condition: 'InPrimary', Properties: { QueueName: 'plain' } } },
    };
    const { findings } = await shop.build({ platform: { root: conditional } }).check({ steps: ['cfn-guard'] });
    expect(new Set(findings.map(({ where }) => where.regions.join()))).to.deep.equal(new Set(['us-east-1']));
  });

  it('counts quotas in the emitted files', async () => {
    const many = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`Output${index}`, { Value: 'x' }]));
    const { findings } = await shop.build({ platform: { root: { Resources: cleanQueues(), Outputs: many } } }).check({ steps: [] });
    expect(findings.map(({ rule, now }) => `${rule}: ${now}`)).to.deep.equal(['quota-outputs: 201 of at most 200']);
  });

  it('refuses a template that silences a checker on itself', async () => {
    const silent = { Orders: { ...cleanQueues()['Orders'], Metadata: { 'cfn-lint': { config: { ignore_checks: ['E3002'] } } } } };
    const { findings } = await shop.build(platform({ data: silent })).check({ steps: [] });
    expect(findings.map(({ rule, where }) => `${rule} ${where.logicalId}`)).to.deep.equal(['self-suppression Orders']);
  });

  it('refuses a system that was not built, with what was', async () => {
    shop.build(platform());
    const refusal = await shop.check({ systems: ['shoop'] }).catch((error: unknown) => error);
    expect(refusal).to.include({ exitCode: 2 });
    expect(String(refusal)).to.contain('"shoop"').and.to.contain('(shop)');
  });
});
