import { expect } from 'chai';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCheck } from '../../src/cli/run/check';
import { Interruption } from '../../src/cli/interruption';
import { MeridianError } from '../../src/errors';
import { account, corner } from './support/corner';
import { CornerFolder } from './support/corner-folder';
import { RememberedTerminal } from './support/terminal';

describe('meridian check', function () {
  this.timeout(40_000);
  const folder = new CornerFolder();
  const terminal = new RememberedTerminal();
  const context = {
    terminal,
    interruption: new Interruption((line) => terminal.tell(line)),
    workspace: {
      project: join(folder.path, 'project'),
      dist: join(folder.path, 'dist'),
      parameters: join(folder.path, 'parameters'),
      state: join(folder.path, '.meridian'),
      loadSystems: () => [account, corner],
    },
  };

  after(() => folder.remove());

  beforeEach(() => {
    terminal.printed = '';
  });

  it('ends with 0 and one JSON document when there is nothing to find', async () => {
    expect(await runCheck(context, { json: true, cache: true })).to.equal(0);
    expect(JSON.parse(terminal.printed)).to.deep.include({ exitCode: 0, findings: [] });
  });

  it('ends with 1 for findings in a folder of templates, and writes them for other programs', async () => {
    const templates = join(folder.path, 'templates');
    const [sarif, junit] = [join(folder.path, 'out', 'check.sarif'), join(folder.path, 'out', 'check.xml')];
    mkdirSync(templates);
    writeFileSync(join(templates, 'topic.json'), JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicNmae: 'orders' } } } }));
    expect(await runCheck(context, { templates, sarif, junit, cache: true })).to.equal(1);
    expect(terminal.printed).to.match(/✖ E3002 .*TopicNmae/);
    expect(readFileSync(sarif, 'utf8')).to.contain('"ruleId": "E3002"');
    expect(readFileSync(junit, 'utf8')).to.contain('E3002');
  });

  it('takes a malformed parameters file for wrong input, not for a finding', async () => {
    folder.writeParameters('develop', 'parameters:\n  Lable: x\n');
    const error = await runCheck(context, { system: 'corner', cache: true }).catch((problem: unknown) => problem);
    expect(error).to.be.instanceOf(MeridianError).with.property('exitCode', 2);
    expect((error as Error).message).to.contain('develop.yaml:2: Parameter "Lable" unknown');
  });

  const misfits: readonly (readonly [string, object, string])[] = [
    ['a system beside a folder', { system: 'corner', templates: 'x' }, 'Option --templates: it takes the place of systems, and system "corner" is named too.'],
    ['regions without a folder', { regions: ['us-east-1'] }, 'Option --regions: it belongs to --templates;'],
    ['a folder to write findings to', { sarif: folder.path }, 'Option --sarif: '],
    ['parameters without a folder', { parameters: 'x.yaml' }, 'Option --parameters: it belongs to --templates;'],
  ];
  for (const [what, options, message] of misfits) {
    it(`refuses ${what}`, async () => {
      const error = await runCheck(context, { cache: true, ...options }).catch((problem: unknown) => problem);
      expect(error).to.be.instanceOf(MeridianError).with.property('exitCode', 2);
      expect((error as Error).message).to.contain(message);
    });
  }
});
