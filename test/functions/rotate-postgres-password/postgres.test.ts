import { expect } from 'chai';
import { Client } from 'pg';
import type { Account } from '../../../src/functions/rotate-password/account';
import { postgres } from '../../../src/functions/rotate-postgres-password/postgres';
import { LocalSecret } from '../rotate-password/local-secret';
import { skipWithout } from '../rotate-password/local-server';
import { Rotating } from '../rotate-password/rotating';
import { missingServer, PostgresServer } from './postgres-server';

describe('Rotating the password on a PostgreSQL server', function () {
  this.timeout(60_000);

  const firstPassword = 'first-password-of-this-server';
  let server: PostgresServer;
  let secret: LocalSecret;
  let rotating: Rotating;

  before(async function () {
    skipWithout(this, missingServer());
    server = await PostgresServer.start();
    await server.query('CREATE ROLE portal_admin LOGIN CREATEROLE');
  });
  after(async () => server?.stop());

  beforeEach(async () => {
    await server.query(`ALTER ROLE portal_admin PASSWORD '${firstPassword}'`);
    secret = new LocalSecret({ engine: 'postgres', username: 'portal_admin', password: firstPassword, host: 'localhost', port: server.port, dbname: 'portal' });
    rotating = new Rotating(postgres([server.certificate]));
    secret.startRotation('v1');
  });
  afterEach(() => {
    if (!server) return;
    const said = rotating.said.join('\n');
    for (const label of ['AWSCURRENT', 'AWSPENDING']) expect(said).to.not.include(String(secret.json(label)['password']));
    expect(said).to.not.include(firstPassword);
    secret.stub.restore();
  });

  const accountAt = (label: string): Account => ({ ...(secret.json(label) as unknown as Account) });
  const accepts = (password: string): Promise<boolean> => postgres([server.certificate]).accepts({ username: 'portal_admin', password, host: 'localhost', port: server.port });

  it('FIN-24 lets the new password in and the old one no more', async () => {
    await rotating.steps('v1');
    expect(accountAt('AWSCURRENT').password).to.not.equal(firstPassword);
    expect(await accepts(accountAt('AWSCURRENT').password)).to.equal(true);
    expect(await accepts(firstPassword)).to.equal(false);
  });

  it('FIN-24 rotates again and again', async () => {
    await rotating.steps('v1');
    secret.startRotation('v2');
    await rotating.steps('v2');
    expect(await accepts(accountAt('AWSCURRENT').password)).to.equal(true);
    expect(await accepts(accountAt('AWSPREVIOUS').password)).to.equal(false);
  });

  it('FIN-25 keeps the new password out of the server’s log, which holds every statement', async () => {
    await rotating.steps('v1');
    expect(server.log).to.include("ALTER ROLE SESSION_USER PASSWORD 'SCRAM-SHA-256$4096:");
    expect(server.log).to.not.include(accountAt('AWSCURRENT').password);
  });

  it('stands every step being repeated', async () => {
    for (const step of ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const) await rotating.steps('v1', [step, step]);
    expect(await accepts(accountAt('AWSCURRENT').password)).to.equal(true);
  });

  it('goes on after a crash between setting and finishing', async () => {
    await rotating.steps('v1', ['createSecret', 'setSecret']);
    const pending = accountAt('AWSPENDING').password;
    await rotating.steps('v1');
    expect(accountAt('AWSCURRENT').password).to.equal(pending);
    expect(await accepts(pending)).to.equal(true);
  });

  it('takes a secret that names the engine as Aurora does', async () => {
    secret.set('AWSCURRENT', { ...secret.json('AWSCURRENT'), engine: 'aurora-postgresql' });
    await rotating.steps('v1');
    expect(await accepts(accountAt('AWSCURRENT').password)).to.equal(true);
  });

  it('leaves clients that are signed in alone', async () => {
    const client = new Client({ host: 'localhost', port: server.port, user: 'portal_admin', password: firstPassword, database: 'postgres', ssl: { ca: server.certificate } });
    await client.connect();
    await rotating.steps('v1');
    expect((await client.query('SELECT session_user AS me')).rows).to.deep.equal([{ me: 'portal_admin' }]);
    await client.end();
  });

  it('stores a password with quotes and backslashes as it is', async () => {
    const odd = String.raw`it's a "quote" \' \\ -- ; $1 and more`;
    expect(await postgres([server.certificate]).changePassword(accountAt('AWSCURRENT'), odd)).to.equal(true);
    expect(await accepts(odd)).to.equal(true);
  });

  it('makes no password of characters that could be read in two ways', async () => {
    const failure = await rotating.failure(postgres([server.certificate]).changePassword(accountAt('AWSCURRENT'), 'pässword'));
    expect(failure).to.equal('New password: it is empty or not printable ASCII. Make another one.');
    expect(await accepts(firstPassword)).to.equal(true);
  });

  it('says that a server is read-only, as one of a region that does not write is, and changes nothing', async () => {
    await rotating.step('createSecret', 'v1');
    await server.query('ALTER ROLE portal_admin SET default_transaction_read_only = on');
    const failure = await rotating.failure(rotating.step('setSecret', 'v1'));
    await server.query('ALTER ROLE portal_admin RESET default_transaction_read_only');
    expect(failure).to.equal(
      `PostgreSQL at localhost:${server.port}, as portal_admin: 25006. ` +
        'The server is read-only, as a replica is: name the endpoint that writes in the secret, or promote this one first.',
    );
    expect(await accepts(firstPassword)).to.equal(true);
  });

  it('does not send the password to a server whose certificate comes from an unknown authority', async () => {
    const stranger = await PostgresServer.start();
    try {
      const failure = await rotating.failure(postgres([stranger.certificate]).accepts(accountAt('AWSCURRENT')));
      expect(failure).to.match(/^PostgreSQL at localhost:\d+: no connection \(self-signed certificate\)\. Use the host name/);
    } finally {
      await stranger.stop();
    }
  });

  it('does not send the password to a server whose certificate names another host', async () => {
    await server.nowCertifiedFor('other.example');
    const failure = await rotating.failure(postgres([server.certificate]).accepts(accountAt('AWSCURRENT')));
    await server.nowCertifiedFor('localhost');
    expect(failure).to.match(/no connection \(.*\)\. Use the host name/);
  });

  it('does not send the password to a server that speaks no TLS', async () => {
    const open = await PostgresServer.start({ tls: false });
    try {
      const failure = await rotating.failure(postgres([server.certificate]).accepts({ ...accountAt('AWSCURRENT'), port: open.port }));
      expect(failure).to.include('no connection (The server does not support SSL connections)');
    } finally {
      await open.stop();
    }
  });

  it('names the server that it can not reach', async () => {
    const failure = await rotating.failure(postgres([server.certificate]).accepts({ ...accountAt('AWSCURRENT'), port: 1 }));
    expect(failure).to.match(/^PostgreSQL at localhost:1: no connection \(.*ECONNREFUSED.*\)\. Check the host in the secret/);
  });
});
