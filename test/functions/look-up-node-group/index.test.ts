import { DescribeNodegroupCommand, EKSClient } from '@aws-sdk/client-eks';
import { mockClient, type AwsClientStub } from 'aws-sdk-client-mock';
import { expect } from 'chai';
import type { CustomResourceRequest } from '../../../src/functions/custom-resource/request';
import { handler } from '../../../src/functions/look-up-node-group';
import { startResponseServer, type ResponseServer } from '../custom-resource/response-server';

const names = { ClusterName: 'shop', NodegroupName: 'system' };

describe('The look-up of a node group', () => {
  const log = console.error;
  let eks: AwsClientStub<EKSClient>;
  let server: ResponseServer;

  beforeEach(async () => {
    console.error = () => undefined;
    server = await startResponseServer();
    eks = mockClient(EKSClient);
  });
  afterEach(async () => {
    console.error = log;
    eks.restore();
    await server.stop();
  });

  async function answer(type: object, properties: object = names) {
    const fields = { RequestId: 'request-1', ResponseURL: server.url, StackId: 'stack', LogicalResourceId: 'Group', ResourceType: 'Custom::NodeGroup', ResourceProperties: properties };
    await handler({ ...fields, ...type } as CustomResourceRequest, { getRemainingTimeInMillis: () => 60_000 });
    return server.received.at(-1)?.body;
  }

  it('answers the Auto Scaling group that EKS made for it', async () => {
    eks.on(DescribeNodegroupCommand, { clusterName: 'shop', nodegroupName: 'system' }).resolves({ nodegroup: { resources: { autoScalingGroups: [{ name: 'eks-system-0a1b' }] } } });
    expect(await answer({ RequestType: 'Create' })).to.deep.include({ Status: 'SUCCESS', PhysicalResourceId: 'node-group/shop/system', Data: { AutoScalingGroupName: 'eks-system-0a1b' } });
  });

  it('fails when the node group has none', async () => {
    eks.on(DescribeNodegroupCommand).resolves({ nodegroup: {} });
    const { Status, Reason } = (await answer({ RequestType: 'Create' })) ?? {};
    expect([Status, Reason]).to.deep.equal(['FAILED', 'Node group system of cluster shop: it has no Auto Scaling group. Look for what its health says in EKS.']);
  });

  it('fails for a missing name and asks AWS nothing', async () => {
    for (const missing of ['ClusterName', 'NodegroupName']) {
      const { Reason } = (await answer({ RequestType: 'Update', PhysicalResourceId: 'x', OldResourceProperties: {} }, { ...names, [missing]: '' })) ?? {};
      expect(Reason).to.equal(`Group: property ${missing} is missing. Give the names of a cluster and of a node group of it.`);
    }
    expect(eks.calls()).to.have.length(0);
  });

  it('does nothing on deletion', async () => {
    expect((await answer({ RequestType: 'Delete', PhysicalResourceId: 'node-group/x/y' }))?.Status).to.equal('SUCCESS');
    expect(eks.calls()).to.have.length(0);
  });
});
