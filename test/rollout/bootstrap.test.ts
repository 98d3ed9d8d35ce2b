import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetBucketEncryptionCommand, GetBucketPolicyCommand } from '@aws-sdk/client-s3';
import { expect } from 'chai';
import { executionPermissionsText } from '../../scripts/generate-execution-permissions';
import { bootstrap } from '../../src/rollout';
import { deployPlainStack } from '../../src/rollout/plain-stack';
import { bootstrapTemplates, executionRoleName } from '../../templates/bootstrap';
import { Rehearsal } from './support/rehearsal';
import { primary, secondary } from './support/shop';

interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

const resources = (stackName: string): Record<string, { Type: string; Properties: { PolicyDocument: { Statement: Statement[] }; AssumeRolePolicyDocument: { Statement: Statement[] } } }> =>
  JSON.parse(bootstrapTemplates.find((template) => template.stackName === stackName)?.body ?? '').Resources;

describe('preparing an account for rollouts', () => {
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  beforeEach(() => rehearsal.control.reset());
  after(() => rehearsal.stop());
  const prepare = () => bootstrap({ target: rehearsal.target, regions: [primary, secondary] });

  it('makes the roles once and a bucket in each region, and nothing the second time', async () => {
    expect((await prepare()).map(({ stack, region, action }) => [stack, region, action].join(' '))).to.have.members([
      `meridian-bootstrap-roles ${primary} create`,
      `meridian-bootstrap-artifacts ${primary} create`,
      `meridian-bootstrap-artifacts ${secondary} create`,
    ]);
    await rehearsal.control.resetCalls();
    expect(new Set((await prepare()).map(({ action }) => action))).to.deep.equal(new Set(['none']));
    expect(await rehearsal.mutations()).to.deep.equal([]);
  });

  it('encrypts the buckets and refuses plain HTTP', async () => {
    await prepare();
    const { s3 } = rehearsal.target.in(secondary);
    const Bucket = `meridian-artifacts-${rehearsal.target.account}-${secondary}`;
    const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    expect(ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm).to.equal('AES256');
    expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).to.contain('aws:SecureTransport');
  });

  it('updates a plain stack when its template changed, and replaces one whose creation failed', async () => {
    const body = (value: string) => JSON.stringify({ Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/p', Type: 'String', Value: value } } } });
    const deploy = (value: string) => deployPlainStack(rehearsal.target, primary, { stackName: 'plain', body: body(value) });
    await rehearsal.control.addFault({ target: 'resource', kind: 'fail', logicalId: 'P', times: 1, reason: 'not today' });
    const error = await deploy('a').catch((reason: Error) => reason.message);
    expect(error).to.match(/^Stack plain in us-east-1 failed: P \(AWS::SSM::Parameter\): .*not today/);
    expect([await deploy('a'), await deploy('a'), await deploy('b')]).to.deep.equal(['create', 'none', 'update']);
    const { Stacks } = await rehearsal.target.in(primary).cloudFormation.send(new DescribeStacksCommand({ StackName: 'plain' }));
    expect(Stacks?.[0]?.StackStatus).to.equal('UPDATE_COMPLETE');
  });

  it('lets only the administration role assume the execution role', () => {
    const trust = resources('meridian-bootstrap-roles')['Execution']?.Properties.AssumeRolePolicyDocument.Statement;
    expect(trust).to.deep.equal([{ Effect: 'Allow', Principal: { AWS: { 'Fn::GetAtt': ['Administration', 'Arn'] } }, Action: ['sts:AssumeRole'] }]);
    expect(executionRoleName).to.equal('meridian-stackset-execution');
  });

  it('gives the execution role named actions only, and roles only within the boundary', () => {
    const policies = Object.entries(resources('meridian-bootstrap-roles')).filter(([id]) => id.startsWith('ExecutionPolicy'));
    const statements = policies.flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).to.deep.equal([]);
    const creating = allowed.filter(({ Action }) => Action.some((action) => ['iam:CreateRole', 'iam:AttachRolePolicy', 'iam:PutRolePolicy'].includes(action)));
    for (const { Condition } of creating) expect(JSON.stringify(Condition)).to.contain('iam:PermissionsBoundary').and.contain('policy/meridian-boundary');
    expect(allowed.flatMap(({ Action }) => Action)).not.to.include.members(['iam:DeleteRolePermissionsBoundary', 'iam:AttachUserPolicy']);
    for (const [id, { Properties }] of policies) expect(JSON.stringify(Properties.PolicyDocument).length, id).to.be.below(6_144);
  });

  it('fits its templates into a request, because no bucket exists yet', () => {
    for (const { stackName, body } of bootstrapTemplates) expect(Buffer.byteLength(body), stackName).to.be.at.most(51_200);
  });

  it('has the permissions that the pinned registry schemas name', () => {
    const file = join(__dirname, '../../templates/bootstrap/generated/execution-permissions.json');
    expect(readFileSync(file, 'utf8'), 'run: npx ts-node scripts/generate-execution-permissions.ts').to.equal(executionPermissionsText());
  });
});
