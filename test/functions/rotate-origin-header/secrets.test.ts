import { GetSecretValueCommand, PutSecretValueCommand, ResourceExistsException, ResourceNotFoundException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient, type AwsClientStub } from 'aws-sdk-client-mock';
import { expect } from 'chai';
import { secrets } from '../../../src/functions/rotate-origin-header/secrets';

const made = new Date('2026-01-01');
const places = { names: { current: 'origin-header', next: 'origin-header-next' }, home: 'ap-southeast-1', copies: ['us-east-1'] };

describe('The secrets of the origin header', () => {
  let stubs: Record<string, AwsClientStub<SecretsManagerClient>>;
  let clients: Record<string, SecretsManagerClient>;
  const none = new ResourceNotFoundException({ message: 'no such stage', $metadata: {} });

  beforeEach(() => {
    clients = Object.fromEntries([places.home, ...places.copies].map((region) => [region, new SecretsManagerClient({ region })]));
    stubs = Object.fromEntries(Object.entries(clients).map(([region, client]) => [region, mockClient(client)]));
    for (const region of Object.keys(clients)) {
      holds(region, 'current', '{"value":"a"}');
      holds(region, 'next', '{"value":"b"}');
    }
    at(places.home).on(GetSecretValueCommand, { SecretId: 'origin-header', VersionStage: 'AWSPREVIOUS' }).rejects(none);
  });

  const at = (region: string): AwsClientStub<SecretsManagerClient> => stubs[region] as AwsClientStub<SecretsManagerClient>;
  const holds = (region: string, name: 'current' | 'next', SecretString: string): void =>
    void at(region).on(GetSecretValueCommand, { SecretId: places.names[name] }, true).resolves({ SecretString, VersionId: `v-${name}`, CreatedDate: made });
  const subject = () => secrets(places, (region) => clients[region] as SecretsManagerClient);
  const thrownBy = (act: Promise<unknown>): Promise<Error> => act.then(() => expect.fail('nothing was thrown'), (error: unknown) => error as Error);

  it('are found with their versions, and without a former value at first', async () => {
    expect(await subject().find()).to.deep.equal({ current: { value: 'a', version: 'v-current', made }, former: undefined, next: { value: 'b', version: 'v-next', made }, isReplicated: true });
  });

  it('are found with the former value that Secrets Manager keeps', async () => {
    at(places.home).on(GetSecretValueCommand, { SecretId: 'origin-header', VersionStage: 'AWSPREVIOUS' }).resolves({ SecretString: '{"value":"z"}' });
    expect((await subject().find()).former).to.equal('z');
  });

  it('are not found without the right to read the former value', async () => {
    at(places.home).on(GetSecretValueCommand, { SecretId: 'origin-header', VersionStage: 'AWSPREVIOUS' }).rejects(new Error('AccessDenied'));
    expect((await thrownBy(subject().find())).message).to.equal('AccessDenied');
  });

  for (const name of ['current', 'next'] as const) {
    it(`are being copied while a copy of the ${name} one differs`, async () => {
      holds('us-east-1', name, '{"value":"old"}');
      expect((await subject().find()).isReplicated).to.equal(false);
    });
  }

  for (const { title, text } of [
    { title: 'is no JSON', text: 'hunter2' },
    { title: 'holds no value', text: '{"other":"hunter2"}' },
    { title: 'holds a value that is no text', text: '{"value":{"a":"hunter2"}}' },
    { title: 'is a bare text', text: '"hunter2"' },
  ]) {
    it(`are named, and not shown, when one ${title}`, async () => {
      holds('us-east-1', 'next', text);
      const { message, stack = '', cause } = await thrownBy(subject().find());
      expect(message).to.include('Secret origin-header-next in us-east-1: no current version of the form {"value": "…"}.');
      expect(stack + String(cause)).to.not.include('hunter2');
    });
  }

  for (const name of ['current', 'next'] as const) {
    it(`are stored where they are at home, as the version that is asked for: the ${name} one`, async () => {
      at(places.home).on(PutSecretValueCommand).resolves({});
      expect(await subject().store(name, 'c', 'token')).to.equal(true);
      expect(at(places.home).commandCalls(PutSecretValueCommand).map(({ args: [{ input }] }) => input)).to.deep.equal([{ SecretId: places.names[name], SecretString: '{"value":"c"}', ClientRequestToken: 'token' }]);
    });
  }

  it('are left alone when somebody else has stored that version', async () => {
    at(places.home).on(PutSecretValueCommand).rejects(new ResourceExistsException({ message: 'exists', $metadata: {} }));
    expect(await subject().store('next', 'c', 'token')).to.equal(false);
  });

  it('fail to be stored for any other reason', async () => {
    at(places.home).on(PutSecretValueCommand).rejects(new Error('throttled'));
    expect((await thrownBy(subject().store('next', 'c', 'token'))).message).to.equal('throttled');
  });
});
