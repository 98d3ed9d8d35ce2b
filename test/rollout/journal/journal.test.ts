import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { StackInstances } from '../../../src/rollout/instances';
import { Journal } from '../../../src/rollout/journal/journal';
import type { JournalCall } from '../../../src/rollout/journal/record';
import { hashesOf, keepVersion } from '../../../src/rollout/journal/version';
import { sha256 } from '../../../src/rollout/package';

const call: JournalCall = { node: 'shop/test/app@us-east-1', action: 'update', call: 'UpdateStackSet', operationId: 'op-1', stackSet: 'set', home: 'h', region: 'r', newTemplateHash: 'a', parametersHash: 'b' };
const nothing = () => Promise.resolve();
const answer = (httpStatusCode?: number) => Object.assign(new Error('refused'), { $metadata: { httpStatusCode } });

describe('the journal of a rollout', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'meridian-journal-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const file = () => join(folder, 'journal.jsonl');
  const lines = () => readFileSync(file(), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));

  it('has a call on disk before it is made, and its outcome after', async () => {
    const journal = new Journal(folder);
    journal.start('rollout', 'build');
    let before: unknown;
    const sequence = await journal.call(call, async () => {
      before = lines().at(-1);
    });
    expect(before).to.deep.equal({ sequence: 2, event: 'call', ...call });
    journal.outcome(sequence, 'SUCCEEDED');
    journal.end(0);
    expect(lines().map(({ sequence: number, event }) => `${number} ${event}`)).to.deep.equal(['1 start', '2 call', '3 outcome', '4 end']);
    expect(new Journal(folder).last).to.deep.equal({ command: 'rollout', exitCode: 0 });
  });

  it('tells a killed command by its missing end, and its call by the missing outcome', async () => {
    const killed = new Journal(folder);
    killed.start('rollout', 'build');
    await killed.call(call, nothing);
    const { last, open } = new Journal(folder);
    expect(last).to.deep.equal({ command: 'rollout' });
    expect(open).to.deep.equal([{ sequence: 2, event: 'call', ...call, by: { command: 'rollout', build: 'build' } }]);
  });

  const replies: [string, number | undefined, number][] = [
    ['closes a call that AWS answered to refuse', 400, 0],
    ['leaves a call open that AWS may have taken before it broke', 500, 1],
    ['leaves a call open whose reply was lost', undefined, 1],
  ];
  for (const [title, status, open] of replies) {
    it(title, async () => {
      const journal = new Journal(folder);
      journal.start('rollout', 'build');
      await journal.call(call, () => Promise.reject(answer(status))).catch(() => undefined);
      expect(new Journal(folder).open).to.have.length(open);
    });
  }

  it('gives the same call its operation id again when AWS has never heard of it, and any other call a new one', async () => {
    const killed = new Journal(folder);
    killed.start('rollout', 'build');
    await killed.call(call, nothing);
    const journal = new Journal(folder);
    expect(journal.operationId(call), 'as long as AWS was not asked').not.to.equal('op-1');
    journal.mark(journal.open[0]!, 'unknown');
    expect(journal.operationId(call)).to.equal('op-1');
    expect(journal.operationId({ ...call, parametersHash: 'other' })).not.to.equal('op-1');
  });

  it('ignores half a last line, and puts the next line in its place', () => {
    new Journal(folder).start('rollout', 'build');
    appendFileSync(file(), '{"sequence":2,"event":"ca');
    const journal = new Journal(folder);
    expect(journal.open).to.deep.equal([]);
    journal.end(3);
    expect(lines().map(({ event }) => event)).to.deep.equal(['start', 'end']);
  });

  const damages: [string, string, RegExp][] = [
    ['garbage', 'garbage\n{"sequence":2,"event":"end","exitCode":0}\n', /^Journal .*journal\.jsonl damaged: line 1 is not a record of a rollout\. .*move the file away/],
    ['a missing line', '{"sequence":2,"event":"end","exitCode":0}\n', /damaged: line 1 has the sequence 2/],
  ];
  for (const [title, text, message] of damages) {
    it(`refuses ${title} in its middle`, () => {
      writeFileSync(file(), text);
      expect(() => new Journal(folder)).to.throw(message);
    });
  }

  it('keeps the version before by its content, and no secret of it', () => {
    const body = JSON.stringify({ Parameters: { Token: { Type: 'String', NoEcho: true }, Name: { Type: 'String' } }, Resources: {} });
    const stackSet = { TemplateBody: body, Parameters: [{ ParameterKey: 'Token', ParameterValue: 's3cret' }, { ParameterKey: 'Name', ParameterValue: 'n' }] };
    expect(keepVersion(folder, { stackSet, instances: new StackInstances() })).to.deep.equal({ template: `previous-${sha256(Buffer.from(body))}.json`, parameters: { Name: 'n' } });
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name), 'utf8')).not.to.contain('s3cret');
    const hashes = ['s3cret', 'other'].map((Token) => hashesOf({ name: 's', description: '', body, parameters: { Token, Name: 'n' }, tags: {} }));
    expect(hashes[0]).to.deep.equal(hashes[1]);
  });
});
