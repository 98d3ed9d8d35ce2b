import { alarmTopic } from '../../modules/monitoring/topic';
import { key, logsMayEncrypt, serviceMayUse } from '../../modules/security/key';
import { defineTemplate } from './environments';
import { edgeKeyAlias } from './names';

/**
 * Key and alarm topic of what stands in us-east-1 for all regions. They stand before the regions' foundations, which copy the origin
 * header's secrets under this key; and beside that of us-east-1, because only production has one there.
 */
export const edgeSecurity = defineTemplate('edge-security', { description: 'LookCard key and alarm topic of the edge', parameters: { AlarmEmail: { Type: 'String' } } }, (t) => {
  const edgeKey = key(t, 'EdgeKey', {
    description: 'Logs, alarms and copied secrets of LookCard’s edge',
    alias: edgeKeyAlias(t),
    retained: t.settings.protected,
    statements: [logsMayEncrypt, serviceMayUse('AlarmsMayPublish', 'cloudwatch.amazonaws.com'), serviceMayUse('EventsMayQueue', 'events.amazonaws.com')],
  });
  const topic = alarmTopic(t, 'Alarms', { name: t.resourceName('edge-alarms'), keyArn: edgeKey.att('Arn'), email: t.param('AlarmEmail') });
  return { EdgeKeyArn: edgeKey.att('Arn'), AlarmTopicArn: topic.ref() };
});
