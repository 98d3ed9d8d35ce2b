import { expect } from 'chai';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Interruption } from '../../src/cli/interruption';
import { runControls } from '../../src/cli/run/controls';
import { MeridianError } from '../../src/errors';
import { sample } from '../check/controls/a-system';
import { RuleFolder } from '../check/controls/rule-folder';
import { RememberedTerminal } from './support/terminal';

interface Matrix {
  readonly exitCode: number;
  readonly frameworks: readonly { readonly slug: string; readonly controls: readonly { readonly id: string; readonly environments: Readonly<Record<string, { readonly state: string }>> }[]; readonly uncovered: readonly object[] }[];
}

describe('meridian controls', function () {
  this.timeout(20_000);
  const folder = new RuleFolder();
  const terminal = new RememberedTerminal();
  const context = {
    terminal,
    interruption: new Interruption((line) => terminal.tell(line)),
    workspace: {
      project: folder.project,
      dist: join(folder.project, 'dist'),
      parameters: join(folder.project, 'parameters'),
      state: join(folder.project, '.meridian'),
      loadSystems: () => [sample],
    },
  };
  const printedJson = (): Matrix => JSON.parse(terminal.printed) as Matrix;

  before(() => mkdirSync(join(folder.project, 'node_modules')));
  beforeEach(() => (terminal.printed = ''));
  after(() => folder.remove());

  it('ends with 0 and shows a control as passed by its rules', async () => {
    folder.rule('parameter_is_here', 'SOC 2 CC8.1');
    expect(await runControls(context, {})).to.equal(0);
    expect(terminal.printed).to.match(/^SOC 2 {2}AICPA Trust Services Criteria\n.*sample[\s\S]*^CC8\.1 .*✔ \d+$/m);
    expect(terminal.told.join('\n')).to.match(/✔ Build[\s\S]*✔ cfn-guard/);
  });

  it('ends with 1 when a rule of a control fails, and prints one JSON document of the framework asked for', async () => {
    folder.rule('parameter_is_here', 'SOC 2 CC8.1', 'elsewhere');
    expect(await runControls(context, { framework: 'SOC-2', json: true })).to.equal(1);
    const { exitCode, frameworks } = printedJson();
    expect(exitCode).to.equal(1);
    expect(frameworks.map(({ slug }) => slug)).to.deep.equal(['soc-2']);
    expect(frameworks[0]?.controls.find(({ id }) => id === 'CC8.1')?.environments['sample/develop']?.state).to.equal('failed');
    expect(frameworks[0]?.uncovered).not.to.be.empty;
  });

  it('ends with 0 for a framework that the failing rule says nothing of', async () => {
    folder.rule('parameter_is_here', 'SOC 2 CC8.1', 'elsewhere');
    expect(await runControls(context, { framework: 'gdpr' })).to.equal(0);
  });

  for (const { file, beginning } of [
    { file: 'controls.md', beginning: '# Controls\n' },
    { file: 'controls.html', beginning: '<!DOCTYPE html>\n' },
  ]) {
    it(`writes ${file} for an auditor, making its folder`, async () => {
      const out = join(folder.project, 'out', file);
      await runControls(context, { framework: 'soc-2', system: 'sample', out });
      expect(readFileSync(out, 'utf8').startsWith(beginning)).to.equal(true);
      expect(readFileSync(out, 'utf8')).to.contain('CC8.1');
    });
  }

  for (const { what, options, message } of [
    { what: 'a framework that does not exist, naming the nearest', options: { framework: 'pcidss' }, message: /Framework "pcidss": no such framework\. Did you mean "pci-dss"\?/ },
    { what: 'a system that does not exist', options: { system: 'smaple' }, message: /Did you mean "sample"\?/ },
    { what: 'a kind of file that it does not write', options: { out: 'controls.pdf' }, message: /neither \.md nor \.html/ },
    { what: 'a folder to write to', options: { out: join(folder.project, 'folder.html') }, message: /is a folder/ },
  ]) {
    it(`refuses ${what}, before anything is built`, async () => {
      mkdirSync(join(folder.project, 'folder.html'), { recursive: true });
      const dist = join(folder.project, 'untouched');
      const error = await runControls({ ...context, workspace: { ...context.workspace, dist } }, options).catch((problem: unknown) => problem);
      expect(error).to.be.instanceOf(MeridianError).with.property('exitCode', 2);
      expect((error as Error).message).to.match(message);
      expect(existsSync(dist)).to.equal(false);
    });
  }
});
