import { ListStackSetOperationsCommand } from '@aws-sdk/client-cloudformation';
import { expect } from 'chai';
import { openTarget, type Target } from '../../../src/rollout';
import { Rehearsal } from '../support/rehearsal';
import { CuttingProxy, type Cut } from './cutting-proxy';

describe('faults of the network between the rollout and AWS', () => {
  let rehearsal: Rehearsal;
  let proxy: CuttingProxy;
  let target: Target;
  before(async () => {
    rehearsal = await Rehearsal.start();
    proxy = await CuttingProxy.before(rehearsal.endpoint);
    target = await openTarget({ kind: 'local', endpoint: proxy.endpoint });
  });
  after(async () => {
    target.close();
    await proxy.close();
    await rehearsal.stop();
  });
  beforeEach(async () => {
    await rehearsal.rollFresh();
    await rehearsal.build({ note: 'changed' });
    await rehearsal.control.resetCalls();
    proxy.struck.length = 0;
  });

  for (const { fault, action, cut, times = 1 } of [
    { fault: 3, action: 'UpdateStackSet', cut: 'cut-before' },
    { fault: 3, action: 'UpdateStackSet', cut: 'cut-after' },
    { fault: 3, action: 'UpdateStackInstances', cut: 'cut-after', times: 2 },
    { fault: 3, action: 'DescribeStackSetOperation', cut: 'cut-before', times: 3 },
    { fault: 3, action: 'DescribeStackEvents', cut: 'cut-after', times: 2 },
    { fault: 13, action: 'UpdateStackSet', cut: 'skew' },
    { fault: 13, action: 'DescribeStackSet', cut: 'skew' },
  ] as readonly { readonly fault: number; readonly action: string; readonly cut: Cut; readonly times?: number }[]) {
    it(`fault ${fault}: ${cut} of ${action}, ${times === 1 ? 'once' : `${times} times`}, is survived with one operation for each region`, async () => {
      proxy.cut(action, cut, times);
      const { exitCode, nodes } = await rehearsal.rollout({ target });
      expect(exitCode).to.equal(0);
      expect(proxy.struck, 'the fault struck').to.deep.equal(Array(times).fill(`${cut} ${action}`));
      expect(nodes.map(({ outcome }) => outcome)).to.deep.equal(['unchanged', 'unchanged', 'unchanged', 'done', 'done']);
      expect(await updates(), 'each region was updated once').to.deep.equal(['UPDATE SUCCEEDED', 'UPDATE SUCCEEDED']);
    });
  }

  /** The update operations that AWS knows of, which is what counts: a call that was lost and sent again is one. */
  async function updates(): Promise<string[]> {
    const { Summaries = [] } = await rehearsal.target.in('ap-southeast-1').cloudFormation.send(new ListStackSetOperationsCommand({ StackSetName: 'meridian-shop-test-main-app' }));
    return Summaries.filter(({ Action }) => Action === 'UPDATE').map(({ Action, Status }) => `${Action} ${Status}`);
  }
});
