import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { ownRules, readHeader } from '../../src/check/cfn-guard/rule';
import { cfnGuard, checkout } from '../../src/toolchain';

const folder = join(checkout, 'rules');
const services = readdirSync(folder);
const filesIn = (path: string, ends: string): string[] => readdirSync(path).filter((name) => name.endsWith(ends));
const stem = (file: string): string => basename(file, '.guard');

/** The rules and test files of a service, paired as `cfn-guard test -d` does: by the prefix of the name. */
function pairs(service: string): { rule: string; tests: string[] }[] {
  const tests = filesIn(join(folder, service, 'tests'), '.yaml');
  return filesIn(join(folder, service), '.guard').map((file) => ({ rule: stem(file), tests: tests.filter((name) => name.startsWith(stem(file))) }));
}

interface TestCase {
  readonly name: string;
  readonly expectations: { readonly rules: Readonly<Record<string, string>> };
}

describe('our Guard rules', () => {
  it('pass their own tests in cfn-guard', () => {
    const { status, stdout } = spawnSync(cfnGuard().command, ['test', '-d', folder], { encoding: 'utf8' });
    expect(stdout).not.to.match(/skipping|FAIL Rules/);
    expect(status).to.equal(0);
  });

  for (const service of services) {
    for (const { rule, tests } of pairs(service)) {
      it(`${service}/${rule} has one test file that cfn-guard finds, with cases for SKIP, PASS and two ways to FAIL`, () => {
        expect(tests, 'test files whose name begins with the rule').to.deep.equal([`${rule}_tests.yaml`]);
        const cases = parse(readFileSync(join(folder, service, 'tests', `${rule}_tests.yaml`), 'utf8')) as TestCase[];
        const expected = cases.map(({ expectations }) => expectations.rules[rule]);
        expect(expected).to.include.members(['SKIP', 'PASS', 'FAIL']);
        expect(expected.filter((state) => state === 'FAIL')).to.have.length.of.at.least(2);
        for (const { name, expectations } of cases) expect(name, 'a case begins with what it expects').to.match(new RegExp(`^${expectations.rules[rule]}\\b`));
      });
    }

    it(`${service} holds no test file without a rule`, () => {
      const rules = filesIn(join(folder, service), '.guard').map(stem);
      expect(filesIn(join(folder, service, 'tests'), '.yaml').map((name) => name.replace(/_tests\.yaml$/, ''))).to.have.members(rules);
    });
  }

  for (const { name, file, text, types, fix } of ownRules(folder)) {
    it(`${name} is named as its file, tells its scenarios and types, and says what to do`, () => {
      const fields = readHeader(text);
      expect(name).to.equal(stem(file));
      expect(fields['Scenarios']).to.match(/SKIP .*PASS .*FAIL /);
      expect(types).not.to.be.empty;
      expect(fix).not.to.equal('');
      expect(text.match(/Violation:/g)?.length).to.equal(text.match(/Fix:/g)?.length);
      const reported = fields['Reports on'] ?? '';
      if (reported.startsWith('AWS::')) expect(reported.split(/,\s*/).sort()).to.deep.equal(types);
    });
  }

  it('ask for tags on every type that templates may use and that takes them', () => {
    const generated = join(checkout, 'src', 'cfn', 'generated');
    const taggable = readdirSync(generated).flatMap((file) =>
      readFileSync(join(generated, file), 'utf8')
        .split(/^export class /m)
        .filter((source) => source.includes('static readonly tagging'))
        .map((source) => /"(AWS::\w+::\w+)"/.exec(source)?.[1] ?? '')
        .filter((type) => !type.startsWith('AWS::Serverless::')),
    );
    const asked = ownRules(folder).find(({ name }) => name === 'required_tags')?.types ?? [];
    expect(taggable.filter((type) => !asked.includes(type)), 'add these to rules/cloudformation/required_tags.guard').to.deep.equal([]);
  });
});
