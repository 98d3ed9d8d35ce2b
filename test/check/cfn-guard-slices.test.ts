import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { build } from '../../src/build/build';
import { builtSubject } from '../../src/check/built-subject';
import { guardInputs, type GuardInput } from '../../src/check/cfn-guard/input';
import { judge } from '../../src/check/cfn-guard/judge';
import { loadRules } from '../../src/check/cfn-guard/rule';
import { guard } from '../../src/check/cfn-guard/run';
import { balance, Workers } from '../../src/check/workers';
import { cfnGuard, checkout, controlTowerRules } from '../../src/toolchain';
import { kasha } from '../../templates/systems/kasha';

const entriesOf = (verdicts: ReadonlyMap<string, unknown>): unknown => Object.fromEntries([...verdicts].sort(([left], [right]) => (left < right ? -1 : 1)));

describe('rules that are asked about slices of templates', function () {
  this.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'meridian-slices-'));
  const rules = loadRules({ own: join(checkout, 'rules'), controlTower: controlTowerRules() });
  const common = { tool: cfnGuard(), project: checkout, resolved: join(folder, 'resolved'), workers: new Workers() };
  let production: GuardInput;
  before(async () => {
    const dist = join(folder, 'dist');
    await build({ dist, systems: [kasha], environments: ['production'] });
    const { environments } = builtSubject({ dist, project: checkout, parametersOf: () => ({}) }).resolve();
    production = environments.flatMap(guardInputs).find(({ region }) => region === 'us-east-1') as GuardInput;
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What rules say of a document that they see as a whole. */
  const literal = async (body: object, some: typeof rules) => {
    const parts = await common.workers.run(balance(some, 2, ({ text }) => text.length), async (part) => judge({ documents: new Map([['whole.json', body]]), rules: part }, common));
    return new Map(parts.flatMap((part) => [...(part.get('whole.json') ?? [])]));
  };
  const present = ({ types }: (typeof rules)[number]): boolean => types.some((type) => Object.values(production.body.Resources).some(({ Type }) => Type === type));

  /** Rules that look at resources of several types, or follow references: all others see in a slice what they would see anyway. */
  const looksAround = ({ types, text }: (typeof rules)[number]): boolean => types.length > 1 || /\bResources\s*\[/.test(text);

  it('say of Kasha’s production what each says of the whole, place by place', async () => {
    const applicable = rules.filter((rule) => present(rule) && looksAround(rule));
    const whole = await literal(production.body, applicable);
    const [sliced] = (await guard([production], { ...common, rules: applicable })).judged;
    expect(new Set([...whole.values()].map(({ state }) => state))).to.include.keys('failed', 'passed', 'did-not-apply');
    expect(entriesOf(sliced?.verdicts ?? new Map())).to.deep.equal(entriesOf(whole));
  });

  it('are not asked when none of their types is there: they would not apply', async () => {
    const oneOfEach = Object.fromEntries(Object.entries(production.body.Resources).map((entry) => [entry[1].Type, entry] as const));
    const whole = await literal({ Resources: Object.fromEntries(Object.values(oneOfEach)) }, rules.filter((rule) => !present(rule)));
    expect([...whole].filter(([, { state }]) => state !== 'did-not-apply')).to.deep.equal([]);
  });

  it('are asked by command lines that answer the same when they are run again', async () => {
    const lines: string[] = [];
    const some = rules.filter(({ types }) => types.join() === 'AWS::SQS::Queue');
    await guard([production], { ...common, rules: some, onCommand: (line) => lines.push(line) });
    expect(lines).to.have.length(1);
    const data = /--data (\S+)/.exec(lines[0] ?? '')?.[1] ?? '';
    expect(readdirSync(join(checkout, data))).to.deep.equal(['kasha.production.us-east-1.json']);
  });

  it('are asked once for inputs that have the same resources, and say the same of both', async () => {
    const lines: string[] = [];
    const some = rules.filter(({ types }) => types.join() === 'AWS::SQS::Queue');
    const { judged } = await guard([production, { ...production, choice: 'Extra=yes' }], { ...common, rules: some, onCommand: (line) => lines.push(line) });
    const data = /--data (\S+)/.exec(lines[0] ?? '')?.[1] ?? '';
    expect([lines.length, readdirSync(join(checkout, data)).length]).to.deep.equal([1, 1]);
    expect(judged).to.have.length(2);
    expect(entriesOf(judged[1]?.verdicts ?? new Map())).to.deep.equal(entriesOf(judged[0]?.verdicts ?? new Map()));
    expect([...(judged[1]?.verdicts.values() ?? [])].map(({ state }) => state)).to.include('passed');
  });
});
