import { expect } from 'chai';
import { conformance, guide, rule, target } from './conformance';
import type { Subject } from './subject';

const PAGE = guide('stacksets-drift');

async function detect(subject: Subject) {
  return subject.ended(subject.cloudFormation.detectStackSetDrift({ StackSetName: subject.name }));
}

conformance('drift', () => {
  rule('is nowhere while nobody changed a resource', PAGE, async (subject) => {
    await subject.create();
    await subject.createInstances();
    const operation = await detect(subject);
    expect(operation).to.include({ Action: 'DETECT_DRIFT', Status: 'SUCCEEDED' });
    expect(operation.StackSetDriftDetectionDetails).to.include({ DriftStatus: 'IN_SYNC', DriftDetectionStatus: 'COMPLETED', TotalStackInstancesCount: 2, InSyncStackInstancesCount: 2, DriftedStackInstancesCount: 0 });
    expect((await subject.instance(target().regions[0])).DriftStatus).to.equal('IN_SYNC');
  });

  rule('is found in the instance whose resource was changed outside of CloudFormation', PAGE, async (subject) => {
    const [first, second] = target().regions;
    await subject.create();
    await subject.createInstances();
    const { StackId } = await subject.instance(second);
    const { StackResources = [] } = await target().cloudFormation(second).describeStackResources({ StackName: StackId, LogicalResourceId: 'Note' });
    await target().ssm(second).putParameter({ Name: StackResources[0]?.PhysicalResourceId, Value: 'by hand', Overwrite: true });
    const operation = await detect(subject);
    const { StackSet } = await subject.cloudFormation.describeStackSet({ StackSetName: subject.name });
    expect(operation.StackSetDriftDetectionDetails).to.include({ DriftStatus: 'DRIFTED', InSyncStackInstancesCount: 1, DriftedStackInstancesCount: 1 });
    expect(StackSet?.StackSetDriftDetectionDetails?.DriftStatus).to.equal('DRIFTED');
    expect((await subject.instance(first)).DriftStatus).to.equal('IN_SYNC');
    expect((await subject.instance(second)).DriftStatus).to.equal('DRIFTED');
    expect((await subject.instance(second)).Status).to.equal('CURRENT');
  });
});
