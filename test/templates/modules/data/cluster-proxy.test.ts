import { expect } from 'chai';
import { Fn, stringToken, type Handle, type Parameters, type TemplateBuilder } from '../../../../src/cfn';
import { DBCluster, DBInstance } from '../../../../src/cfn/generated/rds';
import type { AuroraClusterHandle } from '../../../../templates/modules/data/aurora-cluster';
import { clusterProxy } from '../../../../templates/modules/data/database-proxy';
import { builderOf } from '../../../cfn/builder';
import { emitted, properties } from '../emitting';

const value = (name: string) => stringToken(Fn.Ref(name));

describe('A proxy of a cluster', () => {
  const t: TemplateBuilder<Parameters, unknown> = builderOf();
  const cluster = t.add('Cluster', new DBCluster({ Engine: 'aurora-postgresql' }));
  const instances: readonly Handle[] = ['Writer', 'Reader'].map((id) => t.add(id, new DBInstance({ DBClusterIdentifier: cluster.ref() })));
  const proxy = clusterProxy(t, 'Proxy', {
    name: t.resourceName('proxy'),
    readerName: t.resourceName('proxy-reader'),
    roleName: t.resourceName('proxy', 'account'),
    cluster: cluster as AuroraClusterHandle,
    instances,
    users: ['service_*'],
    subnetIds: value('SubnetIds'),
    securityGroupId: value('GroupId'),
  });

  it('speaks PostgreSQL over TLS and takes IAM tokens on both sides', () => {
    expect(properties(t, 'Proxy')).to.include({ EngineFamily: 'POSTGRESQL', RequireTLS: true, DefaultAuthScheme: 'IAM_AUTH' }).and.not.to.have.property('Auth');
    const { Policies } = properties(t, 'ProxyRole') as { Policies: readonly { PolicyDocument: { Statement: unknown } }[] };
    expect(Policies[0]?.PolicyDocument.Statement).to.deep.equal([
      {
        Effect: 'Allow',
        Action: ['rds-db:connect'],
        Resource: [{ 'Fn::Sub': ['arn:${AWS::Partition}:rds-db:${AWS::Region}:${AWS::AccountId}:dbuser:${Database}/service_*', { Database: { 'Fn::GetAtt': ['Cluster', 'DBClusterResourceId'] } }] }],
      },
    ]);
  });

  it('leads to the cluster when its instances stand', () => {
    expect(properties(t, 'ProxyTargets')).to.deep.include({ DBClusterIdentifiers: [{ Ref: 'Cluster' }] }).and.not.to.have.property('DBInstanceIdentifiers');
    expect(emitted(t)['ProxyTargets']?.DependsOn).to.deep.equal(['Reader', 'Writer']);
  });

  it('has an endpoint that reads, once it leads to readers', () => {
    expect(properties(t, 'ProxyReader')).to.deep.include({ DBProxyName: { Ref: 'Proxy' }, TargetRole: 'READ_ONLY', VpcSecurityGroupIds: [{ Ref: 'GroupId' }] });
    expect(emitted(t)['ProxyReader']?.DependsOn).to.deep.equal(['ProxyTargets']);
    expect([proxy.endpoint, proxy.readerEndpoint].map((token) => token.text().toJSON() as unknown)).to.deep.equal([{ 'Fn::GetAtt': ['Proxy', 'Endpoint'] }, { 'Fn::GetAtt': ['ProxyReader', 'Endpoint'] }]);
  });
});
