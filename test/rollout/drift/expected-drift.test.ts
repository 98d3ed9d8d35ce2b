import { expect } from 'chai';
import { judgeDrift } from '../../../src/rollout/drift/expected-drift';

const differs = (property: string, expected = 'a', actual = 'b') => ({ property, expected, actual });

describe('a difference that drift detection reports', () => {
  for (const { type, differences, because, undoesFailover } of [
    { type: 'AWS::RDS::GlobalCluster', differences: [differs('/SourceDBClusterIdentifier')], because: /other roles/, undoesFailover: true },
    { type: 'AWS::RDS::DBCluster', differences: [differs('/GlobalClusterIdentifier')], because: /other roles/, undoesFailover: true },
    { type: 'AWS::RDS::DBInstance', differences: [differs('/SourceDBInstanceIdentifier', 'arn:…', 'null')], because: /other roles/, undoesFailover: true },
    { type: 'AWS::ECS::Service', differences: [differs('/DesiredCount', '2', '4')], because: /automatic scaling/ },
    { type: 'AWS::ECS::Service', differences: [differs('/CapacityProviderStrategy/1', '{"CapacityProvider":"FARGATE_SPOT","Weight":3}', 'null')], because: /while Fargate Spot is short/ },
    { type: 'AWS::DynamoDB::Table', differences: [differs('/ProvisionedThroughput/ReadCapacityUnits', '5', '20')], because: /automatic scaling/ },
    { type: 'AWS::RDS::DBInstance', differences: [differs('/EngineVersion', '8.4.7', '8.4.9')], because: /newer minor version/ },
    { type: 'AWS::RDS::DBInstance', differences: [differs('/EngineVersion', '16.4', '16.10'), differs('/SourceRegion')], because: /newer minor version.*other roles/, undoesFailover: true },
  ]) {
    it(`is as it should be: ${type} ${differences.map(({ property }) => property).join(', ')}`, () => {
      const judged = judgeDrift({ type, status: 'MODIFIED', differences });
      expect(judged.expectedBecause).to.match(because);
      expect(judged.undoesFailover).to.equal(undoesFailover);
    });
  }

  for (const { what, type, status = 'MODIFIED' as const, differences } of [
    { what: 'an older minor version', type: 'AWS::RDS::DBInstance', differences: [differs('/EngineVersion', '8.4.7', '8.4.5')] },
    { what: 'another major version', type: 'AWS::RDS::DBInstance', differences: [differs('/EngineVersion', '16.4', '17.1')] },
    { what: 'a mistake beside a role', type: 'AWS::RDS::DBCluster', differences: [differs('/GlobalClusterIdentifier'), differs('/DeletionProtection', 'true', 'false')] },
    { what: 'the same property of another type', type: 'AWS::SQS::Queue', differences: [differs('/DesiredCount')] },
    { what: 'what is gone', type: 'AWS::ECS::Service', status: 'DELETED' as const, differences: [] },
    { what: 'what CloudFormation gives no difference of', type: 'AWS::ECS::Service', differences: [] },
  ]) {
    it(`is a mistake: ${what}`, () => expect(judgeDrift({ type, status, differences }).expectedBecause).to.equal(undefined));
  }

  it('keeps a stack from being reverted also when a mistake hides the role', () => {
    expect(judgeDrift({ type: 'AWS::RDS::DBCluster', status: 'MODIFIED', differences: [differs('/GlobalClusterIdentifier'), differs('/Port')] }).undoesFailover).to.equal(true);
  });
});
