import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { checkFolder, exitCodeOf, renderSarif, type CheckResult, type FolderOptions } from '../../../src/check';
import { Shop } from '../shop';

const app = 'test/check/folder/app';

describe('check --templates', function () {
  this.timeout(60_000);
  let shop: Shop;
  beforeEach(() => (shop = new Shop()));
  afterEach(() => shop.remove());

  const check = (options: Partial<FolderOptions> = {}): Promise<CheckResult> => checkFolder({ folder: app, project: shop.folder, today: '2026-06-01', jobs: 2, ...options });

  /** Checks files that a case writes. */
  const checkFiles = (files: Readonly<Record<string, string | object>>, options: Partial<FolderOptions> = {}): Promise<CheckResult> => {
    const folder = join(mkdtempSync(join(shop.folder, 'theirs-')), 'theirs');
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
    }
    return check({ folder, steps: ['metrics'], ...options });
  };
  const refusal = async (files: Readonly<Record<string, string | object>>, options: Partial<FolderOptions> = {}): Promise<string> => {
    const error = await checkFiles(files, options).catch((thrown: unknown) => thrown);
    expect(error).to.include({ exitCode: 2 });
    return String(error);
  };

  it('finds what cfn-lint, the rules and the metrics find, at the line of the template that has it', async () => {
    const result = await check({ regions: ['us-east-1', 'ap-southeast-1'], parametersFile: join(app, 'values.json') });
    const shown = result.findings.map(({ rule, where }) => `${rule} ${where.logicalId} ${where.source}`);
    expect([...new Set(shown)].sort()).to.deep.equal([
      `CT.SQS.PR.1 Orders ${app}/messaging/queues.yml:13`,
      `E3002 Orders ${app}/messaging/queues.yml:18`,
      `metric-dimension-value Backlog ${app}/app.yaml:26`,
      `sqs_queue_encrypted_by_own_key Orders ${app}/messaging/queues.yml:13`,
      `sqs_queue_refuses_plain_http Orders ${app}/messaging/queues.yml:9`,
      `sqs_source_queue_gives_up Orders ${app}/messaging/queues.yml:13`,
    ]);
    expect(result.findings.every(({ where }) => where.regions.join() === 'ap-southeast-1,us-east-1')).to.equal(true);
    expect(exitCodeOf(result.findings)).to.equal(1);
    expect(renderSarif(result)).to.contain(`"uri": "${app}/messaging/queues.yml"`);
  });

  it('asks nobody for our tags, our regions or our requirements', async () => {
    const { rules, findings } = await check();
    expect(rules.map(({ rule }) => rule)).not.to.include('required_tags').and.not.to.include('data_stays_in_allowed_regions');
    expect(rules.flatMap(({ controls }) => controls).filter((control) => control.startsWith('KSH'))).to.deep.equal([]);
    expect(findings.flatMap(({ controls }) => controls).filter((control) => control.startsWith('KSH'))).to.deep.equal([]);
  });

  it('starts no process when nothing changed', async () => {
    const first = await check();
    const commands: string[] = [];
    const second = await check({ onProgress: (progress) => progress.kind === 'command' && commands.push(progress.line) });
    expect(commands).to.deep.equal([]);
    expect(second.findings).to.deep.equal(first.findings);
  });

  it('reads JSON as it reads YAML', async () => {
    const queue = { Type: 'AWS::SQS::Queue', Properties: {} };
    const template = { Resources: { Queue: queue, Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace: 'AWS/SQS', MetricName: 'NumberOfMessageSent', Dimensions: [] } } } };
    const { findings } = await checkFiles({ 'app.json': template });
    expect(findings.map(({ rule, where }) => `${rule} ${where.source?.split('/').at(-1)}`)).to.deep.equal(['metric-name app.json:11']);
  });

  it('judges a nested template by what each root passes, with the root beside it', async () => {
    const root = (namespace: string) => `Resources:\n  Nested:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: ../shared/alarm.yaml\n      Parameters: { Namespace: ${namespace} }\n`;
    const alarm = 'Parameters:\n  Namespace: { Type: String }\nResources:\n  Alarm:\n    Type: AWS::CloudWatch::Alarm\n    Properties:\n      Namespace: !Ref Namespace\n      MetricName: CPUUtilization\n';
    const { findings, environments } = await checkFiles({ 'live/app.yaml': root('AWS/ecs'), 'test/app.yaml': root('Custom/App'), 'shared/alarm.yaml': alarm });
    expect(environments).to.deep.equal(['theirs/live/app', 'theirs/test/app']);
    expect(findings.map(({ rule, where }) => `${rule} ${where.environment} ${where.template}`)).to.deep.equal(['metric-namespace live/app shared/alarm']);
  });

  it('takes values from {"Name": value} as from the AWS CLI', async () => {
    const template = 'Parameters:\n  Space: { Type: String, Default: AWS/SQS }\nResources:\n  Alarm:\n    Type: AWS::CloudWatch::Alarm\n    Properties: { Namespace: !Ref Space, MetricName: CPUUtilization }\n';
    for (const values of ['Space: AWS/Ecs\n', '{"Space": "AWS/Ecs"}', '[{"ParameterKey": "Space", "ParameterValue": "AWS/Ecs"}]']) {
      const parametersFile = join(shop.folder, 'values.txt');
      writeFileSync(parametersFile, values);
      const { findings } = await checkFiles({ 'app.yaml': template }, { parametersFile });
      expect(findings.map(({ rule }) => rule), values).to.deep.equal(['metric-namespace']);
    }
  });

  it('leaves alone what may exist elsewhere', async () => {
    const alarm = (Namespace: string, MetricName: string, Value: string) => ({ Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace, MetricName, Dimensions: [{ Name: 'QueueName', Value }] } });
    const Resources = { Custom: alarm('App', 'Orders', 'x'), Elsewhere: alarm('AWS/SQS', 'NumberOfMessagesSent', 'a-queue-of-another-stack'), Newer: alarm('AWS/SQS', 'SomethingOfNextYear', 'x') };
    expect((await checkFiles({ 'app.json': { Resources } })).findings).to.deep.equal([]);
  });

  it('says which templates it could only lint, and does not call them passed', async () => {
    const { findings, notes, rules } = await checkFiles({ 'sam.yaml': 'Transform: AWS::Serverless-2016-10-31\nResources:\n  Hello:\n    Type: AWS::Serverless::Function\n    Properties: {}\n' }, { steps: ['cfn-guard', 'metrics'] });
    expect(findings).to.deep.equal([]);
    expect(notes).to.have.length(1);
    expect(notes[0]).to.match(/theirs\/sam\.yaml: linted only: /);
    expect(rules.some(({ state }) => state === 'passed')).to.equal(false);
  });

  it('says so when templates do not fit together', async () => {
    const { findings } = await checkFiles({ 'app.yaml': 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Properties: { TopicName: !Ref Nmae }\n' });
    expect(findings.map(({ rule, now, where }) => `${rule} ${where.source?.split('/').at(-1)} ${now}`)[0]).to.match(/^unresolved app\.yaml:1 Ref "Nmae" in app\.yaml at Resources\.Topic/);
  });

  const topic = 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n';
  const nests = (url: string) => `Resources:\n  Nested:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: ${url} }\n`;

  it('refuses a folder that does not exist, and one without templates', async () => {
    expect(String(await check({ folder: 'nowhere' }).catch((error: unknown) => error))).to.contain('Folder nowhere not checked: there is no such folder');
    expect(await refusal({ 'package.json': { name: 'x' }, 'node_modules/a/template.yaml': topic })).to.contain('it holds no template');
  });

  for (const { wrong, files, says } of [
    { wrong: 'YAML that does not parse', files: { 'app.yaml': 'Resources:\n  Topic:\n    Type: "AWS::SNS::Topic\n' }, says: /theirs\/app\.yaml unreadable: line \d+, column \d+: / },
    { wrong: 'JSON that does not parse', files: { 'app.json': '{\n  "Resources": {\n    "Topic": { "Type": ]\n  }\n}\n' }, says: /theirs\/app\.json unreadable: line 3, column / },
    { wrong: 'a short tag that CloudFormation does not have', files: { 'app.yaml': `${topic}    Properties: { TopicName: !Reff Name }\n` }, says: /app\.yaml unreadable: line 4, column \d+: .*!Reff/ },
    { wrong: 'templates that nest each other', files: { 'a.yaml': nests('b.yaml'), 'b.yaml': nests('a.yaml') }, says: /Template a\.yaml not checked: it nests itself/ },
    { wrong: 'roots of the same name', files: { 'a.yaml': topic, 'a.yml': topic }, says: /Templates a\.yaml and a\.yml not told apart/ },
  ]) {
    it(`refuses ${wrong}, with its place`, async () => {
      expect(await refusal(files)).to.match(says);
    });
  }

  for (const { wrong, values, says } of [
    { wrong: 'a value that no template asks for', values: '{"Stagee": "x"}', says: /Parameter "Stagee" of .*values\.txt unknown: no root template declares it\. Did you mean "Stage"\?/ },
    { wrong: 'values in neither form', values: '[1, 2]', says: /Parameters .*values\.txt unusable: they are neither/ },
    { wrong: 'values that do not parse', values: '{"Stage": ', says: /Parameters .*values\.txt unreadable: line 1: / },
  ]) {
    it(`refuses ${wrong}`, async () => {
      const parametersFile = join(shop.folder, 'values.txt');
      writeFileSync(parametersFile, values);
      expect(await refusal({ 'app.yaml': `Parameters:\n  Stage: { Type: String }\n${topic}` }, { parametersFile })).to.match(says);
    });
  }

  it('refuses a values file that is not there', async () => {
    expect(await refusal({ 'app.yaml': topic }, { parametersFile: join(tmpdir(), 'nowhere.yaml') })).to.match(/nowhere\.yaml unreadable: ENOENT/);
  });
});
