import { expect } from 'chai';
import fc from 'fast-check';
import { measure, middle } from '../../scripts/bench/measure';
import { MeridianError } from '../../src/errors';

describe('the bench', () => {
  it('reports the value with as many runs above as below', () => {
    expect(middle([3, 1, 2])).to.equal(2);
    expect(middle([4, 1, 3, 2])).to.equal(2.5);
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const median = middle(values);
        const above = values.filter((value) => value > median).length;
        const below = values.filter((value) => value < median).length;
        return above <= values.length / 2 && below <= values.length / 2;
      }),
    );
  });

  it('counts the processes that a command starts', () => {
    const busy = 'for (const end = Date.now() + 150; Date.now() < end; );';
    const start = `require("child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(busy)}])`;
    const { wall, cpu, peak } = measure(['-e', start], '.');
    expect(cpu).to.be.within(0.15, 5);
    expect(wall).to.be.at.least(0.15);
    expect(peak).to.be.above(10_000_000);
  });

  it('fails with what a command wrote when that fails', () => {
    expect(() => measure(['-e', 'console.error("no such system"); process.exit(2)'], '.'))
      .to.throw(MeridianError, /it ended with code 2\. Its last lines:\s+no such system$/)
      .with.property('exitCode', 3);
  });
});
