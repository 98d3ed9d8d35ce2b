import { DescribeSecretCommand, GetRandomPasswordCommand } from '@aws-sdk/client-secrets-manager';
import { expect } from 'chai';
import type { Account } from '../../../src/functions/rotate-password/account';
import type { Database } from '../../../src/functions/rotate-password/database';
import { LocalSecret, secretArn } from './local-secret';
import { Rotating } from './rotating';

const current = { username: 'admin', password: 'old', host: 'db.example', port: 3306, engine: 'mysql', dbInstanceIdentifier: 'db' };

/** A server in memory that knows one user, and counts who talks to it. */
class OneUserServer implements Database {
  readonly title = 'MySQL';
  readonly engines = ['mysql'] as const;
  readonly port = 3306;
  readonly asked: string[] = [];
  constructor(public password: string) {}
  accepts(account: Account): Promise<boolean> {
    this.asked.push(`${account.username}@${account.host}`);
    return Promise.resolve(account.password === this.password);
  }
  async changePassword(account: Account, password: string): Promise<boolean> {
    const accepted = await this.accepts(account);
    if (accepted) this.password = password;
    return accepted;
  }
}

describe('Rotating a database password', () => {
  let secret: LocalSecret;
  let server: OneUserServer;
  let rotating: Rotating;

  beforeEach(() => {
    secret = new LocalSecret(current);
    server = new OneUserServer('old');
    rotating = new Rotating(server);
    secret.startRotation('v1');
  });
  afterEach(() => {
    const passwords = ['old', 'older', 'new-1', 'new-2'].map((password) => new RegExp(`\\b${password}\\b`));
    for (const password of passwords) expect(rotating.said.join('\n')).to.not.match(password);
    secret.stub.restore();
  });

  it('KSH-85, KSH-87 ends with the new password in the database and as the current version, the old one as the previous', async () => {
    await rotating.steps('v1');
    expect(secret.labels()).to.deep.equal({ 'version-0': ['AWSPREVIOUS'], v1: ['AWSPENDING', 'AWSCURRENT'] });
    expect(secret.json('AWSCURRENT')).to.deep.equal({ ...current, password: server.password });
    expect(server.password).to.match(/^new-1/);
  });

  it('writes one line for each step, which names no password', async () => {
    await rotating.steps('v1');
    expect(rotating.said).to.deep.equal([
      `createSecret of ${secretArn}, version v1: stored a new password.`,
      `setSecret of ${secretArn}, version v1: the database has the new password.`,
      `testSecret of ${secretArn}, version v1: the database accepts the new password.`,
      `finishSecret of ${secretArn}, version v1: the new password is current; the one before is version version-0.`,
    ]);
  });

  it('makes the password by the rule of the first one', async () => {
    await rotating.step('createSecret', 'v1');
    expect(secret.stub.commandCalls(GetRandomPasswordCommand)[0]?.args[0].input).to.deep.equal({
      PasswordLength: 40,
      ExcludeCharacters: `/@"'\\ `,
    });
  });

  it('keeps the password of a first attempt when the rotation is repeated', async () => {
    await rotating.steps('v1', ['createSecret', 'setSecret']);
    const first = server.password;
    await rotating.steps('v1');
    expect(server.password).to.equal(first);
    expect(secret.json('AWSCURRENT')['password']).to.equal(first);
  });

  it('changes nothing once the version is current', async () => {
    await rotating.steps('v1');
    const before = { changes: secret.changes(), password: server.password };
    await rotating.steps('v1');
    expect({ changes: secret.changes(), password: server.password }).to.deep.equal(before);
  });

  it('signs in with the previous password when the database missed a rotation', async () => {
    server.password = 'older';
    secret.set('AWSPREVIOUS', { ...current, password: 'older' });
    await rotating.steps('v1');
    expect(server.password).to.equal(secret.json('AWSCURRENT')['password']).and.to.match(/^new-1/);
  });

  it('takes the previous password from a version that is older than the attachment to the database', async () => {
    server.password = 'older';
    secret.set('AWSPREVIOUS', { username: 'admin', password: 'older' });
    await rotating.steps('v1', ['createSecret', 'setSecret']);
    expect(server.password).to.match(/^new-1/);
  });

  it('does not try the previous password of another user', async () => {
    server.password = 'older';
    secret.set('AWSPREVIOUS', { ...current, username: 'root', password: 'older' });
    await rotating.step('createSecret', 'v1');
    expect(await rotating.failure(rotating.step('setSecret', 'v1'))).to.equal(
      'MySQL at db.example:3306, as admin: neither the pending, the current nor the previous password is accepted. ' +
        'Give the database the current one (aws rds modify-db-instance or modify-db-cluster, --master-user-password) and rotate again.',
    );
    expect(server.asked).to.not.include('root@db.example');
  });

  it('does not sign in anywhere when the pending version is for another server', async () => {
    secret.set('AWSPENDING', { ...current, host: 'other.example', password: 'new-1' });
    expect(await rotating.failure(rotating.step('setSecret', 'v1'))).to.include('for another user or server than the current one');
    expect(server.asked).to.deep.equal([]);
  });

  it('does not make a password current that the database does not accept', async () => {
    await rotating.step('createSecret', 'v1');
    expect(await rotating.failure(rotating.step('testSecret', 'v1'))).to.equal(
      'MySQL at db.example:3306, as admin: the pending password is not accepted. Rotate again.',
    );
    expect(secret.json('AWSCURRENT')['password']).to.equal('old');
  });

  it('passes the trial that Secrets Manager makes with the current password when a schedule is set', async () => {
    secret.set('AWSPENDING', current);
    await rotating.step('testSecret', 'v1');
    expect(secret.changes()).to.deep.equal([]);
    expect(server.password).to.equal('old');
  });

  it('refuses a replica of the secret and says what to do', async () => {
    secret.description = { RotationEnabled: true, PrimaryRegion: 'us-east-1' };
    const replica = secretArn.replace('us-east-1', 'ap-southeast-1');
    for (const step of ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const) {
      expect(await rotating.failure(rotating.step(step, 'v1', replica))).to.equal(
        `Secret ${replica}: it is a replica of the one in us-east-1. Rotate that one; ` +
          'when its region is lost, promote this one first (aws secretsmanager stop-replication-to-replica).',
      );
    }
    expect({ changes: secret.changes(), asked: server.asked }).to.deep.equal({ changes: [], asked: [] });
  });

  it('rotates a secret that has replicas elsewhere', async () => {
    secret.description = { RotationEnabled: true, PrimaryRegion: 'us-east-1' };
    await rotating.steps('v1');
    expect(server.password).to.match(/^new-1/);
  });

  for (const { title, prepare, version = 'v1', message } of [
    { title: 'whose rotation is off', prepare: () => (secret.description = { RotationEnabled: false }), message: 'its rotation is off' },
    { title: 'that has no such version', version: 'v9', message: 'version v9 is neither pending nor current' },
    { title: 'whose version lost its label', prepare: () => secret.startRotation('v2'), message: 'version v1 is neither pending nor current' },
    { title: 'that is not attached to a database', prepare: () => secret.set('AWSCURRENT', { engine: 'mysql', username: 'admin', password: 'old' }), message: 'AWSCURRENT: no host. Attach the secret' },
    { title: 'of another engine', prepare: () => secret.set('AWSCURRENT', { ...current, engine: 'postgres' }), message: 'AWSCURRENT: engine "postgres"' },
    { title: 'with an impossible port', prepare: () => secret.set('AWSCURRENT', { ...current, port: 'mysql' }), message: 'its port is no number from 1 to 65535' },
    { title: 'that is no JSON', prepare: () => secret.set('AWSCURRENT', 'old'), message: 'AWSCURRENT: not a JSON object' },
    { title: 'that is no JSON object', prepare: () => secret.set('AWSCURRENT', '["old"]'), message: 'AWSCURRENT: not a JSON object' },
  ]) {
    it(`refuses a secret ${title}, and changes nothing`, async () => {
      prepare?.();
      expect(await rotating.failure(rotating.step('createSecret', version))).to.include(message);
      expect({ changes: secret.changes(), asked: server.asked }).to.deep.equal({ changes: [], asked: [] });
    });
  }

  it('says where to start when a later step comes before the first', async () => {
    for (const step of ['setSecret', 'testSecret'] as const) {
      expect(await rotating.failure(rotating.step(step, 'v1'))).to.include('AWSPENDING: no value. Start the rotation again');
    }
    expect(server.asked).to.deep.equal([]);
  });

  for (const { event, message } of [
    { event: undefined, message: 'Event: no Step.' },
    { event: { Step: 'setSecret', SecretId: secretArn }, message: 'Event: no ClientRequestToken.' },
    { event: { Step: 'dropDatabase', SecretId: secretArn, ClientRequestToken: 'v1' }, message: 'Event: step "dropDatabase" is none of a rotation’s.' },
  ]) {
    it(`refuses an event that is no rotation’s (${message})`, async () => {
      expect(await rotating.failure(rotating.send(event))).to.include(message);
      expect(secret.stub.calls()).to.deep.equal([]);
    });
  }

  it('says what to look at when Secrets Manager can not be reached', async () => {
    const timeout = AbortSignal.timeout;
    AbortSignal.timeout = () => AbortSignal.abort();
    secret.stub.on(DescribeSecretCommand).rejects(Object.assign(new Error('Request aborted'), { name: 'AbortError' }));
    try {
      expect(await rotating.failure(rotating.step('setSecret', 'v1'))).to.equal(
        'Secrets Manager: no answer in 10 s. Let the function’s subnets and security group reach its endpoint on port 443.',
      );
    } finally {
      AbortSignal.timeout = timeout;
    }
  });
});
