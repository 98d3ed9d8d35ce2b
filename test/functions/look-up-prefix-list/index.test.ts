import { DescribeManagedPrefixListsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { mockClient, type AwsClientStub } from 'aws-sdk-client-mock';
import { expect } from 'chai';
import type { CustomResourceRequest } from '../../../src/functions/custom-resource/request';
import { handler } from '../../../src/functions/look-up-prefix-list';
import { startResponseServer, type ResponseServer } from '../custom-resource/response-server';
import { withVariables } from '../../support/variables';

const list = 'com.amazonaws.ap-southeast-1.route53-healthchecks';

describe('The look-up of a prefix list', () => {
  const log = console.error;
  let ec2: AwsClientStub<EC2Client>;
  let server: ResponseServer;
  let putBack: () => void;

  beforeEach(async () => {
    putBack = withVariables({ AWS_REGION: 'ap-southeast-1' });
    console.error = () => undefined;
    server = await startResponseServer();
    ec2 = mockClient(EC2Client);
  });
  afterEach(async () => {
    putBack();
    console.error = log;
    ec2.restore();
    await server.stop();
  });

  async function answer(type: object, properties: object = { Name: 'route53-healthchecks' }) {
    const fields = { RequestId: 'request-1', ResponseURL: server.url, StackId: 'stack', LogicalResourceId: 'List', ResourceType: 'Custom::ManagedPrefixList', ResourceProperties: properties };
    await handler({ ...fields, ...type } as CustomResourceRequest, { getRemainingTimeInMillis: () => 60_000 });
    return server.received.at(-1)?.body;
  }

  it('answers the id of AWS’s list in the function’s own region', async () => {
    ec2.on(DescribeManagedPrefixListsCommand, { Filters: [{ Name: 'prefix-list-name', Values: [list] }] }).resolves({ PrefixLists: [{ PrefixListName: list, PrefixListId: 'pl-1', OwnerId: 'AWS' }] });
    expect(await answer({ RequestType: 'Create' })).to.deep.include({ Status: 'SUCCESS', PhysicalResourceId: `managed-prefix-list/${list}`, Data: { PrefixListId: 'pl-1' } });
  });

  it('takes no list of the same name that is not AWS’s, because whoever made it could let anybody in', async () => {
    ec2.on(DescribeManagedPrefixListsCommand).resolves({ PrefixLists: [{ PrefixListName: list, PrefixListId: 'pl-2', OwnerId: '111122223333' }] });
    const { Status, Reason } = (await answer({ RequestType: 'Create' })) ?? {};
    expect([Status, Reason]).to.deep.equal(['FAILED', `Prefix list ${list}: there is no such list of AWS's in ap-southeast-1. Check the name.`]);
  });

  it('fails for a missing name and asks AWS nothing', async () => {
    expect((await answer({ RequestType: 'Update', PhysicalResourceId: 'x', OldResourceProperties: {} }, {}))?.Status).to.equal('FAILED');
    expect(ec2.calls()).to.have.length(0);
  });

  it('does nothing on deletion', async () => {
    expect((await answer({ RequestType: 'Delete', PhysicalResourceId: 'managed-prefix-list/x' }))?.Status).to.equal('SUCCESS');
    expect(ec2.calls()).to.have.length(0);
  });
});
