import { expect } from 'chai';
import { createConnection } from 'mysql2/promise';
import type { Account } from '../../../src/functions/rotate-password/account';
import { mysql } from '../../../src/functions/rotate-mysql-password/mysql';
import { LocalSecret } from '../rotate-password/local-secret';
import { skipWithout } from '../rotate-password/local-server';
import { MariaDb, missingServer } from './mariadb';
import { Rotating } from '../rotate-password/rotating';

describe('Rotating the password on a MySQL-compatible server', function () {
  this.timeout(60_000);

  const firstPassword = 'first-password-of-this-server';
  let server: MariaDb;
  let secret: LocalSecret;
  let rotating: Rotating;

  before(async function () {
    skipWithout(this, missingServer());
    server = await MariaDb.start();
  });
  after(async () => server?.stop());

  beforeEach(async () => {
    await server.query("CREATE OR REPLACE USER admin@'%' IDENTIFIED BY ?", firstPassword);
    await server.query("GRANT SELECT, CREATE USER ON *.* TO admin@'%'");
    const account = { username: 'admin', password: firstPassword, host: 'localhost', port: server.port };
    secret = new LocalSecret({ engine: 'mysql', ...account, dbname: 'kasha' });
    rotating = new Rotating(mysql([server.certificate]));
    secret.startRotation('v1');
  });
  afterEach(() => {
    if (!server) return;
    const said = rotating.said.join('\n');
    for (const label of ['AWSCURRENT', 'AWSPENDING']) expect(said).to.not.include(String(secret.json(label)['password']));
    expect(said).to.not.include(firstPassword);
    secret.stub.restore();
  });

  function accountAt(label: string): Account {
    return { ...(secret.json(label) as unknown as Account) };
  }

  async function accepts(password: string): Promise<boolean> {
    return mysql([server.certificate]).accepts({ username: 'admin', password, host: 'localhost', port: server.port });
  }

  it('KSH-87 lets the new password in and the old one no more', async () => {
    await rotating.steps('v1');
    expect(accountAt('AWSCURRENT').password).to.not.equal(firstPassword);
    expect(await accepts(accountAt('AWSCURRENT').password)).to.equal(true);
    expect(await accepts(firstPassword)).to.equal(false);
  });

  it('KSH-87 rotates again and again', async () => {
    await rotating.steps('v1');
    secret.startRotation('v2');
    await rotating.steps('v2');
    expect(await accepts(accountAt('AWSCURRENT').password)).to.equal(true);
    expect(await accepts(accountAt('AWSPREVIOUS').password)).to.equal(false);
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

  it('leaves clients that are signed in alone', async () => {
    const ssl = { ca: [server.certificate] };
    const client = await createConnection({ host: 'localhost', port: server.port, user: 'admin', password: firstPassword, ssl });
    await rotating.steps('v1');
    const [rows] = await client.query('SELECT CURRENT_USER() AS me');
    expect(rows).to.deep.equal([{ me: 'admin@%' }]);
    await client.end();
  });

  it('stores a password with quotes and backslashes as it is, however the server reads backslashes', async () => {
    const odd = String.raw`it's a "quote" \' \\ -- ; and more`;
    for (const mode of ['NO_BACKSLASH_ESCAPES', 'ANSI_QUOTES', 'TRADITIONAL']) {
      await server.query('SET GLOBAL sql_mode = ?', mode);
      await server.query("ALTER USER admin@'%' IDENTIFIED BY ?", firstPassword);
      expect(await mysql([server.certificate]).changePassword(accountAt('AWSCURRENT'), odd), mode).to.equal(true);
      expect(await accepts(odd), mode).to.equal(true);
    }
  });

  it('says that a server is read-only, as a replica is, and changes nothing', async () => {
    await rotating.step('createSecret', 'v1');
    await server.query('SET GLOBAL read_only = ON');
    const failure = await rotating.failure(rotating.step('setSecret', 'v1'));
    await server.query('SET GLOBAL read_only = OFF');
    expect(failure).to.equal(
      `MySQL at localhost:${server.port}, as admin: ER_OPTION_PREVENTS_STATEMENT (1290). ` +
        'The server is read-only, as a replica is: name the instance that writes in the secret, or promote this one first.',
    );
    expect(await accepts(firstPassword)).to.equal(true);
  });

  it('does not send the password to a server whose certificate comes from an unknown authority', async () => {
    const stranger = await MariaDb.start();
    try {
      const failure = await rotating.failure(mysql([stranger.certificate]).accepts(accountAt('AWSCURRENT')));
      expect(failure).to.match(/^MySQL at localhost:\d+: no connection \(self-signed certificate\)\. Use the host name/);
    } finally {
      await stranger.stop();
    }
  });

  it('does not send the password to a server whose certificate names another host', async () => {
    await server.nowCertifiedFor('other.example');
    const failure = await rotating.failure(mysql([server.certificate]).accepts(accountAt('AWSCURRENT')));
    await server.nowCertifiedFor('localhost');
    expect(failure).to.match(/no connection \(Hostname\/IP does not match certificate's altnames.*\)\. Use the host name/);
  });

  it('does not send the password to a server that speaks no TLS', async () => {
    const open = await MariaDb.start('--skip-ssl');
    try {
      const failure = await rotating.failure(mysql([server.certificate]).accepts({ ...accountAt('AWSCURRENT'), port: open.port }));
      expect(failure).to.include('no connection (Server does not support secure connection)');
    } finally {
      await open.stop();
    }
  });

  it('names the server that it can not reach', async () => {
    const failure = await rotating.failure(mysql([server.certificate]).accepts({ ...accountAt('AWSCURRENT'), port: 1 }));
    expect(failure).to.match(/^MySQL at localhost:1: no connection \(.*ECONNREFUSED.*\)\. Check the host in the secret/);
  });
});
