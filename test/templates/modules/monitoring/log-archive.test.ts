import { expect } from 'chai';
import { Fn, TemplateBuilder } from '../../../../src/cfn';
import { archiveStream } from '../../../../templates/modules/monitoring/archive-stream';
import { archiveLogGroups } from '../../../../templates/modules/monitoring/log-archive';
import { logGroup } from '../../../../templates/modules/monitoring/log-group';
import { contextOf } from '../../kasha/built';
import { emitted } from '../emitting';

const head = { description: 'Archived', parameters: {} };
const keyArn = Fn.Ref('Key');
const archive = (t: TemplateBuilder<Record<never, never>, unknown>) => ({ streamArn: Fn.Ref('Stream'), roleArn: Fn.Ref('Role'), filterName: t.resourceName('archive') });

describe('The archive of logs', () => {
  it('takes every log group that the template has by then, where the group exists', () => {
    const t = new TemplateBuilder('archived', head, contextOf('production'));
    logGroup(t, 'Always', { name: t.resourceName('always'), retentionInDays: 7, keyArn });
    logGroup(t, 'Sometimes', { name: t.resourceName('sometimes'), retentionInDays: 7, keyArn, when: t.isPrimary });
    archiveLogGroups(t, archive(t));
    logGroup(t, 'Later', { name: t.resourceName('later'), retentionInDays: 7, keyArn });
    const resources = emitted(t);
    const sent = (group: string) => ({ LogGroupName: { Ref: group }, FilterName: { 'Fn::Sub': 'kasha-archive-prod-${EnvironmentSuffix}' }, FilterPattern: '', DestinationArn: { Ref: 'Stream' }, RoleArn: { Ref: 'Role' } });
    expect(Object.keys(resources)).to.have.members(['Always', 'Sometimes', 'Later', 'AlwaysArchive', 'SometimesArchive']);
    expect(resources['AlwaysArchive']).to.deep.equal({ Type: 'AWS::Logs::SubscriptionFilter', Properties: sent('Always') });
    expect(resources['SometimesArchive']).to.deep.equal({ Type: 'AWS::Logs::SubscriptionFilter', Properties: sent('Sometimes'), Condition: 'IsPrimary' });
  });

  it('adds nothing to a template without log groups', () => {
    const t = new TemplateBuilder('silent', head, contextOf('production'));
    archiveLogGroups(t, archive(t));
    expect(emitted(t)).to.deep.equal({});
  });

  it('stands after the log stream of its own failures and after what empties its bucket', () => {
    const t = new TemplateBuilder('stream', head, contextOf('production'));
    const last = logGroup(t, 'Last', { name: t.resourceName('last'), retentionInDays: 7, keyArn });
    archiveStream(t, 'Stream', { name: t.resourceName('archive'), roleName: t.resourceName('archive', 'account'), bucketArn: Fn.Ref('Bucket'), keyArn, logRetentionInDays: 7, after: [last] });
    expect(emitted(t)['Stream']?.DependsOn).to.deep.equal(['Last', 'StreamLogStream']);
  });
});
