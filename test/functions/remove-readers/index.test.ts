import { CloudFormationClient, DescribeStacksCommand, type StackStatus } from '@aws-sdk/client-cloudformation';
import { DBClusterNotFoundFault, DBInstanceNotFoundFault, DeleteDBInstanceCommand, DescribeDBClustersCommand, DescribeDBInstancesCommand, InvalidDBInstanceStateFault, RDSClient } from '@aws-sdk/client-rds';
import { mockClient, type AwsClientStub } from 'aws-sdk-client-mock';
import { expect } from 'chai';
import type { CustomResourceRequest } from '../../../src/functions/custom-resource/request';
import { handler } from '../../../src/functions/remove-readers';
import { removeReaders } from '../../../src/functions/remove-readers/readers';
import { startResponseServer, type ResponseServer } from '../custom-resource/response-server';

const stackId = 'arn:aws:cloudformation:us-east-1:111122223333:stack/fintech-data/1';
const cluster = 'fintech-aurora-us-east-1';
const [one, two] = ['application-autoscaling-1', 'application-autoscaling-2'] as const;
const fault = { message: 'no', $metadata: {} };

describe('The custom resource that removes added readers', () => {
  let rds: AwsClientStub<RDSClient>;
  let cloudFormation: AwsClientStub<CloudFormationClient>;
  let server: ResponseServer;
  const log = console.error;

  beforeEach(async () => {
    server = await startResponseServer();
    console.error = () => undefined;
    rds = mockClient(RDSClient);
    cloudFormation = mockClient(CloudFormationClient);
    stackIs('DELETE_IN_PROGRESS');
  });
  afterEach(async () => {
    console.error = log;
    for (const mock of [rds, cloudFormation]) mock.restore();
    await server.stop();
  });

  function stackIs(StackStatus: StackStatus): void {
    cloudFormation.on(DescribeStacksCommand, { StackName: stackId }).resolves({ Stacks: [{ StackName: 'fintech-data', CreationTime: new Date(0), StackStatus }] });
  }

  /** A cluster with these members at each look at it, the last of which stays. */
  function membersAre(...looks: readonly (readonly string[])[]): void {
    const answers = looks.map((members) => ({ DBClusters: [{ DBClusterMembers: members.map((DBInstanceIdentifier) => ({ DBInstanceIdentifier })) }] }));
    const on = rds.on(DescribeDBClustersCommand, { DBClusterIdentifier: cluster });
    for (const answer of answers.slice(0, -1)) on.resolvesOnce(answer);
    on.resolves(answers.at(-1)!);
  }

  /** What an instance is doing at each look at it, after which it is gone. */
  function does(reader: string, ...statuses: readonly string[]): void {
    const on = rds.on(DescribeDBInstancesCommand, { DBInstanceIdentifier: reader });
    for (const DBInstanceStatus of statuses) on.resolvesOnce({ DBInstances: [{ DBInstanceStatus }] });
    on.rejects(new DBInstanceNotFoundFault(fault));
  }

  const deleted = (): unknown[] => rds.commandCalls(DeleteDBInstanceCommand).map(({ args }) => args[0].input.DBInstanceIdentifier);
  const remove = () => removeReaders(cluster, new AbortController().signal, 0);

  async function answer(type: object, { ClusterIdentifier = cluster, milliseconds = 60_000 } = {}) {
    const fields: object = { RequestId: 'request-1', ResponseURL: server.url, StackId: stackId, LogicalResourceId: 'Removal', ResourceType: 'Custom::RemoveReaders', ResourceProperties: { ClusterIdentifier } };
    await handler({ ...fields, ...type } as CustomResourceRequest, { getRemainingTimeInMillis: () => milliseconds });
    return server.received.at(-1)?.body;
  }
  const gone = { RequestType: 'Delete', PhysicalResourceId: `remove-readers/${cluster}` };

  it('touches nothing when it is created or updated, and is identified by the cluster', async () => {
    expect(await answer({ RequestType: 'Create' })).to.include({ Status: 'SUCCESS', PhysicalResourceId: `remove-readers/${cluster}` });
    expect(await answer({ RequestType: 'Update', PhysicalResourceId: 'remove-readers/old', OldResourceProperties: {} })).to.include({ Status: 'SUCCESS', PhysicalResourceId: `remove-readers/${cluster}` });
    expect(rds.calls()).to.deep.equal([]);
  });

  it('is not created without a cluster', async () => {
    expect(await answer({ RequestType: 'Create' }, { ClusterIdentifier: '' })).to.include({ Status: 'FAILED', Reason: 'Removal: Custom::RemoveReaders has no ClusterIdentifier. Give it as a non-empty string.' });
  });

  for (const status of ['DELETE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS'] as const) {
    it(`removes the readers that auto scaling added, and those only, while the stack is in ${status}`, async () => {
      stackIs(status);
      membersAre(['fintech-aurora-1', one, two], ['fintech-aurora-1']);
      for (const reader of [one, two]) does(reader, 'available');
      expect(await answer(gone)).to.include({ Status: 'SUCCESS' });
      expect(deleted()).to.deep.equal([one, two]);
    });
  }

  for (const [what, status, request] of [
    ['is updated', 'UPDATE_IN_PROGRESS', gone],
    ['cleans up after an update', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', gone],
    ['rolls an update back', 'UPDATE_ROLLBACK_IN_PROGRESS', gone],
    ['goes, when it was never made', 'DELETE_IN_PROGRESS', { ...gone, PhysicalResourceId: 'request-0' }],
  ] as const) {
    it(`removes nothing while the stack ${what}`, async () => {
      stackIs(status);
      expect(await answer(request)).to.include({ Status: 'SUCCESS' });
      expect(rds.calls()).to.deep.equal([]);
    });
  }

  it('does nothing when the cluster has gone, as after a deletion by hand', async () => {
    rds.on(DescribeDBClustersCommand).rejects(new DBClusterNotFoundFault(fault));
    await remove();
    expect(deleted()).to.deep.equal([]);
  });

  it('waits until each is gone, also those that the cluster forgot before', async () => {
    membersAre([one], []);
    does(one, 'available', 'deleting', 'deleting');
    await remove();
    expect(deleted()).to.deep.equal([one]);
    expect(rds.commandCalls(DescribeDBInstancesCommand)).to.have.length(4);
  });

  it('asks again for one that could not go yet, and for one that was added meanwhile', async () => {
    membersAre([one], [one, two], []);
    does(one, 'creating', 'creating', 'available');
    does(two, 'available');
    rds.on(DeleteDBInstanceCommand, { DBInstanceIdentifier: one }).rejectsOnce(new InvalidDBInstanceStateFault(fault)).resolves({});
    await remove();
    expect(deleted()).to.deep.equal([one, one, two]);
  });

  it('leaves one alone that is on its way out, so that a repeated deletion goes on', async () => {
    membersAre([one], []);
    does(one, 'deleting');
    await remove();
    expect(deleted()).to.deep.equal([]);
  });

  it('takes one for gone that goes between look and deletion', async () => {
    membersAre([one], []);
    does(one, 'available');
    rds.on(DeleteDBInstanceCommand).rejects(new DBInstanceNotFoundFault(fault));
    await remove();
  });

  it('says why RDS refuses for good', async () => {
    membersAre([one]);
    does(one, 'available');
    rds.on(DeleteDBInstanceCommand).rejects(new Error('Not authorised to delete.'));
    expect(await answer(gone)).to.include({ Status: 'FAILED' }).and.to.have.property('Reason').that.contains('Not authorised to delete.');
  });

  it('stops when the time runs out', async () => {
    membersAre([one]);
    rds.on(DescribeDBInstancesCommand).resolves({ DBInstances: [{ DBInstanceStatus: 'deleting' }] });
    expect(await answer(gone, { milliseconds: 100 })).to.include({ Status: 'FAILED' }).and.to.have.property('Reason').that.contains('Repeat the stack operation to go on from there.');
  });
});
