import { InvalidArgumentError } from 'commander';
import { expect } from 'chai';
import { durationUpTo } from '../../src/cli/duration-option';

describe('a time on the command line', () => {
  const parse = durationUpTo(86_400);
  for (const [text, seconds] of [['0', 0], ['30s', 30], ['5m', 300], ['1h', 3_600], ['24h', 86_400]] as const) {
    it(`${text} is ${seconds} seconds`, () => expect(parse(text)).to.equal(seconds));
  }
  for (const text of ['', '5', '5 m', 'm', '-1m', '1.5h', '5M', '1m30s', 'PT5M', '5d']) {
    it(`"${text}" is refused with examples`, () => expect(() => parse(text)).to.throw(InvalidArgumentError, 'Give a whole number with s, m or h, for example 30s, 5m or 1h; 0 is none.'));
  }
  it('is refused when it is too long', () => expect(() => parse('25h')).to.throw(InvalidArgumentError, 'Give at most 24h.'));
});
