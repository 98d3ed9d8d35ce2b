import { DescribeAddressesCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { mockClient } from 'aws-sdk-client-mock';
import { expect } from 'chai';
import { quotaProblems } from '../../../src/rollout/preflight/quota-problems';
import type { NewStack } from '../../../src/rollout/preflight/new-stack';
import { Target } from '../../../src/rollout/target';
import { planNodes } from '../../../src/rollout/nodes';
import { WrittenDist } from '../support/built';

const mockEc2 = () => mockClient(EC2Client);
const mockQuotas = () => mockClient(ServiceQuotasClient);

describe('the quotas that several systems in one account meet first', () => {
  // Only while these tests run: a mock holds for every client of its kind in the process.
  let ec2: ReturnType<typeof mockEc2>;
  let quotas: ReturnType<typeof mockQuotas>;
  const target = new Target({ kind: 'aws', account: '123456789012' });
  const dist = new WrittenDist();
  before(() => {
    ec2 = mockEc2();
    quotas = mockQuotas();
  });
  after(() => {
    dist.remove();
    ec2.restore();
    quotas.restore();
    target.close();
  });
  const root = { Resources: { Network: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: './network.json' } } } };
  const network = { Resources: { Vpc: { Type: 'AWS::EC2::VPC' }, Address1: { Type: 'AWS::EC2::EIP' }, Address2: { Type: 'AWS::EC2::EIP' } } };
  const build = dist.build(
    { name: 'foundation', templates: { root: { body: root, nests: { Network: 'network' } }, network: { body: network } } },
    { name: 'edge', templates: { root: { body: { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } } } } },
  );
  const nodes = planNodes([{ build, parameters: { file: 'f', suffix: 'main', values: {} } }], new Map());
  const stack = (deployment: string): NewStack => ({ target, node: nodes.find((node) => node.deployment === deployment && node.region === 'us-east-1')! });
  const foundation = (): NewStack => stack('foundation');
  const there = (vpcs: number, addresses: number, allowed = 5): void => {
    ec2.reset();
    quotas.reset();
    ec2.on(DescribeVpcsCommand).resolves({ Vpcs: Array.from({ length: vpcs }, () => ({})) });
    ec2.on(DescribeAddressesCommand).resolves({ Addresses: Array.from({ length: addresses }, () => ({})) });
    quotas.on(GetServiceQuotaCommand).resolves({ Quota: { Value: allowed } });
  };

  it('are told with what is there, what is added and what is allowed', async () => {
    there(5, 4);
    expect(await quotaProblems([foundation()])).to.deep.equal([
      'Quota of VPCs in us-east-1 of account 123456789012 too small: 5 are there, this rollout adds 1, 5 are allowed. Ask for more in Service Quotas (L-F678F1CE), or delete what is not used.',
      'Quota of Elastic IP addresses in us-east-1 of account 123456789012 too small: 4 are there, this rollout adds 2, 5 are allowed. Ask for more in Service Quotas (L-0263D0A3), or delete what is not used.',
    ]);
  });

  it('are no problem as long as they are kept, to the last one', async () => {
    there(4, 3);
    expect(await quotaProblems([foundation()])).to.deep.equal([]);
    there(9, 9, 20);
    expect(await quotaProblems([foundation()])).to.deep.equal([]);
  });

  it('are not asked about for stacks that have none of these, nor on the local AWS', async () => {
    there(9, 9);
    expect(await quotaProblems([stack('edge')])).to.deep.equal([]);
    const local = new Target({ kind: 'local', endpoint: 'http://127.0.0.1:1' });
    expect(await quotaProblems([{ ...foundation(), target: local }])).to.deep.equal([]);
    local.close();
    expect(quotas.calls()).to.have.length(0);
  });
});
