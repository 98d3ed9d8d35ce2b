import { expect } from 'chai';
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
    ['an unknown key', 'domain: a.b\n', ':1: Key "domain" unknown: a parameters file has the keys suffix and parameters. Put values of parameters under "parameters:".'],
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

  it('is refused with all problems at once', () => {
    expect(() => parse('parameters:\n  Tier: huge\n  Capacity: 0\n')).to.throw(`Parameters file ${file} refused: 2 problems.\n  ${file}:2: Parameter "Tier" refused`);
  });
});
