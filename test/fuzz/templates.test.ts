import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { parseTemplate } from '../../src/check/folder/parse-template';
import { folderSubject } from '../../src/check/folder/folder-subject';
import { readFolder } from '../../src/check/folder/read-folder';
import { readParameterValues, requireDeclared } from '../../src/check/folder/parameter-values';
import { rootTrees } from '../../src/check/folder/roots';
import { guardInputs } from '../../src/check/cfn-guard/input';
import { metricFindings } from '../../src/check/metrics/run';
import { quotaFindings } from '../../src/check/quotas';
import { suppressionFindings } from '../../src/check/suppressions';
import { nestedTemplates } from '../../src/check/nested-templates';
import { damaged, edited, hostileText, hostileValue } from './support/hostile';
import { answerOf } from './support/named-cause';
import { runs } from './support/runs';

const alarm = { Namespace: 'AWS/SQS', MetricName: 'NumberOfMessagesSent', Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Orders', 'QueueName'] } }], Period: 60, EvaluationPeriods: 1, ComparisonOperator: 'GreaterThanThreshold', Statistic: 'Sum', Threshold: { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'High'] } };

/** A template that uses every section and function. */
const template = {
  AWSTemplateFormatVersion: '2010-09-09',
  Parameters: { Name: { Type: 'String', AllowedPattern: '[a-z]+', Default: 'orders' }, Zones: { Type: 'CommaDelimitedList', Default: 'a,b' }, Secret: { Type: 'String', NoEcho: true, MinLength: 1, Default: 'x' }, Wire: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a/b' }, Count: { Type: 'Number', Default: 3, MinValue: 1, AllowedValues: [1, 2, 3] } },
  Mappings: { Sizes: { 'us-east-1': { High: 5 }, 'ap-southeast-1': { High: 9 } } },
  Conditions: { Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] }, Named: { 'Fn::And': [{ Condition: 'Here' }, { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Name' }, ''] }] }] } },
  Resources: {
    Orders: { Type: 'AWS::SQS::Queue', DeletionPolicy: 'Retain', Properties: { QueueName: { 'Fn::Sub': ['${Name}-${Part}', { Part: { 'Fn::Select': [0, { Ref: 'Zones' }] } }] }, Tags: { 'Fn::If': ['Named', [{ Key: 'a', Value: { 'Fn::Join': ['-', [{ Ref: 'Wire' }, { Ref: 'Count' }]] } }], { Ref: 'AWS::NoValue' }] } } },
    Alarm: { Type: 'AWS::CloudWatch::Alarm', Condition: 'Here', DependsOn: ['Orders'], Properties: alarm },
    Board: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: { 'Fn::Sub': '{"widgets":[{"type":"metric","properties":{"title":"t","metrics":[["AWS/SQS","NumberOfMessagesSent","QueueName","${Orders.QueueName}"],["...","x"],[".",".","."]]}}]}' } } },
    Filter: { Type: 'AWS::Logs::MetricFilter', Properties: { MetricTransformations: [{ MetricNamespace: 'shop', MetricName: 'sold', Dimensions: [{ Key: 'a', Value: '$.a' }] }] } },
    Subnet: { Type: 'AWS::EC2::Subnet', Metadata: { note: 1 }, Properties: { CidrBlock: { 'Fn::Select': [1, { 'Fn::Cidr': ['10.0.0.0/16', 4, 8] }] }, AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] } } },
    Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './child.json', Parameters: { Name: { Ref: 'Name' }, Json: { 'Fn::ToJsonString': { a: { 'Fn::Length': [1, 2] } } } } } },
  },
  Outputs: { Id: { Value: { 'Fn::GetAtt': ['Child', 'Outputs.Id'] }, Export: { Name: { 'Fn::Base64': 'x' } } } },
};
const child = { Parameters: { Name: { Type: 'String' }, Json: { Type: 'String' } }, Resources: { Inner: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { Ref: 'Name' } } } }, Outputs: { Id: { Value: { Ref: 'Inner' } } } };

const wrongCalls = fc.tuple(fc.constantFrom('Ref', 'Condition', 'Fn::GetAtt', 'Fn::Sub', 'Fn::Join', 'Fn::Select', 'Fn::Split', 'Fn::If', 'Fn::FindInMap', 'Fn::Cidr', 'Fn::GetAZs', 'Fn::Base64', 'Fn::ImportValue', 'Fn::ToJsonString', 'Fn::Length', 'Fn::Transform', 'Fn::ForEach::A', 'Fn::GetStackOutput'), hostileValue).map(([name, argument]) => ({ [name]: argument }));

describe('somebody’s templates with anything in them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meridian-fuzz-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Everything that a check does in this process with a folder of two templates, up to the tools' own work. */
  function judge(root: string, nested: string): void {
    writeFileSync(join(folder, 'root.yaml'), root);
    writeFileSync(join(folder, 'child.json'), nested);
    const trees = rootTrees(readFolder(folder, 'templates'));
    const subject = folderSubject({ shown: 'templates', trees, regions: ['us-east-1', 'ap-southeast-1'], values: {} });
    const { environments, findings } = subject.resolve();
    const byPath = new Map(subject.templates.map((each) => [each.file, each]));
    for (const each of subject.templates) nestedTemplates(each, byPath);
    for (const environment of environments) guardInputs(environment);
    const all = [...findings, ...quotaFindings(subject.templates), ...suppressionFindings(subject.templates), ...metricFindings(environments, { strict: false }).findings].map(subject.locate);
    for (const { now, fix, where } of all) expect([now, fix, where.source].join('\n')).not.to.match(/\n\s+at |\[object Object\]/);
  }

  it('are judged, found fault with, or refused with a cause: a good template with damaged places', () => {
    fc.assert(fc.property(damaged(template), damaged(child), fc.boolean(), (root, nested, both) => void answerOf(() => judge(JSON.stringify(root) ?? '', JSON.stringify(both ? nested : child) ?? ''), [1, 2])), runs(500));
  });

  it('are judged, found fault with, or refused with a cause: a function with wrong arguments anywhere', () => {
    const place = fc.constantFrom('Properties', 'Condition', 'Output', 'Parameters', 'DeletionPolicy');
    fc.assert(
      fc.property(wrongCalls, place, (call, where) => {
        const wrong = {
          ...template,
          Conditions: { ...template.Conditions, ...(where === 'Condition' && { Wrong: call }) },
          Resources: { ...template.Resources, Probe: { Type: 'AWS::SQS::Queue', ...(where === 'DeletionPolicy' && { DeletionPolicy: call }), Properties: where === 'Properties' ? { Deep: [call] } : {} }, ...(where === 'Parameters' && { Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './child.json', Parameters: call } } }) },
          Outputs: { ...template.Outputs, ...(where === 'Output' && { Wrong: { Value: call } }) },
        };
        answerOf(() => judge(JSON.stringify(wrong), JSON.stringify(child)), [1, 2]);
      }),
      runs(500),
    );
  });

  it('are judged, found fault with, or refused with a cause: text with random edits', () => {
    const snippets = ['!Ref ', '!Sub ', '!GetAtt ', '!Foo ', '&a ', '*a', '<<: *a', '\t', '- ', '? ', '{', '}', '[', ']', '"', '\\u0000', ',,', ': ', '\n', '---\n', '!!binary ', '!!set '];
    const texts = [stringify(template), JSON.stringify(template, undefined, '\t'), JSON.stringify(template)];
    fc.assert(fc.property(fc.constantFrom(...texts).chain((text) => edited(text, snippets)), (text) => void answerOf(() => judge(text, JSON.stringify(child)), [1, 2])), runs(300));
  });

  it('have a line for every path, whatever JSON they are', () => {
    fc.assert(
      fc.property(hostileValue, hostileText, fc.constantFrom(undefined, 2, '\t'), (value, path, indentation) => {
        const parsed = parseTemplate('a.json', JSON.stringify({ Resources: {}, [path]: value }, undefined, indentation));
        expect(parsed?.lineOf(`${path}/0/a`)).to.be.greaterThan(0);
      }),
      runs(300),
    );
  });

  it('are read or passed over soon, however large or deep they are', () => {
    for (const text of ['{"Resources":{"A":'.padEnd(600_000, '['), `{"Resources":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`, `Resources:\n  ${'- '.repeat(50_000)}`, ' '.repeat(500_000), '\n'.repeat(500_000), `${'{,'.repeat(200_000)}Resources:`, `a: &a [${'1,'.repeat(100)}]\nb: &b [${'*a,'.repeat(100)}]\nc: &c [${'*b,'.repeat(100)}]\nResources: [${'*c,'.repeat(100)}]`, 'Resources: &a\n  A: *a\n']) {
      const started = performance.now();
      answerOf(() => parseTemplate('a.yaml', text));
      expect(performance.now() - started, `milliseconds for ${text.slice(0, 20)}`).to.be.lessThan(3_000);
    }
  });

  it('take values from a file with anything in it, or refuse it with its name', () => {
    const file = join(folder, 'values.yaml');
    const text = fc.oneof(hostileText, hostileValue.map((value) => JSON.stringify(value)), edited(JSON.stringify([{ ParameterKey: 'Name', ParameterValue: 'x' }]), ['{', '[', ',', '&a ', '*a', '!x ']), edited('Name: x\nZones: [a, b]\n', ['{', '[', ',', '&a ', '*a', '!x ']));
    fc.assert(
      fc.property(text, (content) => {
        writeFileSync(file, content);
        const answer = answerOf(() => requireDeclared(file, readParameterValues(file), ['Name', 'Zones']));
        if ('refused' in answer) expect(answer.refused.message).to.contain(file);
      }),
      runs(300),
    );
  });
});
