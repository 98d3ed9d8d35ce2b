import { expect } from 'chai';
import * as fc from 'fast-check';
import { Unknown, type Template } from '../../src/resolve';
import { resolveRoot, resolved } from './resolving';

const atoms: Readonly<Record<string, unknown>> = {
  true: { 'Fn::Equals': ['a', 'a'] },
  false: { 'Fn::Equals': ['a', 'b'] },
  open: { 'Fn::Equals': [{ Ref: 'Domain' }, 'example.com'] },
  other: { 'Fn::Equals': [{ Ref: 'Zone' }, 'z'] },
};
const Parameters: Template['Parameters'] = { Domain: { Type: 'String' }, Zone: { Type: 'String' }, Empty: { Type: 'String', Default: '' }, Two: { Type: 'Number', Default: 2 } };

/** `true`, `false`, or `undecided`. */
function truth(condition: unknown, conditions: Readonly<Record<string, unknown>> = {}): string {
  const value = resolveRoot({ Parameters, Conditions: { ...conditions, Probe: condition }, Resources: {} }).root.conditions.get('Probe');
  return value instanceof Unknown ? 'undecided' : String(value);
}

const not = (operand: unknown): unknown => ({ 'Fn::Not': [operand] });

describe('conditions', () => {
  const cases: readonly (readonly [string, unknown, string])[] = [
    ['numbers equal their text', { 'Fn::Equals': [{ Ref: 'Two' }, '2'] }, 'true'],
    ['booleans equal their text', { 'Fn::Equals': [true, 'true'] }, 'true'],
    ['the region decides', { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] }, 'true'],
    ['an empty parameter equals the empty text', { 'Fn::Equals': [{ Ref: 'Empty' }, ''] }, 'true'],
    ['an unknown equals itself', { 'Fn::Equals': [{ 'Fn::Sub': 'x${Domain}' }, { 'Fn::Join': ['', ['x', { Ref: 'Domain' }]] }] }, 'true'],
    ['an unknown parameter may be empty', { 'Fn::Equals': [{ Ref: 'Domain' }, ''] }, 'undecided'],
    ['text with a literal part is not empty', { 'Fn::Equals': ['', { 'Fn::Sub': 'x${Domain}' }] }, 'false'],
    ['a false operand decides And', { 'Fn::And': [atoms['open'], atoms['false']] }, 'false'],
    ['an open operand leaves And undecided', { 'Fn::And': [atoms['open'], atoms['true']] }, 'undecided'],
    ['a true operand decides Or', { 'Fn::Or': [atoms['open'], atoms['true']] }, 'true'],
    ['an open operand leaves Or undecided', { 'Fn::Or': [atoms['open'], atoms['false']] }, 'undecided'],
    ['a condition may name another', { Condition: 'Other' }, 'true'],
  ];
  for (const [name, condition, expected] of cases) it(name, () => expect(truth(condition, { Other: atoms['true'] })).to.equal(expected));

  const condition: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    any: fc.oneof({ depthSize: 'small' }, fc.constantFrom(...Object.values(atoms)), tie('not'), tie('both'), tie('either')),
    not: tie('any').map(not),
    both: fc.tuple(tie('any'), tie('any')).map((operands) => ({ 'Fn::And': operands })),
    either: fc.tuple(tie('any'), tie('any')).map((operands) => ({ 'Fn::Or': operands })),
  })).any;

  it('obey De Morgan, undecided operands included', () => {
    fc.assert(
      fc.property(condition, condition, (left, right) => {
        expect(truth(not({ 'Fn::And': [left, right] }))).to.equal(truth({ 'Fn::Or': [not(left), not(right)] }));
        expect(truth(not({ 'Fn::Or': [left, right] }))).to.equal(truth({ 'Fn::And': [not(left), not(right)] }));
      }),
    );
  });

  it('are never undecided when every operand is known', () => {
    const decided = { Domain: 'example.com', Zone: 'y' };
    fc.assert(
      fc.property(condition, (probe) => {
        const value = resolveRoot({ Parameters, Conditions: { Probe: probe }, Resources: {} }, { parameters: decided }).root.conditions.get('Probe');
        expect(value).to.be.a('boolean');
      }),
    );
  });

  it('leave If unknown when undecided, unless both branches agree', () => {
    const template: Template = { Parameters, Conditions: { Open: atoms['open'] } };
    expect(resolved({ 'Fn::If': ['Open', 'a', 'b'] }, template)).to.be.instanceOf(Unknown);
    expect(resolved({ 'Fn::If': ['Open', [1], ['1']] }, template)).to.deep.equal([1]);
    expect(resolved({ 'Fn::If': ['Open', { a: 1, b: 2 }, { b: 2, a: 1 }] }, template)).to.deep.equal({ a: 1, b: 2 });
  });

  it('remove resources, outputs and DependsOn entries where they are false', () => {
    const instance = resolveRoot({
      Conditions: { No: atoms['false'] },
      Resources: { Replica: { Type: 'AWS::SQS::Queue', Condition: 'No' }, Queue: { Type: 'AWS::SQS::Queue', DependsOn: ['Replica'] } },
      Outputs: { Replica: { Condition: 'No', Value: { Ref: 'Replica' } } },
    });
    expect([...instance.resources()].map(({ id }) => id)).to.deep.equal(['Queue']);
    expect(instance.resource('Queue')?.dependsOn).to.deep.equal([]);
    expect(instance.root.outputs.size).to.equal(0);
  });

  it('keep resources where they are undecided', () => {
    const instance = resolveRoot({ Parameters, Conditions: { Open: atoms['open'] }, Resources: { Queue: { Type: 'AWS::SQS::Queue', Condition: 'Open' } } });
    expect(instance.resource('Queue')?.condition).to.equal('Open');
  });
});
