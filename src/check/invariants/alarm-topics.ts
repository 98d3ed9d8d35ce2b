import type { EnvironmentResources } from './environment-resources';
import { judgeEach, type Invariant, type Violation } from './invariant';
import type { PlacedResource } from './placed-resource';
import { servicesAllowed, statementsOf } from './policy-statements';

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html */
export const alarmTopics: Invariant = {
  id: 'alarm_topics_are_heard',
  title: 'A topic that alarms go to stands in their region, lets CloudWatch publish, and has a subscriber',
  severity: 'HIGH',
  controls: ['PCI DSS 4.0.1 10.7.2', 'NIST 800-53 r5 SI-4(5)', 'NIST 800-53 r5 IR-4(1)', 'SOC 2 CC7.3', 'MAS TRM 2021 12.2'],
  requirements: ['KSH-94', 'KSH-112'],
  fix: 'Give alarm() the topic of its region, made by topic() with a subscription',
  judge: (environment) => {
    const alarms = environment.of('AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm').map((alarm) => ({ alarm, topics: topicsOf(environment, alarm) }));
    const topics = [...new Set(alarms.flatMap((each) => each.topics))];
    return judgeEach(topics, (topic) => [
      ...alarms.filter((each) => each.topics.includes(topic) && each.alarm.region !== topic.region).map(({ alarm }) => ({ resource: alarm, property: 'AlarmActions', what: 'The alarm goes to a topic of another region, where CloudWatch does not publish', now: `${topic.logicalId} in ${topic.region}` })),
      ...unheard(environment, topic),
      ...unpublished(environment, topic),
    ]);
  },
};

function topicsOf(environment: EnvironmentResources, alarm: PlacedResource): PlacedResource[] {
  return alarm.all('AlarmActions.*').flatMap((action) => environment.target(action) ?? []).filter(({ type }) => type === 'AWS::SNS::Topic');
}

function unheard(environment: EnvironmentResources, topic: PlacedResource): Violation[] {
  const subscriptions = environment.of('AWS::SNS::Subscription').map((each) => each.at('TopicArn'));
  const heard = topic.all('Subscription.*').length > 0 || subscriptions.some((named) => environment.target(named) === topic || (typeof named === 'object' && environment.targets(named).length === 0));
  return heard ? [] : [{ resource: topic, what: 'Nobody has subscribed to the topic of alarms', now: 'no Subscription names it', fix: 'Set email of topic()' }];
}

/** Without a policy of its own a topic lets its account publish; with AWS's key it lets no alarm. */
function unpublished(environment: EnvironmentResources, topic: PlacedResource): Violation[] {
  if (topic.at('KmsMasterKeyId') === 'alias/aws/sns') return [{ resource: topic, property: 'KmsMasterKeyId', what: "CloudWatch can't publish under AWS's key, so that alarms are lost", now: 'KmsMasterKeyId: alias/aws/sns', fix: 'Set the key of topic() to one whose services include cloudwatch.amazonaws.com' }];
  const policies = environment.of('AWS::SNS::TopicPolicy').filter((policy) => policy.all('Topics.*').some((named) => environment.target(named) === topic));
  const services = policies.map((policy) => statementsOf(policy.at('PolicyDocument'))?.map(servicesAllowed));
  if (services.length === 0 || services.some((allowed) => !allowed || allowed.some((each) => !each || each.includes('cloudwatch.amazonaws.com')))) return [];
  return policies.slice(0, 1).map((policy) => ({ resource: policy, property: 'PolicyDocument', what: 'The policy of the topic does not let CloudWatch publish', now: 'no Allow for cloudwatch.amazonaws.com', fix: 'Make the topic by topic() for alarms, which lets CloudWatch publish' }));
}
