import { expect } from 'chai';
import { experiment } from '../../../../templates/modules/monitoring/experiment';
import { allow } from '../../../../templates/modules/security/policy';
import { builderOf } from '../../../cfn/builder';
import { value } from '../compute/behind-load-balancer';
import { properties } from '../emitting';

describe('The experiment module', () => {
  const t = builderOf();
  experiment(t, 'Loss', {
    name: 'loss',
    description: 'Test',
    action: 'aws:rds:failover-db-cluster',
    target: { name: 'Clusters', resourceType: 'aws:rds:cluster', arns: ['arn:aws:rds:us-east-1:111111111111:cluster:aurora'] },
    statements: [allow(['rds:FailoverDBCluster'], ['arn:aws:rds:us-east-1:111111111111:cluster:aurora'])],
    stopAlarmArn: value('alarm'),
    keyArn: value('key'),
    logRetentionInDays: 14,
  });

  it('hits the resources that it is given, all of them, and fails when there are none', () => {
    expect(properties(t, 'Loss')['Targets']).to.deep.equal({ targets: { ResourceType: 'aws:rds:cluster', ResourceArns: ['arn:aws:rds:us-east-1:111111111111:cluster:aurora'], SelectionMode: 'ALL' } });
    expect(properties(t, 'Loss')['ExperimentOptions']).to.have.property('EmptyTargetResolutionMode', 'fail');
  });

  it('cannot be had without an alarm that stops it', () => {
    expect(properties(t, 'Loss')['StopConditions']).to.deep.equal([{ Source: 'aws:cloudwatch:alarm', Value: { 'Fn::Sub': 'alarm' } }]);
  });

  it('lets log delivery write into its log by the log’s own policy, so that its role may write no policies', () => {
    expect(properties(t, 'LossLog')).to.have.nested.property('ResourcePolicyDocument.Statement[0].Principal.Service', 'delivery.logs.amazonaws.com');
    expect(JSON.stringify(properties(t, 'LossRole'))).to.contain('logs:CreateLogDelivery').and.not.to.contain('logs:PutResourcePolicy');
  });

  it('keeps the required tags beside its name', () => {
    expect(properties(t, 'Loss')['Tags']).to.have.all.keys('Compliance', 'CostCenter', 'Environment', 'Name', 'System');
  });
});
