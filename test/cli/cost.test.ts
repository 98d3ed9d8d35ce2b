import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Interruption } from '../../src/cli/interruption';
import { runCost, type CostCommandOptions } from '../../src/cli/run/cost';
import { MeridianError } from '../../src/errors';
import { checkout } from '../../src/toolchain';
import { systems } from '../../templates/systems';
import { RememberedTerminal } from './support/terminal';

interface Document {
  readonly environments: { readonly environment: string; readonly estimate: { usd: number; readonly lines: { component: string; region: string; usd: number; price: string }[] } }[];
}

describe('meridian cost', function () {
  this.timeout(20_000);
  const folder = mkdtempSync(join(tmpdir(), 'meridian-cost-command-'));
  const terminal = new RememberedTerminal();
  const context = {
    terminal,
    interruption: new Interruption((line) => terminal.tell(line)),
    workspace: { project: checkout, dist: join(folder, 'dist'), parameters: join(checkout, 'parameters'), state: join(folder, '.meridian'), loadSystems: () => systems },
  };
  const run = (options: Partial<CostCommandOptions> = {}) => runCost(context, { system: 'kasha', environment: 'production', ...options });
  const document = async (): Promise<Document> => {
    await run({ json: true });
    return JSON.parse(terminal.printed) as Document;
  };

  beforeEach(() => (terminal.printed = ''));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('prints a table by deployment, region and component, with date, assumptions and what is not priced', async () => {
    expect(await run()).to.equal(0);
    expect(terminal.printed).to.match(/^kasha production {2}[\d,]+ USD a month\n/);
    expect(terminal.printed).to.match(/^ {2}platform +us-east-1 +Database +\d/m).and.to.match(/^ {2}All +[\d,]+$/m);
    expect(terminal.printed).to.match(/List prices of \d{4}-\d\d-\d\d or later/).and.to.contain('730 hours').and.to.match(/\d+ resources are not priced, \d+ cost nothing by themselves\.\n {4}\d+ AWS::\S+ in \S+: \w/);
  });

  it('has the same total as its lines', async () => {
    const [production] = (await document()).environments;
    const { usd, lines } = production!.estimate;
    expect(usd).to.be.closeTo(lines.reduce((sum, line) => sum + line.usd, 0), 1e-6).and.to.be.greaterThan(100);
  });

  it('estimates every environment when none is named', async () => {
    expect(await run({ environment: undefined })).to.equal(0);
    expect(terminal.printed.match(/^kasha \S+ {2}/gm)).to.have.length(systems.find(({ name }) => name === 'kasha')!.environments.length);
  });

  it('says of an environment with a budget what it is of it', async () => {
    expect(await run({ system: 'financial-portal' })).to.equal(0);
    expect(terminal.printed).to.match(/^financial-portal production .* % of the budget of 6,000 USD\n/);
  });

  it('compares with an earlier estimate: nothing when nothing changed, else the parts that did', async () => {
    const file = join(folder, 'before.json');
    const before = await document();
    writeFileSync(file, JSON.stringify(before));
    terminal.printed = '';
    await run({ diff: file });
    expect(terminal.printed).to.contain('Nothing costs more or less.');

    const line = before.environments[0]!.estimate.lines.find(({ price, region }) => price === 'nat-hour' && region === 'us-east-1')!;
    line.usd -= 20;
    writeFileSync(file, JSON.stringify(before));
    terminal.printed = '';
    await run({ diff: file });
    expect(terminal.printed).to.match(/^ {2}foundation +us-east-1 +Network +\d+ +\d+ +\+20$/m).and.to.match(/\(\+20\)\n/);
    expect(terminal.printed).not.to.contain('Database');
  });

  it('refuses a file that no estimate is in, and a system that is not there', async () => {
    const file = join(folder, 'other.json');
    writeFileSync(file, '{"a":1}');
    for (const [options, words] of [[{ diff: file }, 'it is not what "meridian cost --json" writes'], [{ diff: join(folder, 'none.json') }, 'cannot be read as JSON'], [{ system: 'kashi' }, 'System "kashi"']] as const) {
      const error: unknown = await run(options).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(MeridianError).and.to.include({ exitCode: 2 });
      expect((error as MeridianError).message).to.contain(words);
    }
  });
});
