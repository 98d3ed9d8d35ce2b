import { expect } from 'chai';
import { signIn } from '../../../src/functions/rotate-cache-token/sign-in';
import { skipWithout } from '../rotate-password/local-server';
import { CacheServer, missingServer } from './cache-server';

const token = 'a-token-of-the-cache-0001';

describe('Signing in to a cache', function () {
  this.timeout(20_000);
  let server: CacheServer;

  before(async function () {
    skipWithout(this, missingServer());
    server = await CacheServer.start();
  });
  after(async () => server?.stop());
  beforeEach(() => Object.assign(server, { accepts: [token], says: undefined, isSlow: false }));

  const ask = (given = token, host = 'localhost', authorities: readonly string[] | undefined = [server.authority]) => signIn({ host, port: server.port }, given, authorities);
  const failure = async (what: Promise<unknown>): Promise<string> => what.then(() => 'no failure', (error: Error) => error.message);

  it('finds that a token is accepted', async () => expect(await ask()).to.equal('all'));
  it('finds that another is not', async () => expect(await ask('another')).to.equal('none'));
  it('finds either of two that are', async () => {
    server.accepts = ['other', token];
    expect([await ask('other'), await ask()]).to.deep.equal(['all', 'all']);
  });
  it('waits for an answer that comes in pieces', async () => {
    server.isSlow = true;
    expect([await ask(), await ask('another')]).to.deep.equal(['all', 'none']);
  });
  it('knows the refusal of older engines', async () => {
    server.says = '-ERR invalid password\r\n';
    expect(await ask()).to.equal('none');
  });
  it('takes another error for no refusal, and repeats nothing of it, because it may hold the token', async () => {
    server.says = `-ERR unknown command 'AUTH', with args beginning with: '${token}'\r\n`;
    const message = await failure(ask());
    expect(message).to.equal(`Cache at localhost:${server.port}, node 127.0.0.1: it answers AUTH and PING with -ERR. Look at the cache’s engine log.`);
    server.says = `${token}\r\n`;
    expect(await failure(ask())).to.include('with something else').and.not.include(token);
  });
  it('sends no token to a server of an unknown authority', async () => {
    expect(await failure(signIn({ host: 'localhost', port: server.port }, token))).to.match(/no connection \(self-signed certificate\)/);
  });
  it('sends no token to a server with another name in its certificate', async () => {
    const stranger = await CacheServer.start('other.example');
    stranger.accepts = [token];
    try {
      expect(await failure(signIn({ host: 'localhost', port: stranger.port }, token, [stranger.authority]))).to.match(/no connection \(Hostname.*does not match/);
    } finally {
      await stranger.stop();
    }
  });
  it('says which name is not known', async () => {
    expect(await failure(ask(token, 'cache.invalid'))).to.equal('Cache at cache.invalid: the name is not known here. Let the function run in the cache’s VPC.');
  });
});
