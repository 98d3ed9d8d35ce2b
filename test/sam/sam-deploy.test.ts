import { CloudFormationClient, DescribeStackResourceCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { expect } from 'chai';
import { build } from '../../src/build/build';
import { localClientConfig, startLocalAws, type LocalAws } from '../../src/local-aws';
import { kasha } from '../../templates/systems/kasha';
import { fences, page } from '../docs/pages';
import { CustomResourceAnswer } from './custom-resource-answer';
import { makeManagedBucket } from './managed-bucket';
import { sam, samIsRequired } from './sam-cli';
import { SamCheckout } from './sam-checkout';

const region = kasha.regions.primary;
const foundation = 'meridian-kasha-production-main-foundation';

/** The documented way to create a stack: the shell function of docs/sam-deploy.md, without SAM's question. */
const create = (fences(page('docs/sam-deploy.md'))[0]?.code.split('\n\n')[0] ?? '').replace('sam deploy', 'sam deploy --no-confirm-changeset');

describe('sam deploy, on the local AWS', function () {
  this.timeout(120_000);

  let aws: LocalAws;
  let checkout: SamCheckout;
  let cloudFormation: CloudFormationClient;

  before(async function () {
    const command = await sam().catch((error: Error) => {
      if (samIsRequired) throw error;
      process.stderr.write(`AWS SAM CLI: could not be installed, so sam deploy is not tested. ${error.message}\n`);
      return this.skip();
    });
    aws = await startLocalAws();
    checkout = new SamCheckout(command, aws.endpoint);
    cloudFormation = new CloudFormationClient(localClientConfig(aws.endpoint, region));
    await build({ dist: checkout.dist, systems: [kasha], environments: ['production'] });
    await Promise.all(Object.values(kasha.regions).map((each) => makeManagedBucket(aws.endpoint, each)));
  });
  after(async () => {
    checkout?.delete();
    await aws?.stop();
  });

  async function statusOf(StackName: string): Promise<string | undefined> {
    const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    return Stacks?.[0]?.StackStatus;
  }

  async function physicalId(StackName: string, LogicalResourceId: string): Promise<string> {
    const { StackResourceDetail } = await cloudFormation.send(new DescribeStackResourceCommand({ StackName, LogicalResourceId }));
    return StackResourceDetail?.PhysicalResourceId ?? '';
  }

  it('makes a stack of nothing but a configuration environment', async () => {
    await checkout.run('sam deploy --config-env kasha-production-zone-us-east-1 --no-confirm-changeset');
    expect(await statusOf('meridian-kasha-production-main-zone')).to.equal('CREATE_COMPLETE');
  });

  it('makes stacks that take outputs of earlier ones, the documented way', async () => {
    for (const each of [kasha.regions.secondary, kasha.regions.primary]) await checkout.run(create, `create kasha-production-foundation-${each}`);
    expect(await statusOf(foundation)).to.equal('CREATE_COMPLETE');
  });

  it('deploys functions that answer', async () => {
    const answer = await CustomResourceAnswer.listen();
    try {
      const event = JSON.stringify({ ...answer.request, RequestType: 'Create', ResourceProperties: { Name: 'route53-healthchecks' } });
      await checkout.run(`sam remote invoke Network/LookUpPrefixList --config-env kasha-production-foundation-us-east-1 --event '${event}'`);
      const { Status, Data } = await answer.received;
      expect(Status).to.equal('SUCCESS');
      expect(await admittedPrefixLists(), 'what the stack made of the same answer').to.include(Data?.['PrefixListId']);
    } finally {
      answer.close();
    }
  });

  it('needs the outputs the first time only, and leaves alone what stands as it should', async () => {
    const said = await checkout.run('sam deploy --config-env kasha-production-foundation-us-east-1 --no-confirm-changeset');
    expect(said).to.contain(`No changes to deploy. Stack ${foundation} is up to date`);
  });

  /** The prefix lists from which the security groups of the network let calls in. */
  async function admittedPrefixLists(): Promise<(string | undefined)[]> {
    const vpc = await physicalId(await physicalId(foundation, 'Network'), 'Vpc');
    const ec2 = new EC2Client(localClientConfig(aws.endpoint, region));
    const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] }));
    return SecurityGroups.flatMap(({ IpPermissions = [] }) => IpPermissions.flatMap(({ PrefixListIds = [] }) => PrefixListIds.map(({ PrefixListId }) => PrefixListId)));
  }
});
