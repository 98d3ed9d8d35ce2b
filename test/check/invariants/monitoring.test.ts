import { alarmCoverage } from '../../../src/check/invariants/alarm-coverage';
import { alarmTopics } from '../../../src/check/invariants/alarm-topics';
import { eventFailures } from '../../../src/check/invariants/event-failures';
import { imageReplication } from '../../../src/check/invariants/image-replication';
import { logGroups } from '../../../src/check/invariants/log-groups';
import { serviceScaling } from '../../../src/check/invariants/service-scaling';
import { trail } from '../../../src/check/invariants/trail';
import { att, itJudges, ref, resource, type Case, type Resources } from './small-system';

const here = (resources: Resources): Case['system'] => ({ platform: { 'us-east-1': resources } });
const options = { unknown: ['Given'] };
const Topic = resource('AWS::SNS::Topic');

describe('the topic of alarms', () => {
  const alarm = (more: object = { AlarmActions: [ref('Topic')] }) => resource('AWS::CloudWatch::Alarm', { AlarmName: 'broken', ...more });
  const Email = resource('AWS::SNS::Subscription', { TopicArn: ref('Topic'), Protocol: 'email', Endpoint: 'a@example.com' });
  const policy = (Service: unknown) => resource('AWS::SNS::TopicPolicy', { Topics: [ref('Topic')], PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sns:Publish', Resource: '*' }] } });
  const wire = resource('AWS::SSM::Parameter', { Type: 'String', Name: '/topic', Value: ref('Topic') });
  itJudges(alarmTopics, [
    { name: 'is none', system: here({ Topic }), verdict: 'did-not-apply' },
    { name: 'has a subscriber, and lets CloudWatch publish', system: here({ Topic, Email, Policy: policy('cloudwatch.amazonaws.com'), Alarm: alarm() }), verdict: [] },
    { name: 'has a subscriber in another deployment', system: { base: { 'us-east-1': { Topic, Email, Wire: wire } }, platform: { 'us-east-1': { Alarm: alarm({ AlarmActions: [ref('/topic')] }) } } }, verdict: [] },
    { name: 'has no subscriber', system: here({ Topic, Alarm: alarm() }), verdict: ['Topic us-east-1: Nobody has subscribed to the topic of alarms'] },
    { name: 'takes a key that CloudWatch may not use', system: here({ Topic: resource('AWS::SNS::Topic', { KmsMasterKeyId: 'alias/aws/sns' }), Email, Alarm: alarm() }), verdict: ["Topic us-east-1: CloudWatch can't publish under AWS's key, so that alarms are lost"] },
    { name: 'does not let CloudWatch publish', system: here({ Topic, Email, Policy: policy('events.amazonaws.com'), Alarm: alarm() }), verdict: ['Policy us-east-1: The policy of the topic does not let CloudWatch publish'] },
    { name: 'may be one that deployment names', system: here({ Alarm: alarm({ AlarmActions: [ref('Given')] }) }), options, verdict: 'did-not-apply' },
    { name: 'may have a subscriber that deployment names', system: here({ Topic, Alarm: alarm(), Email: resource('AWS::SNS::Subscription', { TopicArn: ref('Given'), Protocol: 'sqs' }) }), options, verdict: [] },
  ]);
});

describe('what fails', () => {
  const alarm = (Namespace: string, MetricName: unknown, Name: string, Value: unknown) => resource('AWS::CloudWatch::Alarm', { Namespace, MetricName, Dimensions: [{ Name, Value }] });
  const Dead = resource('AWS::SQS::Queue', { QueueName: 'dead' });
  const Queue = resource('AWS::SQS::Queue', { RedrivePolicy: { deadLetterTargetArn: att('Dead'), maxReceiveCount: 3 } });
  const seen = (Value: unknown) => alarm('AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName', Value);
  const Replica = resource('AWS::RDS::DBInstance', { SourceDBInstanceIdentifier: 'a' });
  itJudges(alarmCoverage, [
    { name: 'is nothing', system: here({ Topic, Dead }), verdict: 'did-not-apply' },
    { name: 'is a dead-letter queue that an alarm watches', system: here({ Dead, Queue, Alarm: seen(att('Dead', 'QueueName')) }), verdict: [] },
    { name: 'is one that an alarm watches by its name', system: here({ Dead, Queue, Alarm: seen('dead') }), verdict: [] },
    { name: 'is one that nobody watches', system: here({ Dead, Queue }), verdict: ['Dead us-east-1: No alarm watches ApproximateNumberOfMessagesVisible'] },
    { name: 'is one that an alarm of its source does not watch', system: here({ Dead, Queue, Alarm: seen(att('Queue', 'QueueName')) }), verdict: ['Dead us-east-1: No alarm watches ApproximateNumberOfMessagesVisible'] },
    { name: 'is a database whose storage nobody watches', system: here({ Database: resource('AWS::RDS::DBInstance'), Alarm: alarm('AWS/RDS', 'CPUUtilization', 'DBInstanceIdentifier', ref('Database')) }), verdict: ['Database us-east-1: No alarm watches FreeStorageSpace'] },
    { name: 'is a replica that falls behind unseen', system: here({ Replica }), verdict: ['Replica us-east-1: No alarm watches ReplicaLag'] },
    { name: 'is a load balancer that nobody watches', system: here({ Balancer: resource('AWS::ElasticLoadBalancingV2::LoadBalancer') }), verdict: ['HTTPCode_ELB_5XX_Count', 'HTTPCode_Target_5XX_Count', 'UnHealthyHostCount'].map((metric) => `Balancer us-east-1: No alarm watches ${metric}`) },
    { name: 'may be watched by a metric that deployment names', system: here({ Replica, Alarm: alarm('AWS/RDS', ref('Given'), 'DBInstanceIdentifier', ref('Replica')) }), options, verdict: [] },
  ]);
});

describe('a log', () => {
  const group = (RetentionInDays?: unknown) => resource('AWS::Logs::LogGroup', { LogGroupName: '/aws/lambda/work', RetentionInDays });
  const worker = (more: Record<string, unknown> = { FunctionName: 'work' }) => resource('AWS::Lambda::Function', more);
  const nowhere = ['Worker us-east-1: It writes to a log group that no template makes'];
  itJudges(logGroups, [
    { name: 'is none', system: here({ Topic }), verdict: 'did-not-apply' },
    { name: 'goes to a group of the templates, by name', system: here({ Worker: worker(), Group: group(7) }), verdict: [] },
    { name: 'goes to one by reference', system: here({ Worker: worker({ LoggingConfig: { LogGroup: ref('Group') } }), Group: group(7) }), verdict: [] },
    { name: 'goes to one that the service will make', system: here({ Worker: worker() }), verdict: nowhere },
    { name: 'goes to one in another region', system: { platform: { 'us-east-1': { Worker: worker() }, 'ap-southeast-1': { Group: group(7) } } }, verdict: nowhere },
    { name: 'of a database goes to one for each export', system: here({ Database: resource('AWS::RDS::DBInstance', { DBInstanceIdentifier: 'main', EnableCloudwatchLogsExports: ['error'] }) }), verdict: ['Database us-east-1: It writes to a log group that no template makes'] },
    { name: 'of a container goes to one', system: here({ Task: resource('AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-group': '/work' } } }] }) }), verdict: ['Task us-east-1: It writes to a log group that no template makes'] },
    { name: 'may go where deployment says', system: here({ Worker: worker({ LoggingConfig: { LogGroup: ref('Given') } }) }), options, verdict: [] },
  ]);
});

describe('a service', () => {
  const Service = resource('AWS::ECS::Service', { ServiceName: 'web' });
  const target = (ResourceId: unknown = { 'Fn::Join': ['/', ['service', 'shop', att('Service', 'Name')]] }) => resource('AWS::ApplicationAutoScaling::ScalableTarget', { ResourceId });
  const Policy = resource('AWS::ApplicationAutoScaling::ScalingPolicy', { ScalingTargetId: ref('Target') });
  itJudges(serviceScaling, [
    { name: 'is none', system: here({ Topic }), verdict: 'did-not-apply' },
    { name: 'scales', system: here({ Service, Target: target(), Policy }), verdict: [] },
    { name: 'scales by its name', system: here({ Service, Target: target('service/shop/web'), Policy }), verdict: [] },
    { name: 'never scales', system: here({ Service }), verdict: ['Service us-east-1: The service has as many tasks at any load'] },
    { name: 'has a target of another service', system: here({ Service, Target: target('service/shop/other'), Policy }), verdict: ['Service us-east-1: The service has as many tasks at any load'] },
    { name: 'has a target that nothing moves', system: here({ Service, Target: target() }), verdict: ['Target us-east-1: Nothing ever moves the scalable target'] },
    { name: 'runs on every instance', system: here({ Service: resource('AWS::ECS::Service', { SchedulingStrategy: 'DAEMON' }) }), verdict: 'did-not-apply' },
  ]);
});

describe('an event that a function fails on', () => {
  const Dead = resource('AWS::SQS::Queue');
  const worker = (more: object = {}) => resource('AWS::Lambda::Function', { FunctionName: 'work', ...more });
  const Worker = worker();
  const rule = (Arn: unknown = att('Worker')) => resource('AWS::Events::Rule', { Targets: [{ Id: 'function', Arn, DeadLetterConfig: { Arn: att('Dead') } }] });
  const config = (FunctionName: unknown, Destination: unknown = att('Dead')) => resource('AWS::Lambda::EventInvokeConfig', { FunctionName, Qualifier: '$LATEST', DestinationConfig: { OnFailure: { Destination } } });
  const base = { Dead, Worker, Rule: rule() };
  const lost = ['Worker us-east-1: Events that the function failed on three times are lost'];
  itJudges(eventFailures, [
    { name: 'is none of a function that no rule invokes', system: here({ Dead, Worker }), verdict: 'did-not-apply' },
    { name: 'is none of a queue', system: here({ Dead, Rule: rule(att('Dead')) }), verdict: 'did-not-apply' },
    { name: 'goes to the queue of the function', system: here({ ...base, Worker: worker({ DeadLetterConfig: { TargetArn: att('Dead') } }) }), verdict: [] },
    { name: 'goes to the destination of the function', system: here({ ...base, Config: config(ref('Worker')) }), verdict: [] },
    { name: 'goes to the destination of the function, by its name', system: here({ ...base, Config: config('work') }), verdict: [] },
    { name: 'is lost, though the rule has a queue, and told once for two rules', system: here({ ...base, Other: rule() }), verdict: lost },
    { name: 'is lost behind an alias', system: here({ Dead, Worker, Alias: resource('AWS::Lambda::Alias', { FunctionName: ref('Worker'), Name: 'live' }), Rule: rule(ref('Alias')) }), verdict: lost },
    { name: 'is lost, with a configuration that names no queue', system: here({ ...base, Worker: worker({ DeadLetterConfig: {} }) }), verdict: lost },
    { name: 'is lost, with a destination for what succeeds', system: here({ ...base, Config: resource('AWS::Lambda::EventInvokeConfig', { FunctionName: ref('Worker'), Qualifier: '$LATEST', DestinationConfig: { OnSuccess: { Destination: att('Dead') } } }) }), verdict: lost },
    { name: 'is lost, with a destination of another function', system: here({ ...base, Other: worker({ FunctionName: 'other' }), Config: config(ref('Other')) }), verdict: lost },
    { name: 'is lost in one region', system: { platform: { 'us-east-1': base, 'ap-southeast-1': { ...base, Config: config('work') } } }, verdict: lost },
    { name: 'may go where deployment says', system: here({ ...base, Worker: worker({ DeadLetterConfig: { TargetArn: ref('Given') } }) }), options, verdict: [] },
    { name: 'may go nowhere or somewhere, as deployment says', system: here({ ...base, Worker: worker({ DeadLetterConfig: ref('Given') }) }), options, verdict: [] },
    { name: 'may go to the destination of the function that deployment names', system: here({ ...base, Config: config(ref('Given')) }), options, verdict: [] },
    { name: 'may go to the destination of the function that has the name', system: here({ ...base, Worker: worker({ FunctionName: ref('Given') }), Config: config('work') }), options, verdict: [] },
    { name: 'may be of a function that deployment names', system: here({ Dead, Worker, Rule: rule(ref('Given')) }), options, verdict: 'did-not-apply' },
  ]);
});

describe('the trail of an account', () => {
  const Trail = resource('AWS::CloudTrail::Trail', { IsMultiRegionTrail: true });
  const account = { system: 'account', environment: 'shared', unknown: ['Given'] };
  itJudges(trail, [
    { name: 'is no question of a system', system: here({ Topic }), verdict: 'did-not-apply' },
    { name: 'is there', system: here({ Trail }), options: account, verdict: [] },
    { name: 'is missing', system: here({ Topic }), options: account, verdict: ['Topic us-east-1: No trail records what is done in the account'] },
    { name: 'is of one region', system: here({ Trail: resource('AWS::CloudTrail::Trail', { IsMultiRegionTrail: false }) }), options: account, verdict: ['Trail us-east-1: The trail records one region only'] },
    { name: 'is there twice', system: here({ Trail, Other: Trail }), options: account, verdict: ['Other us-east-1: The account has two trails, which cost twice and tell the same'] },
    { name: 'is in a system', system: here({ Trail }), verdict: ["Trail us-east-1: A system has a trail of its own beside the account's"] },
    { name: 'may be of the regions that deployment says', system: here({ Trail: resource('AWS::CloudTrail::Trail', { IsMultiRegionTrail: ref('Given') }) }), options: account, verdict: [] },
  ]);
});

describe('the replication of images', () => {
  const account = { system: 'account', environment: 'shared', unknown: ['Given'] };
  const replication = (Region: unknown) => resource('AWS::ECR::ReplicationConfiguration', { ReplicationConfiguration: { Rules: [{ Destinations: [{ Region, RegistryId: 'a' }] }] } });
  itJudges(imageReplication, [
    { name: 'is no question of a system', system: here({ Topic }), verdict: 'did-not-apply' },
    { name: 'goes to another region', system: here({ Images: replication('ap-southeast-1') }), options: account, verdict: [] },
    { name: 'is missing', system: here({ Topic }), options: account, verdict: ['Topic us-east-1: Images stay in one region: services of another one cannot start'] },
    { name: 'goes to its own region', system: here({ Images: replication('us-east-1') }), options: account, verdict: ['Images us-east-1: The registry replicates to no other region'] },
    { name: 'may go where deployment says', system: here({ Images: replication(ref('Given')) }), options: account, verdict: [] },
  ]);
});
