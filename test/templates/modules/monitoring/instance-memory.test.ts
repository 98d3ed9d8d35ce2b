import { expect } from 'chai';
import { instanceMemoryGiB } from '../../../../templates/modules/monitoring/instance-memory';

describe('The memory of an instance class', () => {
  for (const [instanceClass, gib] of [['db.r7g.large', 16], ['db.r8g.xlarge', 32], ['db.r6i.16xlarge', 512]] as const) {
    it(`is ${gib} GiB of ${instanceClass}`, () => expect(instanceMemoryGiB(instanceClass)).to.equal(gib));
  }

  for (const unknown of ['db.t4g.medium', 'db.serverless', 'db.r7g.metal']) {
    it(`is unknown of ${unknown}, with what to do`, () => expect(() => instanceMemoryGiB(unknown)).to.throw(`Instance class "${unknown}": its memory is not known. Choose a class such as db.r7g.large`));
  }
});
