import { expect } from 'chai';
import { explain } from '../../../src/resolve';
import { deadLetterQueueName, queueNames } from '../../../templates/systems/kasha/queues';
import { requirement } from '../../requirements/requirement';
import { ofType } from './built';
import { account, dataIn } from './data-stack';

const urls = { QueueUrl: 'Queue', PriorityQueueUrl: 'PriorityQueue', NotificationQueueUrl: 'NotificationQueue', PriorityNotificationQueueUrl: 'PriorityNotificationQueue' };

for (const region of ['us-east-1', 'ap-southeast-1'] as const) {
  describe(`Kasha’s queues in ${region}`, () => {
    const stack = dataIn(region);
    const all = ofType(stack, 'AWS::SQS::Queue');
    const sources = Object.entries(all).filter(([id]) => !id.endsWith('DeadLetters'));

    requirement('KSH-91', 'are two main and two notification queues, each with a dead-letter queue of its own', () => {
      expect(sources.map(([, { QueueName }]) => QueueName)).to.deep.equal(['kasha-queue-prod-main', 'kasha-priority-queue-prod-main', 'kasha-notification-queue-prod-main', 'kasha-priority-notification-queue-prod-main']);
      for (const [id, { QueueName, RedrivePolicy }] of sources) {
        expect(explain(RedrivePolicy.deadLetterTargetArn)).to.match(new RegExp(`^Arn of AWS::SQS::Queue ${id}DeadLetters `));
        expect(all[`${id}DeadLetters`].RedriveAllowPolicy).to.deep.equal({ redrivePermission: 'byQueue', sourceQueueArns: [`arn:aws:sqs:${region}:${account}:${QueueName}`] });
      }
    });

    requirement('KSH-92', 'give a message up after three receives', () => {
      for (const [, { RedrivePolicy }] of sources) expect(RedrivePolicy.maxReceiveCount).to.equal(3);
    });

    requirement('KSH-93', 'are encrypted, dead letters too, under the region’s key and refuse plain HTTP', () => {
      const refusing = Object.values(ofType(stack, 'AWS::SQS::QueuePolicy')).filter(({ PolicyDocument }) => PolicyDocument.Statement[0].Condition.Bool['aws:SecureTransport'] === 'false');
      expect([Object.keys(all).length, refusing.length]).to.deep.equal([8, 8]);
      for (const queue of Object.values(all)) expect(queue.KmsMasterKeyId).to.equal(`arn:aws:kms:${region}:${account}:key/default`);
    });

    requirement('KSH-94 KSH-95', 'keep dead letters for fourteen days under the names that the alarms watch', () => {
      const deadLetters = Object.entries(all).filter(([id]) => id.endsWith('DeadLetters')).map(([, queue]) => queue);
      expect(deadLetters.map(({ QueueName }) => QueueName)).to.deep.equal(queueNames.map((name) => `kasha-${deadLetterQueueName(name)}-prod-main`));
      for (const { MessageRetentionPeriod } of deadLetters) expect(MessageRetentionPeriod).to.equal(1_209_600);
    });

    requirement('KSH-96', 'give their URLs as outputs', () => {
      for (const [output, id] of Object.entries(urls)) expect(explain(stack.outputs.get(output)?.value ?? '')).to.match(new RegExp(`^id of AWS::SQS::Queue ${id} `));
    });

    requirement('KSH-51', 'give the four ARNs that the backend may use, and no dead-letter queue’s', () => {
      const arns = explain(stack.outputs.get('QueueArns')?.value ?? '');
      for (const id of Object.values(urls)) expect(arns).to.contain(`Arn of AWS::SQS::Queue ${id} `);
      expect(arns).not.to.contain('DeadLetters');
    });
  });
}
