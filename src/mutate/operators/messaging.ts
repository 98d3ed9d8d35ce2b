import { isObject } from '../json';
import { absent, deletionPolicy, drop, edit, removed, replace, set, turn, withElement } from '../mistakes';
import type { Operator } from '../operator';
import { allows, hasPrincipal, inStatements, lacking } from '../statements';

const queue = ['AWS::SQS::Queue'];
const topic = ['AWS::SNS::Topic'];
const queuePolicy = ['AWS::SQS::QueuePolicy'];
const topicPolicy = ['AWS::SNS::TopicPolicy'];
const policies = [...queuePolicy, ...topicPolicy];
const rest = ['PCI DSS 4.0.1 3.5.1', 'NIST 800-53 r5 SC-28'];
const access = ['NIST 800-53 r5 AC-3', 'PCI DSS 4.0.1 7.2.5'];
const document = ['PolicyDocument'];

/** Mistakes in queues, topics and their policies. */
export const messagingOperators: readonly Operator[] = [
  { id: 'sqs-unencrypted', title: 'Messages are not encrypted', severity: 'HIGH', controls: rest, types: queue, mistake: edit('$.Properties', (own) => (isObject(own) && own.SqsManagedSseEnabled !== false ? { ...lacking(own, 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds'), SqsManagedSseEnabled: false } : undefined)) },
  { id: 'sqs-own-key-lost', title: 'Messages are encrypted with a key that we do not control', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 3.6.1'], types: queue, mistake: drop('KmsMasterKeyId') },
  { id: 'sqs-redrive-removed', title: 'A message that nobody can handle is tried for ever', severity: 'HIGH', controls: ['SOC 2 A1.2', 'NIST 800-53 r5 CP-10'], types: queue, mistake: drop('RedrivePolicy') },
  { id: 'sqs-gives-up-at-once', title: 'A message goes to the dead letters after one failure', severity: 'LOW', controls: ['SOC 2 A1.2'], types: queue, mistake: turn('RedrivePolicy.maxReceiveCount', 1) },
  { id: 'sqs-never-gives-up', title: 'A message is tried a thousand times before somebody hears of it', severity: 'MEDIUM', controls: ['SOC 2 A1.2'], types: queue, mistake: turn('RedrivePolicy.maxReceiveCount', 1000) },
  { id: 'sqs-forgets', title: 'Messages are lost after a minute', severity: 'HIGH', controls: ['SOC 2 A1.2', 'NIST 800-53 r5 CP-10'], types: queue, mistake: set('MessageRetentionPeriod', 60) },
  { id: 'sqs-any-queue-redrives', title: 'Any queue of the account may put its dead letters here', severity: 'LOW', controls: access, types: queue, mistake: turn('RedriveAllowPolicy', { redrivePermission: 'allowAll' }) },
  { id: 'sqs-deleted-with-stack', title: 'The queue and its messages are deleted with the stack', severity: 'MEDIUM', controls: ['NIST 800-53 r5 CP-9'], types: queue, mistake: deletionPolicy('Delete') },
  { id: 'sns-unencrypted', title: 'Notifications are not encrypted', severity: 'MEDIUM', controls: rest, types: topic, mistake: drop('KmsMasterKeyId') },
  { id: 'sns-key-of-aws', title: 'The topic takes a key of AWS that CloudWatch may not use: alarms are lost', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 3.6.1', 'SOC 2 CC7.2'], types: topic, mistake: replace('KmsMasterKeyId', 'alias/aws/sns') },
  { id: 'sns-subscription-removed', title: 'Alarms reach nobody', severity: 'HIGH', controls: ['PCI DSS 4.0.1 10.7.2', 'NIST 800-53 r5 SI-4'], types: ['AWS::SNS::Subscription'], mistake: removed },
  { id: 'sns-plain-http', title: 'Notifications are sent by plain HTTP', severity: 'HIGH', controls: ['PCI DSS 4.0.1 4.2.1', 'NIST 800-53 r5 SC-8'], types: ['AWS::SNS::Subscription'], mistake: turn('Protocol', 'http') },
  { id: 'message-policy-anybody', title: 'Anybody may send and receive messages', severity: 'CRITICAL', controls: access, types: policies, mistake: (resource) => withElement('PolicyDocument.Statement', { Effect: 'Allow', Principal: '*', Action: resource.Type === 'AWS::SQS::QueuePolicy' ? 'sqs:*' : 'sns:Publish', Resource: '*' })(resource) },
  { id: 'message-policy-any-account', title: 'Any AWS principal may send messages', severity: 'CRITICAL', controls: access, types: policies, mistake: (resource) => withElement('PolicyDocument.Statement', { Effect: 'Allow', Principal: { AWS: '*' }, Action: [resource.Type === 'AWS::SQS::QueuePolicy' ? 'sqs:SendMessage' : 'sns:Subscribe'], Resource: '*' })(resource) },
  { id: 'message-policy-plain-text', title: 'Messages may be sent without TLS: the statement that denies it is gone', severity: 'HIGH', controls: ['PCI DSS 4.0.1 4.2.1', 'NIST 800-53 r5 SC-8'], types: policies, mistake: inStatements(document, (one) => (one.Effect === 'Deny' ? absent : undefined)) },
  { id: 'message-policy-plain-text-inverted', title: 'The statement against plain text denies TLS instead', severity: 'HIGH', controls: ['PCI DSS 4.0.1 4.2.1', 'NIST 800-53 r5 SC-8'], types: policies, mistake: inStatements(document, (one) => (one.Effect === 'Deny' && isObject(one.Condition) && isObject(one.Condition.Bool) ? { ...one, Condition: { Bool: { 'aws:SecureTransport': 'true' } } } : undefined)) },
  { id: 'message-policy-service-any-account', title: 'A service may send on behalf of any account: the source condition is gone', severity: 'MEDIUM', controls: ['NIST 800-53 r5 AC-3', 'SOC 2 CC6.1'], types: policies, mistake: inStatements(document, (one) => (allows(one) && hasPrincipal(one, 'Service') && one.Condition !== undefined ? lacking(one, 'Condition') : undefined)) },
  { id: 'message-policy-any-action', title: 'A service that sends may also administer', severity: 'HIGH', controls: ['PCI DSS 4.0.1 7.2.2', 'NIST 800-53 r5 AC-6'], types: policies, mistake: (resource) => inStatements(document, (one) => (allows(one) && hasPrincipal(one, 'Service') ? { ...one, Action: resource.Type === 'AWS::SQS::QueuePolicy' ? 'sqs:*' : 'sns:*' } : undefined))(resource) },
  { id: 'message-policy-removed', title: 'The policy is gone, and with it the demand for TLS', severity: 'HIGH', controls: ['PCI DSS 4.0.1 4.2.1', 'NIST 800-53 r5 SC-8'], types: policies, mistake: removed },
];
