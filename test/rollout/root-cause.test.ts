import { expect } from 'chai';
import type { ManifestDeployment } from '../../src/build/manifest';
import { rootCause } from '../../src/rollout/root-cause';
import type { TreeEvent } from '../../src/rollout/stack-events';

const stackType = 'AWS::CloudFormation::Stack';
const event = (second: number, path: string[], logicalId: string, status: string, reason: string, more: Partial<TreeEvent> = {}): TreeEvent => ({
  id: `${second}-${logicalId}`, path, stackId: 'arn:stack', ofStack: false, logicalId, resourceType: 'AWS::RDS::DBInstance', status, reason, at: new Date(second * 1000), ...more,
});
const template = (nests: Record<string, string>, sources: ManifestDeployment['templates'][string]['sources'] = {}) => ({ file: '', sha256: '', usage: {}, nests, sources });
const deployment = {
  templates: { root: template({ Data: 'data' }), data: template({}, { Primary: { at: 'templates/modules/data/mysql.ts:12', from: 'templates/systems/kasha/data.ts:40' } }) },
} as unknown as ManifestDeployment;

const noise = [
  event(5, ['Data'], 'Replica', 'CREATE_FAILED', 'Resource creation cancelled'),
  event(6, [], 'Data', 'CREATE_FAILED', 'Embedded stack arn:aws:… was not successfully created: The following resource(s) failed to create: [Primary].', { resourceType: stackType }),
  event(7, [], 'root', 'ROLLBACK_IN_PROGRESS', 'The following resource(s) failed to create: [Data].', { ofStack: true }),
];

describe('the root cause of a failed node', () => {
  it('is the first failed resource, in the deepest stack, with the line that authored it', () => {
    const primary = event(4, ['Data'], 'Primary', 'CREATE_FAILED', 'DB subnet group has one zone');
    expect(rootCause([...noise, primary], deployment)).to.deep.equal({
      path: ['Data'], stackId: 'arn:stack', logicalId: 'Primary', resourceType: 'AWS::RDS::DBInstance', status: 'CREATE_FAILED', reason: 'DB subnet group has one zone', at: primary.at,
      source: { at: 'templates/modules/data/mysql.ts:12', from: 'templates/systems/kasha/data.ts:40' },
    });
  });

  it('is the earlier of two failures, whatever the order in which they are read', () => {
    const failures = [event(9, [], 'Late', 'CREATE_FAILED', 'b'), event(3, ['Data'], 'Early', 'CREATE_FAILED', 'a')];
    expect(rootCause([...noise, ...failures], deployment)?.logicalId).to.equal('Early');
    expect(rootCause([...failures.reverse(), ...noise], deployment)?.logicalId).to.equal('Early');
  });

  it('is the deeper of two failures at the same moment', () => {
    const failures = [event(3, [], 'Data', 'CREATE_FAILED', 'nested stack refused', { resourceType: stackType }), event(3, ['Data'], 'Primary', 'CREATE_FAILED', 'a')];
    expect(rootCause(failures, deployment)?.logicalId).to.equal('Primary');
  });

  it('is a nested stack itself when that could not even start', () => {
    const refused = event(2, [], 'Data', 'CREATE_FAILED', 'S3 error: Access Denied', { resourceType: stackType });
    expect(rootCause([refused, ...noise.slice(2)], deployment)).to.include({ logicalId: 'Data', reason: 'S3 error: Access Denied' });
  });

  it('is unknown when nothing but consequences is there', () => {
    expect(rootCause(noise, deployment)).to.equal(undefined);
  });
});
