import { Aws, Fn, type Condition, type Handle, type IntrinsicFunction, type Name, type Parameters, type TemplateBuilder, type Token, type Value } from '../../../src/cfn';
import { Subscription, Topic, TopicPolicy } from '../../../src/cfn/generated/sns';
import { policyDocument } from '../security/policy';

/** A service that publishes to a topic on behalf of this account. */
export interface Publisher {
  /** Names the right in the topic's policy. */
  readonly sid: string;
  /** Service principal, for example `cloudwatch.amazonaws.com`. */
  readonly service: string;
  /** ARN pattern of what it publishes for. @default anything of this account, for services that name no source */
  readonly sourceArn?: Value<string>;
}

/** A topic and who may publish to it. */
export interface TopicSettings extends AlarmTopicSettings {
  readonly publishers: readonly Publisher[];
  readonly when?: Condition;
}

/** The topic to which alarms go. */
export interface AlarmTopicSettings {
  readonly name: Name;
  /** Key that encrypts the messages; its policy must let the publishing services use it, or messages are lost without a word. */
  readonly keyArn: IntrinsicFunction;
  readonly email: Token<'String'>;
}

/** A topic and its policy: who asks whether it may publish comes after both. */
export interface MailedTopic {
  readonly handle: Handle<'AWS::SNS::Topic', 'TopicArn' | 'TopicName'>;
  readonly policy: Handle<'AWS::SNS::TopicPolicy', string>;
}

/**
 * An encrypted topic that services publish to for this account only, over TLS only, and that mails what they say.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html
 */
export function topic(t: TemplateBuilder<Parameters, unknown>, id: string, settings: TopicSettings): MailedTopic {
  const { name, keyArn, email, publishers, when } = settings;
  const handle = t.add(id, new Topic({ TopicName: name, KmsMasterKeyId: keyArn }), { when });
  const policy = t.add(
    `${id}Policy`,
    new TopicPolicy({
      Topics: [handle.ref()],
      PolicyDocument: policyDocument(
        ...publishers.map(({ sid, service, sourceArn }) => ({
          Sid: sid,
          Effect: 'Allow' as const,
          Principal: { Service: service },
          Action: ['sns:Publish'],
          Resource: [handle.ref()],
          Condition: { StringEquals: { 'aws:SourceAccount': Aws.accountId }, ...(sourceArn ? { ArnLike: { 'aws:SourceArn': sourceArn } } : {}) },
        })),
        { Sid: 'DenyWithoutTls', Effect: 'Deny', Principal: '*', Action: ['sns:Publish'], Resource: [handle.ref()], Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ),
    }),
    { when },
  );
  t.add(`${id}Email`, new Subscription({ TopicArn: handle.ref(), Protocol: 'email', Endpoint: email }), { when });
  return { handle, policy };
}

/** A topic that takes alarms of this account, and mails them. */
export function alarmTopic(t: TemplateBuilder<Parameters, unknown>, id: string, settings: AlarmTopicSettings): MailedTopic['handle'] {
  const alarms = { sid: 'AlarmsMayPublish', service: 'cloudwatch.amazonaws.com', sourceArn: Fn.Sub('arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*') };
  return topic(t, id, { ...settings, publishers: [alarms] }).handle;
}
