import { expect } from 'chai';
import { lintFinding, type LintMatch } from '../../src/check/cfn-lint/match';
import type { CheckedTemplate } from '../../src/check/checked-template';

const template: CheckedTemplate = {
  system: 'shop',
  environment: 'production',
  deployment: 'platform',
  template: 'data',
  path: 'platform/data.json',
  file: '/dist/shop/production/platform/data.json',
  text: '',
  body: { Resources: { Primary: { Type: 'AWS::RDS::DBInstance', Properties: { DBInstanceClass: 'db.t3.mikro' } } } },
  isRoot: false,
  regions: ['us-east-1', 'ap-southeast-1'],
  sources: {},
};

const match = (Message: string, Level: LintMatch['Level'] = 'Error'): LintMatch => ({
  Level,
  Message,
  Location: { Path: ['Resources', 'Primary', 'Properties', 'DBInstanceClass'] },
  Rule: { Id: 'E3025', ShortDescription: 'Instance class', Description: 'Validates the class', Source: '' },
});

const classes = ['db.t3.micro', 'db.t3.small', ...Array.from({ length: 400 }, (_, index) => `db.r6g.${index}xlarge`)];

describe('a match of cfn-lint', () => {
  it('names the three nearest of a long list of allowed values, and the region it holds for', () => {
    const { what, where } = lintFinding(template, match(`'db.t3.mikro' is not one of [${classes.map((name) => `'${name}'`).join(', ')}] in 'ap-southeast-1'`));
    expect(what).to.match(/^'db\.t3\.mikro' is not one of the 402 values allowed; nearest: db\.t3\.micro, /);
    expect(what.length).to.be.lessThan(150);
    expect(where.regions).to.deep.equal(['ap-southeast-1']);
  });

  it('keeps a short list as it is', () => {
    expect(lintFinding(template, match("'a' is not one of ['b', 'c']")).what).to.equal("'a' is not one of ['b', 'c']");
  });

  for (const { level, severity } of [
    { level: 'Error', severity: 'HIGH' },
    { level: 'Warning', severity: 'MEDIUM' },
    { level: 'Informational', severity: 'LOW' },
  ] as const) {
    it(`of level ${level} is a finding of severity ${severity}`, () => {
      expect(lintFinding(template, match('x', level)).severity).to.equal(severity);
    });
  }
});
