import { expect } from 'chai';
import { environmentIn } from '../../../src/functions/rotate-origin-header/environment';

const variables = {
  DISTRIBUTION_ID: 'E1',
  HEADER_NAME: 'x-origin-verify',
  CURRENT_HEADER: 'origin-header',
  NEXT_HEADER: 'origin-header-next',
  HOME_REGION: 'ap-southeast-1',
  RULE_ARNS: 'one,two',
  ROTATION_DAYS: '90',
  QUIET_SECONDS: '180',
};

describe('The environment of the function that rotates the origin header', () => {
  it('tells what to rotate, where and when', () => {
    expect(environmentIn(variables)).to.deep.equal({
      distributionId: 'E1',
      header: 'x-origin-verify',
      names: { current: 'origin-header', next: 'origin-header-next' },
      home: 'ap-southeast-1',
      rules: ['one', 'two'],
      days: 90,
      quiet: 180_000,
    });
  });

  for (const name of Object.keys(variables)) {
    it(`is refused without ${name}`, () => {
      for (const value of [undefined, '']) expect(() => environmentIn({ ...variables, [name]: value })).to.throw(`Environment: ${name} is missing. Roll the edge deployment out, which sets it.`);
    });
  }

  for (const name of ['ROTATION_DAYS', 'QUIET_SECONDS']) {
    for (const value of ['0', '-1', '1.5', 'soon']) {
      it(`is refused with ${name}=${value}`, () => expect(() => environmentIn({ ...variables, [name]: value })).to.throw(`Environment: ${name} is no whole number from 1.`));
    }
  }
});
