import { Aws, Fn, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder, type Token } from '../../../src/cfn';
import { Subscription, Topic, TopicPolicy } from '../../../src/cfn/generated/sns';
import { policyDocument } from '../security/policy';

/** The topic to which alarms go. */
export interface AlarmTopicSettings {
  readonly name: Name;
  /** Key that encrypts the messages; its policy must let CloudWatch use it, or alarms are lost without a word. */
  readonly keyArn: IntrinsicFunction;
  readonly email: Token<'String'>;
}

/**
 * An encrypted topic that takes alarms of this account only, over TLS only, and mails them.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html
 */
export function alarmTopic(t: TemplateBuilder<Parameters, unknown>, id: string, settings: AlarmTopicSettings): Handle<'AWS::SNS::Topic', 'TopicArn' | 'TopicName'> {
  const { name, keyArn, email } = settings;
  const topic = t.add(id, new Topic({ TopicName: name, KmsMasterKeyId: keyArn }));
  t.add(
    `${id}Policy`,
    new TopicPolicy({
      Topics: [topic.ref()],
      PolicyDocument: policyDocument(
        {
          Sid: 'AlarmsMayPublish',
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: ['sns:Publish'],
          Resource: [topic.ref()],
          Condition: {
            StringEquals: { 'aws:SourceAccount': Aws.accountId },
            ArnLike: { 'aws:SourceArn': Fn.Sub('arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*') },
          },
        },
        { Sid: 'DenyWithoutTls', Effect: 'Deny', Principal: '*', Action: ['sns:Publish'], Resource: [topic.ref()], Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ),
    }),
  );
  t.add(`${id}Email`, new Subscription({ TopicArn: topic.ref(), Protocol: 'email', Endpoint: email }));
  return topic;
}
