import { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { DeleteBucketCommand, DeleteObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { artifactBucket } from '../../../src/rollout/package';
import { Rehearsal } from '../support/rehearsal';
import { primary, secondary } from '../support/shop';

describe('fault 12: nested templates that can not be read', () => {
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  after(() => rehearsal.stop());
  beforeEach(async () => {
    await rehearsal.rollFresh();
    await rehearsal.build({ note: 'changed', visibility: 60 });
    await rehearsal.control.resetCalls();
  });
  const bucket = (region: string) => ({ client: rehearsal.target.in(region).s3, Bucket: artifactBucket(rehearsal.target.account, region) });
  const empty = async (region: string): Promise<void> => {
    const { client, Bucket } = bucket(region);
    const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    for (const { Key, VersionId } of [...Versions, ...DeleteMarkers]) await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
  };

  it('because somebody emptied a bucket are brought there again before the first update', async () => {
    await empty(primary);
    const { exitCode } = await rehearsal.rollout();
    expect(exitCode).to.equal(0);
    const calls = await rehearsal.mutations();
    const lastUpload = calls.findIndex((call) => call.startsWith('PUT ') && call.endsWith(primary));
    expect(lastUpload).to.be.greaterThan(-1);
    expect(lastUpload, 'before any update').to.be.lessThan(calls.findIndex((call) => call.startsWith('UpdateStack')));
  });

  for (const { what, says, break_ } of [
    { what: 'because the bucket is gone', says: /^Bucket meridian-artifacts-\d{12}-\S+ gone: stack meridian-bootstrap-artifacts made it.*aws cloudformation delete-stack /, break_: async () => { await empty(primary); await bucket(primary).client.send(new DeleteBucketCommand({ Bucket: bucket(primary).Bucket })); } },
    { what: 'because S3 refuses', says: /^Bucket meridian-artifacts-\d{12}-(\S+) in \1 not accessible: S3 refused with 403.*s3:PutObject/, break_: () => rehearsal.control.addFault({ target: 'api', kind: 'error', status: 403, service: 's3', region: primary }) },
  ]) {
    it(`${what} stop the rollout before any region is updated`, async () => {
      await break_();
      await rehearsal.control.resetCalls();
      const refusal = await rehearsal.rollout().then(({ message }) => message, (error: Error) => error.message);
      expect(refusal).to.match(says);
      expect((await rehearsal.mutations()).filter((call) => /Update(StackSet|StackInstances)/.test(call))).to.deep.equal([]);
      await rehearsal.control.removeFaults();
    });
  }

  it('because the bucket is gone are there again when its stack is deleted, as the message says', async () => {
    await empty(primary);
    await bucket(primary).client.send(new DeleteBucketCommand({ Bucket: bucket(primary).Bucket }));
    await rehearsal.target.in(primary).cloudFormation.send(new DeleteStackCommand({ StackName: 'meridian-bootstrap-artifacts' }));
    expect((await rehearsal.rollout()).exitCode).to.equal(0);
  });

  it('in the other region are looked at too: each region has its own bucket', async () => {
    await empty(secondary);
    expect((await rehearsal.rollout()).exitCode).to.equal(0);
    expect((await rehearsal.mutations()).some((call) => call.startsWith('PUT ') && call.endsWith(secondary))).to.equal(true);
  });
});
