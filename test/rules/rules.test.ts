import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { ownRules, readHeader } from '../../src/check/cfn-guard/rule';
import { cfnGuard, checkout } from '../../src/toolchain';

const folder = join(checkout, 'rules');
const services = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() && entry.name !== 'controls' ? [entry.name] : []));
const filesIn = (path: string, ends: string): string[] => (existsSync(path) ? readdirSync(path).filter((name) => name.endsWith(ends)) : []);
const stem = (file: string): string => basename(file, '.guard');

/** The rules and test files of a service, paired as `cfn-guard test -d` does: by the prefix of the name. */
function pairs(service: string): { rule: string; tests: string[] }[] {
  const tests = filesIn(join(folder, service, 'tests'), '.yaml');
  return filesIn(join(folder, service), '.guard').map((file) => ({ rule: stem(file), tests: tests.filter((name) => name.startsWith(stem(file))) }));
}

interface TestCase {
  readonly name: string;
  readonly input: unknown;
  readonly expectations: { readonly rules: Readonly<Record<string, string>> };
}

const casesOf = (service: string, rule: string): TestCase[] => parse(readFileSync(join(folder, service, 'tests', `${rule}_tests.yaml`), 'utf8')) as TestCase[];

/** Whether a value holds an object with the key, at any depth. */
function mentions(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && (key in value || Object.values(value).some((part) => mentions(part, key)));
}

describe('our Guard rules', () => {
  it('pass their own tests in cfn-guard', () => {
    const { status, stdout } = spawnSync(cfnGuard().command, ['test', '-d', folder], { encoding: 'utf8' });
    expect(stdout).not.to.match(/skipping|FAIL Rules/);
    expect(status).to.equal(0);
  });

  for (const service of services) {
    for (const { rule, tests } of pairs(service)) {
      it(`${service}/${rule} has one test file that cfn-guard finds, whose cases begin with what they expect`, () => {
        expect(tests, 'test files whose name begins with the rule').to.deep.equal([`${rule}_tests.yaml`]);
        for (const { name, expectations } of casesOf(service, rule)) expect(name).to.match(new RegExp(`^${expectations.rules[rule]}\\b`));
      });

      it(`${service}/${rule} is tried on what it skips, passes, and refuses when absent and when wrong`, () => {
        const absence = readHeader(readFileSync(join(folder, service, `${rule}.guard`), 'utf8'))['Absence'];
        const names = casesOf(service, rule).map(({ name }) => name);
        const some = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
        expect(some(/^SKIP/), 'a case that begins with SKIP').to.equal(true);
        expect(some(/^PASS/), 'a case that begins with PASS').to.equal(true);
        expect(some(/^FAIL\b.*\bwrong/), 'a case that begins with FAIL and says what is wrong').to.equal(true);
        if (absence === undefined) expect(some(/^FAIL\b.*\babsent/), 'a case that begins with FAIL and says what is absent, or a line "# Absence:" in the rule that says why it is safe').to.equal(true);
        else expect(absence).to.match(/\w/);
        expect(names.filter((name) => name.startsWith('FAIL'))).to.have.length.of.at.least(2);
      });

      it(`${service}/${rule} is tried on what only deployment can tell, and does not refuse it`, () => {
        const accepted = casesOf(service, rule).filter(({ expectations }) => expectations.rules[rule] !== 'FAIL');
        for (const key of ['Ref', 'Fn::If']) expect(accepted.some(({ input }) => mentions(input, key)), `a case with ${key} that is not refused`).to.equal(true);
      });
    }

    it(`${service} has no rule whose name begins with another's, which cfn-guard could not tell apart`, () => {
      const rules = filesIn(join(folder, service), '.guard').map(stem);
      expect(rules.filter((rule) => rules.some((other) => other !== rule && rule.startsWith(other)))).to.deep.equal([]);
    });

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
      expect(fields['Controls'], 'at least one control').to.match(/\w/);
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
