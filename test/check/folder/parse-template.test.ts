import { expect } from 'chai';
import { parseTemplate } from '../../../src/check/folder/parse-template';
import type { Template } from '../../../src/resolve';

const parse = (text: string) => parseTemplate('app.yaml', text);

/** A template whose resource `R` has one property, written as YAML. */
const withProperty = (written: string): unknown => (parse(`Resources:\n  R:\n    Type: AWS::SNS::Topic\n    Properties:\n      P: ${written}\n`)?.body as Template).Resources?.['R']?.Properties?.['P'];

describe('a template in YAML', () => {
  for (const { written, means } of [
    { written: '!Ref Name', means: { Ref: 'Name' } },
    { written: '!Condition Live', means: { Condition: 'Live' } },
    { written: '!GetAtt Queue.Arn', means: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
    { written: '!GetAtt Database.Endpoint.Address', means: { 'Fn::GetAtt': ['Database', 'Endpoint.Address'] } },
    { written: '!GetAtt [Queue, Arn]', means: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
    { written: '!Sub "${A}-${B}"', means: { 'Fn::Sub': '${A}-${B}' } },
    { written: '!Sub ["${A}", { A: !Ref B }]', means: { 'Fn::Sub': ['${A}', { A: { Ref: 'B' } }] } },
    { written: '!If [Live, !Ref A, !Ref AWS::NoValue]', means: { 'Fn::If': ['Live', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] } },
    { written: '!Select [0, !GetAZs ""]', means: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] } },
    { written: '!Join ["-", [a, !Base64 b]]', means: { 'Fn::Join': ['-', ['a', { 'Fn::Base64': 'b' }]] } },
    { written: '!Transform { Name: AWS::Include }', means: { 'Fn::Transform': { Name: 'AWS::Include' } } },
    { written: '{ Fn::ImportValue: !Sub "${A}" }', means: { 'Fn::ImportValue': { 'Fn::Sub': '${A}' } } },
    { written: '2012-10-17', means: '2012-10-17' },
    { written: 'yes', means: true },
    { written: '"012345678901"', means: '012345678901' },
  ]) {
    it(`reads ${written}`, () => {
      expect(withProperty(written)).to.deep.equal(means);
    });
  }

  it('knows the line of every path, and of the nearest place above a path that resolving added', () => {
    const parsed = parse('# comment\nResources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties:\n      Tags:\n        - Key: a\n          Value: !Sub ${A}\n      RedrivePolicy: !If\n        - Live\n        - maxReceiveCount: 3\n        - !Ref AWS::NoValue\n');
    const lines = ['Resources/Queue', 'Resources/Queue/Properties/Tags/0/Value', 'Resources/Queue/Properties/Tags/0/Value/Fn::Sub', 'Resources/Queue/Properties/RedrivePolicy/Fn::If/1/maxReceiveCount', 'Resources/Queue/Properties/RedrivePolicy/maxReceiveCount', 'Outputs/Gone', ''];
    expect(lines.map((path) => parsed?.lineOf(path))).to.deep.equal([3, 8, 8, 11, 9, 1, 1]);
  });

  it('is found in JSON on one line, wherever its Resources stand', () => {
    expect(parse('{"Description":"x","Resources":{}}')?.body).to.deep.equal({ Description: 'x', Resources: {} });
  });

  it('may make resources by a loop', () => {
    expect(parse('{"Resources":{"Fn::ForEach::Topics":["Name",["A"],{}]}}')?.body).to.have.property('Resources');
  });

  for (const { what, text, why } of [
    { what: 'with a resource that is none', text: '{\n  "Description": "x",\n  "Resources": {\n    "Orders": null\n  }\n}', why: 'Template app.yaml unreadable: line 4: Resources.Orders is no object. Correct the line.' },
    { what: 'with a section that is none', text: 'Resources: {}\nOutputs:\n', why: 'Template app.yaml unreadable: line 2: Outputs is no object.' },
    { what: 'in levels without end', text: `{"Resources":${'{"a":'.repeat(300)}1${'}'.repeat(301)}`, why: 'line 1, column 1: it is nested more than 200 levels deep' },
    { what: 'with an alias of itself', text: 'Resources: &all\n  Topic: *all\n', why: 'line 2, column 10: alias *all stands inside its own anchor' },
    { what: 'with an alias of nothing', text: 'Resources:\n  Topic: *other\n', why: 'line 2, column 10: alias *other has no anchor &other before it' },
    { what: 'with more aliases than memory', text: `Resources: {a: &a [${'1,'.repeat(99)}], b: &b [${'*a,'.repeat(99)}],\n  c: [${'*b,'.repeat(99)}]}\n`, why: 'with its aliases written out it has more than 200,000 values' },
  ]) {
    it(`is refused ${what}`, () => {
      expect(() => parse(text)).to.throw(why).with.property('exitCode', 2);
    });
  }

  it('is told from half a megabyte of nothing at once', () => {
    const start = performance.now();
    expect(parse('\n'.repeat(500_000))).to.equal(undefined);
    expect(performance.now() - start).to.be.lessThan(1_000);
  });

  for (const { what, text } of [
    { what: 'other YAML', text: 'name: app\nversion: 1\n' },
    { what: 'a list', text: '- Resources: 1\n' },
    { what: 'broken text that is no template', text: '{{ template }}: [\n' },
  ]) {
    it(`is not ${what}`, () => {
      expect(parse(text)).to.equal(undefined);
    });
  }
});
