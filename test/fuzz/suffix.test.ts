import { expect } from 'chai';
import * as fc from 'fast-check';
import { suffixOption } from '../../src/cli/options';
import { parseParameters } from '../../src/rollout/parameters-file';
import { hostileText } from './support/hostile';
import { answerOf } from './support/named-cause';
import { runs } from './support/runs';

describe('the suffix of a copy', () => {
  it('is taken on the command line and in a parameters file exactly when every template takes it', () => {
    const text = fc.oneof(hostileText, fc.string({ unit: fc.constantFrom('a', 'z', '0', '9', 'A', '-', '_', ' ', '\n', 'ä', '٣'), maxLength: 8 }));
    const parse = suffixOption().parseArg as (text: string, previous: undefined) => string;
    fc.assert(
      fc.property(text, (suffix) => {
        const taken = /^[a-z0-9]{1,6}$/.test(suffix) && !suffix.endsWith('\n');
        const read = answerOf(() => parseParameters(`suffix: ${JSON.stringify(suffix)}\n`, 'a.yaml', {}));
        expect('accepted' in read, suffix).to.equal(taken);
        if (taken) expect(parse(suffix, undefined)).to.equal(suffix);
        else expect(() => parse(suffix, undefined)).to.throw('Give 1 to 6 lower-case letters and digits.');
      }),
      runs(500),
    );
  });
});
