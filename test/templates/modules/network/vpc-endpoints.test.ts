import { expect } from 'chai';
import { VPC } from '../../../../src/cfn/generated/ec2';
import { securityGroup } from '../../../../templates/modules/network/security-group';
import { vpcEndpoints, type VpcEndpointsSettings } from '../../../../templates/modules/network/vpc-endpoints';
import { builderOf } from '../../../cfn/builder';
import { properties } from '../emitting';

/** The statements of an endpoint's policy, by their ids. */
function policyOf(endpoint: string, more: Pick<VpcEndpointsSettings, 'resources' | 'hasInstances' | 'hasServiceAccounts'> = {}): Readonly<Record<string, any>> {
  const t = builderOf();
  const vpc = t.add('Vpc', new VPC({ CidrBlock: '10.0.0.0/16' }));
  const group = securityGroup(t, 'Group', { vpc, name: 'endpoints', description: 'Endpoints', ingress: [] });
  vpcEndpoints(t, { vpc, group, routeTables: [], subnets: [], services: ['logs', 'secretsmanager', 'sts'], ...more });
  const { Statement } = properties(t, `${endpoint}Endpoint`)['PolicyDocument'] as { readonly Statement: readonly { readonly Sid: string }[] };
  return Object.fromEntries(Statement.map((each) => [each.Sid, each]));
}

describe('The endpoints of a VPC', () => {
  const all = ['S3', 'Dynamodb', 'Logs', 'Secretsmanager', 'Sts'];

  for (const endpoint of all) {
    it(`admit identities of this account only, to ${endpoint}`, () => {
      expect(policyOf(endpoint)['OwnIdentities'].Condition).to.deep.equal({ StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } });
    });
  }

  for (const endpoint of ['S3', 'Dynamodb', 'Secretsmanager']) {
    it(`lead to ${endpoint} of this account only when told so`, () => {
      const { OwnIdentitiesAndResources, ...others } = policyOf(endpoint, { resources: 'own' });
      expect(OwnIdentitiesAndResources.Condition).to.deep.equal({ StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' }, 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } } });
      expect(Object.keys(others)).to.deep.equal(endpoint === 'S3' ? ['ImageLayers'] : []);
    });
  }

  it('let pods without an identity ask STS for roles of this account, and for nothing else', () => {
    expect(policyOf('Sts', { resources: 'own' })['ServiceAccounts']).to.deep.include({ Action: ['sts:AssumeRoleWithWebIdentity'], Resource: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*' }] });
    expect(policyOf('Sts')).to.have.all.keys('OwnIdentities');
  });

  it('let nobody without an identity ask STS where there are no pods', () => {
    expect(policyOf('Sts', { resources: 'own', hasServiceAccounts: false })).to.have.all.keys('OwnIdentities');
  });

  it('let instances read Amazon Linux’s packages where there are instances', () => {
    expect(policyOf('S3', { hasInstances: true })).to.have.property('Packages');
    expect(policyOf('S3')).not.to.have.property('Packages');
  });
});
