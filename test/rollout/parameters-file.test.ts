import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseParameters, readParametersFile } from '../../src/rollout/parameters-file';
import type { TemplateParameter } from '../../src/rollout/template';

const known: Record<string, TemplateParameter> = {
  DomainName: { Type: 'String', AllowedPattern: '[a-z.]+', ConstraintDescription: 'a domain name' },
  HostedZoneId: { Type: 'AWS::Route53::HostedZone::Id' },
  ArchiveAccount: { Type: 'String', AllowedPattern: '^[0-9]{12}$' },
  Capacity: { Type: 'Number', MinValue: 1, MaxValue: 10 },
  Tier: { Type: 'String', AllowedValues: ['small', 'large'] },
  Label: { Type: 'String', MinLength: 2, MaxLength: 4 },
};
const file = 'parameters/kasha/production.yaml';
const parse = (text: string) => parseParameters(text, file, known);

describe('a parameters file', () => {
  it('gives the suffix and the values as they are written', () => {
    const text = 'suffix: blue\nparameters:\n  DomainName: shop.example.com\n  ArchiveAccount: 012345678901\n  Capacity: 3\n';
    expect(parse(text)).to.deep.equal({ file, suffix: 'blue', values: { DomainName: 'shop.example.com', ArchiveAccount: '012345678901', Capacity: '3' } });
  });

  it('lists accounts as they are written, and how waves go through them', () => {
    const text = "accounts:\n  - 012345678901\n  - '123456789012'\nconcurrency: 2\ntolerance: 1\n";
    expect(parse(text)).to.deep.equal({ file, suffix: 'main', values: {}, accounts: ['012345678901', '123456789012'], concurrency: 2, tolerance: 1 });
  });

  it('may give one value to several parameters by an alias', () => {
    expect(parse('parameters:\n  DomainName: &name a.b\n  HostedZoneId: *name\n').values).to.deep.equal({ DomainName: 'a.b', HostedZoneId: 'a.b' });
  });

  it('may hold its values behind an alias', () => {
    expect(parseParameters('parameters: &all {Tier: small}\n', file, known).values).to.deep.equal({ Tier: 'small' });
    expect(() => parse('suffix: &all {Tier: small}\nparameters: *all\n')).to.throw(':1: Key "suffix" has the wrong form');
  });

  it('leaves a pattern that only Java knows to CloudFormation', () => {
    expect(parseParameters('parameters: {P: x}\n', file, { P: { Type: 'String', AllowedPattern: '(?i)[a-z]++' } }).values).to.deep.equal({ P: 'x' });
  });

  for (const [name, text] of [['is empty', ''], ['has only a comment', '# nothing\n'], ['has an empty list of parameters', 'parameters:\n']] as const) {
    it(`may say nothing: ${name}`, () => expect(parse(text)).to.deep.equal({ file, suffix: 'main', values: {} }));
  }

  it('may be missing, when nothing needs a value', () => {
    expect(readParametersFile('/nowhere', 'kasha', 'production', known)).to.deep.equal({ file: '/nowhere/kasha/production.yaml', suffix: 'main', values: {} });
  });

  const refused: [string, string, string][] = [
    ['a tab', 'parameters:\n\tDomainName: a.b\n', ':2 unreadable: tabs are not allowed as indentation. Indent with spaces.'],
    ['a key twice', 'parameters:\n  Tier: small\n  Tier: large\n', ':3 unreadable: map keys must be unique. Remove one of the two.'],
    ['broken YAML', 'parameters: {\n', 'unreadable'],
    ['an account id of another length', "accounts: ['123456789012', '12345']\n", ':1: Account "12345" refused: an account id has twelve digits. Write it in quotes.'],
    ['an account id twice', "accounts:\n  - '123456789012'\n  - 123456789012\n", ':3: Account "123456789012" refused: it is listed twice. Remove one of the two.'],
    ['accounts that are no list', "accounts: '123456789012'\n", ':1: Key "accounts" has the wrong form'],
    ['an empty list of accounts', 'accounts: []\n', ':1: Key "accounts" is an empty list.'],
    ['no account at a time', 'concurrency: 0\n', ':1: Key "concurrency" is less than 1.'],
    ['a tolerance that lets every account fail', "accounts: ['123456789012', '210987654321']\ntolerance: 2\n", ':2: Key "tolerance" refused: with 2 of 2 accounts every one may fail. Give at most 1.'],
    ['a tolerance of one account', 'tolerance: 1\n', ':1: Key "tolerance" refused: without "accounts:" there is one account.'],
    ['an unknown key', 'domain: a.b\n', ':1: Key "domain" unknown: a parameters file has the keys suffix, accounts, concurrency, tolerance, parameters. Put values of parameters under "parameters:".'],
    ['a name that every object has', 'parameters:\n  constructor: a.b\n', ':2: Parameter "constructor" unknown'],
    ['the name of every object’s prototype', 'parameters:\n  __proto__: a.b\n', ':2: Parameter "__proto__" unknown'],
    ['an alias of nothing', 'parameters:\n  Tier: *size\n', ':2 unreadable: alias *size has no anchor &size before it. Correct the YAML.'],
    ['an alias of what it stands in', 'parameters: &all\n  Tier: *all\n', ':2 unreadable: alias *all stands inside its own anchor. Correct the YAML.'],
    ['a tag that nothing knows', 'parameters:\n  Tier: !vault small\n', ':2 unreadable: unresolved tag: !vault. Leave the tag out, or put the text in quotes.'],
    ['aliases that would fill the memory', `a: &a [${'1,'.repeat(99)}]\nb: &b [${'*a,'.repeat(99)}]\nc: [${'*b,'.repeat(99)}]\n`, ':3 unreadable: with its aliases written out it has more than 200,000 values.'],
    ['lists in lists without end', `parameters:\n  Tier: ${'['.repeat(50_000)}`, ':2 unreadable: it is nested more than 200 levels deep.'],
    ['a list instead of keys', '- a\n', ':1: The file has the wrong form'],
    ['a suffix that is too long', 'suffix: seventh\n', ':1: Key "suffix" is not 1 to 6 lower-case letters and digits.'],
    ['an unknown parameter', 'parameters:\n  DomainNam: a.b\n', ':2: Parameter "DomainNam" unknown: no deployment takes it. Did you mean "DomainName"?'],
    ['the suffix as a parameter', 'parameters:\n  EnvironmentSuffix: a\n', ':2: Parameter "EnvironmentSuffix" misplaced: it is the key suffix of this file.'],
    ['a list as a value', 'parameters:\n  DomainName:\n    - a.b\n', ':2: Parameter "DomainName" is neither text nor a number; write a list as one text, separated by commas.'],
    ['no value', 'parameters:\n  DomainName:\n', ':2: Parameter "DomainName" is neither text nor a number'],
    ['a value of another pattern', 'parameters:\n  DomainName: A_B\n', ':2: Parameter "DomainName" refused: "A_B" does not match [a-z.]+ (a domain name).'],
    ['a value that matches only in part', 'parameters:\n  DomainName: a.b/c\n', '"a.b/c" does not match'],
    ['a number that is none', 'parameters:\n  Capacity: many\n', '"many" is not a number'],
    ['a number too small', 'parameters:\n  Capacity: 0\n', '"0" is less than 1'],
    ['a number too large', 'parameters:\n  Capacity: 11\n', '"11" is more than 10'],
    ['a value that is not allowed', 'parameters:\n  Tier: huge\n', '"huge" is not one of small, large'],
    ['a text too short', 'parameters:\n  Label: a\n', '"a" has 1 characters, at least 2 are needed'],
    ['a text too long', 'parameters:\n  Label: abcde\n', '"abcde" has 5 characters, at most 4 are taken'],
  ];
  for (const [what, text, message] of refused) {
    it(`is refused with path and line for ${what}`, () => {
      expect(() => parse(text)).to.throw(message).with.property('exitCode', 2);
      expect(() => parse(text)).to.throw(file);
    });
  }

  it('is refused when it is a folder', () => {
    const folder = mkdtempSync(join(tmpdir(), 'meridian-parameters-'));
    try {
      mkdirSync(join(folder, 'kasha', 'production.yaml'), { recursive: true });
      expect(() => readParametersFile(folder, 'kasha', 'production', known)).to.throw(/^Parameters file .*production\.yaml unreadable: EISDIR/).with.property('exitCode', 2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is refused with all problems at once', () => {
    expect(() => parse('parameters:\n  Tier: huge\n  Capacity: 0\n')).to.throw(`Parameters file ${file} refused: 2 problems.\n  ${file}:2: Parameter "Tier" refused`);
  });
});
