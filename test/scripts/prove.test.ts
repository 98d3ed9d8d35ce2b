import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { MatrixRow } from '../../scripts/requirements/matrix';
import { proven } from '../../scripts/requirements/proven';
import { resolveInstance } from '../../src/resolve';
import { prove, requirement } from '../requirements/requirement';
import { chosen, textsIn } from '../requirements/selection';
import { pathOf, view } from '../requirements/view';

const template = {
  Resources: {
    Orders: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders', MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true } },
    Bills: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'bills', MessageRetentionPeriod: 60, SqsManagedSseEnabled: true } },
  },
};
const shop = view('shop', template);
const queues = Object.values(shop.Resources);
const orders = shop.Resources.Orders.Properties;
const at = 'shop.Resources.Orders.Properties';

describe('Proving a requirement', () => {
  for (const { what, body, paths } of [
    { what: 'a number', body: () => expect(orders.MessageRetentionPeriod).to.equal(1_209_600), paths: [`${at}.MessageRetentionPeriod`] },
    { what: 'text', body: () => expect(orders).to.include({ QueueName: 'orders' }), paths: [`${at}.QueueName`] },
    { what: 'a boolean', body: () => expect(orders.SqsManagedSseEnabled).to.equal(true), paths: [`${at}.SqsManagedSseEnabled`] },
    { what: 'an absence', body: () => expect(orders).not.to.have.property('FifoQueue'), paths: [`${at}.FifoQueue`] },
    { what: 'keys', body: () => expect(Object.keys(shop.Resources)).to.deep.equal(['Orders', 'Bills']), paths: ['shop.Resources (what is in it)'] },
    { what: 'that a part is there', body: () => expect('Orders' in shop.Resources).to.equal(true), paths: ['shop.Resources.Orders (whether it is there)'] },
  ]) {
    it(`finds a test tight that asserts ${what} exactly`, () => {
      expect(prove(body)).to.deep.equal({ reads: new Set(paths), survivors: [] });
    });
  }

  for (const { what, body, path } of [
    { what: 'a bound where a value was asked for', body: () => expect(orders.MessageRetentionPeriod).to.be.at.least(60), path: `${at}.MessageRetentionPeriod` },
    { what: 'how text begins', body: () => expect(orders.QueueName).to.match(/^orders/), path: `${at}.QueueName` },
    { what: 'that something is there whatever it says', body: () => expect(orders).to.have.property('QueueName'), path: `${at}.QueueName` },
    { what: 'something of each of what may be nothing', body: () => Object.values(shop.Resources).forEach(({ Type }) => expect(Type).to.equal('AWS::SQS::Queue')), path: 'shop.Resources (what is in it)' },
  ]) {
    it(`reports the path of which a test asserts only ${what}`, () => {
      expect(prove(body).survivors).to.deep.equal([path]);
    });
  }

  it('takes what depends on a deployment for a value, and makes it come from another resource', () => {
    const root = { Resources: { Topic: { Type: 'AWS::SNS::Topic' }, Policy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'Topic' }] } } } };
    const topics = view('shop us-east-1', resolveInstance({ root, region: 'us-east-1' })).root.resources.get('Policy')?.properties['Topics'] as readonly { readonly origin: unknown }[];
    const path = 'shop us-east-1.root.Resources.Policy.Properties.Topics[0]';
    expect(prove(() => expect(topics[0]?.origin).to.include({ logicalId: 'Topic' }))).to.deep.equal({ reads: new Set([path]), survivors: [] });
    expect(prove(() => expect(topics[0]?.origin).to.include({ kind: 'resource' })).survivors).to.deep.equal([path]);
  });

  it('counts of a selection what was read of the chosen, and which are chosen', () => {
    const body = (): unknown => expect(chosen(queues, ({ Properties }) => Properties.MessageRetentionPeriod === 60).map(({ Properties }) => Properties.QueueName)).to.deep.equal(['bills']);
    const { reads, survivors } = prove(() => body());
    expect([...reads].map((path) => path.replace(/, where.*/, ''))).to.deep.equal(['shop.Resources.Bills.Properties.MessageRetentionPeriod', 'selection 1', 'shop.Resources.Bills.Properties.QueueName']);
    expect(survivors).to.deep.equal([]);
  });

  it('shows a stranger where nothing was chosen or found, and nothing where something was', () => {
    const tight = prove(() => {
      expect(chosen(queues, ({ Properties }) => !Properties.SqsManagedSseEnabled)).to.deep.equal([]);
      expect(textsIn(shop, /fifo/g)).to.deep.equal([]);
      expect(textsIn(shop, /"(orders|bills)"/g)).to.deep.equal(['"bills"', '"orders"']);
    });
    expect([tight.reads.size, tight.survivors.length]).to.deep.equal([3, 0]);
    expect(prove(() => chosen(queues, ({ Type }) => Type === 'AWS::SQS::Queue').forEach(() => undefined)).survivors.at(-1)).to.match(/^selection 1, where/);
  });

  it('changes nothing of what it shows altered', () => {
    const before = JSON.stringify(template);
    prove(() => expect(shop).to.deep.equal(template));
    expect(JSON.stringify(template)).to.equal(before);
    expect([pathOf(orders), pathOf(template)]).to.deep.equal([at, '']);
  });

  it('refuses values that are read where no test can be seen to depend on them', () => {
    expect(() => orders.QueueName).to.throw(`${at}.QueueName: it is read outside of every requirement`);
  });

  it('refuses ids that no list could have', () => {
    expect(() => requirement('KSH-1, KSH-25', 'is two', () => undefined)).to.throw('Requirement "KSH-1, KSH-25" of test "is two": it is no id such as KSH-25');
  });
});

describe('The proof of a list', () => {
  const row = (of: Partial<MatrixRow>): MatrixRow => ({ id: 'ABC-01', fact: 'a fact', proof: 'template', state: 'passed', tests: [{ title: 'ABC-01 a', passed: true }], ...of });
  const proof = { title: 'ABC-01 a', reads: new Set(['shop.A', 'shop.B']), survivors: [] };

  for (const { what, of, proofs, lacks } of [
    { what: 'whose test fails whatever is altered: proven', of: {}, proofs: [proof], lacks: undefined },
    { what: 'that a page shows: proven', of: { proof: 'page' as const }, proofs: [], lacks: undefined },
    { what: 'of which one path survives', of: {}, proofs: [{ ...proof, survivors: ['shop.B'] }], lacks: '1 of 2 paths can be altered and a test still passes' },
    { what: 'whose tests read no template', of: {}, proofs: [{ ...proof, title: 'ABC-02 b' }], lacks: 'no test of it reads a template through requirement()' },
    { what: 'that no test names', of: { state: 'unnamed' as const, tests: [] }, proofs: [], lacks: 'no test names it' },
    { what: 'of which a test fails', of: { state: 'failed' as const }, proofs: [proof], lacks: 'a test of it fails' },
  ]) {
    it(`says what there is to say of a requirement ${what}`, () => expect(proven([row(of)], proofs)[0]?.lacks).to.equal(lacks));
  }

  it('ends with exit code 1 and names path and test when a test of a system asserts too little', () => {
    const checkout = mkdtempSync(join(tmpdir(), 'meridian-prove-'));
    const own = (path: string): string => JSON.stringify(resolve(__dirname, '..', path));
    try {
      mkdirSync(join(checkout, 'test', 'requirements'), { recursive: true });
      writeFileSync(join(checkout, '.mocharc.json'), '{ "timeout": 5000 }');
      writeFileSync(join(checkout, 'test/requirements/shop.yaml'), 'ABC-01: { proof: template, fact: "Kept for a minute" }\nABC-02: { proof: template, fact: "Named orders" }\n');
      writeFileSync(join(checkout, 'test/shop.test.ts'), `
        const { requirement } = require(${own('requirements/requirement')});
        const { recorded } = require(${own('requirements/view')});
        const { expect } = require(${JSON.stringify(require.resolve('chai'))});
        const queue = recorded('shop', { Kept: 60, Name: 'orders' });
        requirement('ABC-01', 'is kept', () => expect(queue.Kept).to.be.above(1));
        requirement('ABC-02', 'is named', () => expect(queue.Name).to.equal('orders'));
      `);
      const script = `require(${own('../scripts/requirements/command')}).requirements(${JSON.stringify(checkout)}, ['shop', '--prove']).then((code) => { process.exitCode = code; });`;
      const { status, stdout } = spawnSync(process.execPath, ['-r', 'ts-node/register', '-e', script], { cwd: resolve(__dirname, '../..'), encoding: 'utf8' });
      expect(stdout).to.match(/✖ ABC-01 .*1 of 1 paths can be altered.*\n +shop\.Kept\n +altered, and still passes: ABC-01 is kept\n +✔ ABC-02 /);
      expect(status).to.equal(1);
    } finally {
      rmSync(checkout, { recursive: true, force: true });
    }
  });
});
