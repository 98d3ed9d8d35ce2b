import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient, type AwsClientStub } from 'aws-sdk-client-mock';
import { expect } from 'chai';
import { handler } from '../../../src/functions/webhook-fan-out';
import { withVariables } from '../../support/variables';

const subscribers = [
  { queueUrl: 'https://queues/notifications', topics: ['card', 'transaction'] },
  { queueUrl: 'https://queues/crypto-events', topics: ['crypto', 'card'] },
];

describe('The function that fans webhooks out', () => {
  const { error, warn } = console;
  const noted: string[] = [];
  let sqs: AwsClientStub<SQSClient>;
  let putBack: () => void;

  beforeEach(() => {
    putBack = withVariables({ SUBSCRIBERS: JSON.stringify(subscribers) });
    noted.length = 0;
    console.error = console.warn = (line: string) => void noted.push(line);
    sqs = mockClient(SQSClient);
    sqs.on(SendMessageCommand).resolves({});
  });
  afterEach(() => {
    putBack();
    Object.assign(console, { error, warn });
    sqs.restore();
  });

  const record = (messageId: string, body: unknown) => ({ messageId, body: typeof body === 'string' ? body : JSON.stringify(body) });
  const sent = () => sqs.commandCalls(SendMessageCommand).map(({ args }) => args[0].input);

  it('sends a message, as it is, to all who want its topic and to nobody else', async () => {
    const { batchItemFailures } = await handler({ Records: [record('1', { type: 'transaction.settled', id: 7 }), record('2', { type: 'card' })] });
    expect(batchItemFailures).to.deep.equal([]);
    expect(sent()).to.deep.equal([
      { QueueUrl: 'https://queues/notifications', MessageBody: '{"type":"transaction.settled","id":7}' },
      { QueueUrl: 'https://queues/notifications', MessageBody: '{"type":"card"}' },
      { QueueUrl: 'https://queues/crypto-events', MessageBody: '{"type":"card"}' },
    ]);
  });

  it('takes a topic as a whole: cards are no card', async () => {
    await handler({ Records: [record('1', { type: 'cards.blocked' })] });
    expect(sent()).to.deep.equal([]);
  });

  it('drops what nobody wants, and notes its topic on one line', async () => {
    expect(await handler({ Records: [record('1', { type: 'else\nERROR forged' })] })).to.deep.equal({ batchItemFailures: [] });
    expect(noted).to.deep.equal(['1: nobody wants topic "else\\nERROR forged"']);
  });

  for (const [what, body] of [['is no JSON', 'card'], ['has no type', { id: 1 }], ['has a type that is no text', { type: 5 }], ['is nothing', 'null']] as const) {
    it(`leaves a message that ${what} to the dead-letter queue, and sends the others`, async () => {
      const { batchItemFailures } = await handler({ Records: [record('bad', body), record('good', { type: 'crypto.received' })] });
      expect(batchItemFailures).to.deep.equal([{ itemIdentifier: 'bad' }]);
      expect(sent()).to.have.length(1);
    });
  }

  it('leaves what one subscriber did not take in the queue, without showing what it says', async () => {
    sqs.on(SendMessageCommand, { QueueUrl: 'https://queues/crypto-events' }).rejects(new Error('no such queue of 4111111111111111'));
    const { batchItemFailures } = await handler({ Records: [record('1', { type: 'card.blocked', number: '4111111111111111' })] });
    expect(batchItemFailures).to.deep.equal([{ itemIdentifier: '1' }]);
    expect(noted.join()).to.equal('ERROR 1: Error, not sent to all');
  });

  it('names the variable that is missing', async () => {
    delete process.env['SUBSCRIBERS'];
    const message = await handler({ Records: [] }).then(() => '', (reason: Error) => reason.message);
    expect(message).to.contain('SUBSCRIBERS');
  });
});
