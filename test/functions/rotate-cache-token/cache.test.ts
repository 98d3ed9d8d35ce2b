import { DescribeReplicationGroupsCommand, ElastiCacheClient, InvalidParameterValueException, InvalidReplicationGroupStateFault, ModifyReplicationGroupCommand, type ReplicationGroup } from '@aws-sdk/client-elasticache';
import { mockClient, type AwsStub } from 'aws-sdk-client-mock';
import { expect } from 'chai';
import { inspect } from 'node:util';
import { replicationGroup, type Cache } from '../../../src/functions/rotate-cache-token/cache';
import { rotate } from '../../../src/functions/rotate-cache-token/rotation';
import { STEPS } from '../../../src/functions/rotate-password/request';
import { LocalSecret, secretArn } from '../rotate-password/local-secret';
import { skipWithout } from '../rotate-password/local-server';
import { CacheServer, missingServer } from './cache-server';

const $metadata = {};

describe('A cache behind the API of ElastiCache, with nodes that speak TLS', function () {
  this.timeout(20_000);
  let server: CacheServer;
  let stub: AwsStub<any, any, any>;
  let group: ReplicationGroup;
  let cache: Cache;
  const failure = async (what: Promise<unknown>): Promise<Error> => what.then(() => new Error('no failure'), (error: Error) => error);

  before(async function () {
    skipWithout(this, missingServer());
    server = await CacheServer.start();
  });
  after(async () => server?.stop());
  beforeEach(() => {
    server.accepts = ['first-token-of-the-cache'];
    group = { Status: 'available', ConfigurationEndpoint: { Address: 'localhost', Port: server.port } };
    stub = mockClient(ElastiCacheClient);
    stub.on(DescribeReplicationGroupsCommand).callsFake(({ ReplicationGroupId }) => ({ ReplicationGroups: ReplicationGroupId === 'the-cache' ? [group] : [] }));
    stub.on(ModifyReplicationGroupCommand).callsFake(({ AuthToken, AuthTokenUpdateStrategy }) => {
      server.accepts = AuthTokenUpdateStrategy === 'SET' ? [AuthToken] : [...server.accepts.slice(-1), AuthToken];
    });
    cache = replicationGroup('the-cache', new ElastiCacheClient({ region: 'us-east-1' }), [server.authority]);
  });
  afterEach(() => stub?.restore());

  it('FTG-36 gets a token that then alone lets clients in, and says none', async () => {
    const secret = new LocalSecret({ value: 'first-token-of-the-cache' });
    const { log } = console;
    const said: string[] = [];
    console.log = (...parts: unknown[]) => said.push(parts.map(String).join(' '));
    try {
      secret.startRotation('v1');
      for (const Step of STEPS) await rotate({ Step, SecretId: secretArn, ClientRequestToken: 'v1' }, { cache, clock: { remaining: () => 900_000, pause: () => Promise.resolve() }, passwordRule: { length: 64, exclude: '/' } });
    } finally {
      console.log = log;
      secret.stub.restore();
    }
    const token = String(secret.json('AWSCURRENT')['value']);
    expect(token).to.not.equal('first-token-of-the-cache');
    expect(server.accepts).to.deep.equal([token]);
    expect([await cache.accepts(token), await cache.accepts('first-token-of-the-cache')]).to.deep.equal(['all', 'none']);
    expect(said).to.have.length(STEPS.length);
    expect(said.join()).to.not.include(token).and.not.include('first-token');
  });

  it('asks for changes at once, and that old and new tokens go together before the old one goes', async () => {
    await cache.add('second');
    await cache.keepOnly('second');
    const asked = stub.commandCalls(ModifyReplicationGroupCommand).map(({ args: [{ input }] }) => input as unknown);
    const each = { ReplicationGroupId: 'the-cache', AuthToken: 'second', ApplyImmediately: true };
    expect(asked).to.deep.equal([{ ...each, AuthTokenUpdateStrategy: 'ROTATE' }, { ...each, AuthTokenUpdateStrategy: 'SET' }]);
  });

  it('is settled when it is available and no token is on its way', async () => {
    expect(await cache.isSettled()).to.equal(true);
    group = { ...group, PendingModifiedValues: { AuthTokenStatus: 'ROTATING' } };
    expect(await cache.isSettled()).to.equal(false);
    group = { Status: 'modifying' };
    expect(await cache.isSettled()).to.equal(false);
  });

  it('is found by the endpoint of its one shard when it is no cluster', async () => {
    const { ConfigurationEndpoint: PrimaryEndpoint } = group;
    group = { Status: 'available', NodeGroups: [{ PrimaryEndpoint }] };
    expect(await cache.accepts('first-token-of-the-cache')).to.equal('all');
    group = { Status: 'creating' };
    expect((await failure(cache.accepts('x'))).message).to.equal('Cache the-cache: it has no endpoint. Wait until it is available.');
  });

  it('takes no change while it is being changed, and says when there is nothing to take away', async () => {
    stub.on(ModifyReplicationGroupCommand).rejects(new InvalidReplicationGroupStateFault({ message: 'modifying', $metadata }));
    expect([await cache.add('x'), await cache.keepOnly('x')]).to.deep.equal([false, false]);
    stub.on(ModifyReplicationGroupCommand).rejects(new InvalidParameterValueException({ message: 'SET needs ROTATE', $metadata }));
    expect(await cache.keepOnly('x')).to.equal('refused');
  });

  it('keeps the token out of errors that quote it', async () => {
    for (const error of [new InvalidParameterValueException({ message: 'Invalid AuthToken secret-token-0001', $metadata }), new Error('secret-token-0001 is odd')]) {
      stub.on(ModifyReplicationGroupCommand).rejects(error);
      const failed = await failure(cache.add('secret-token-0001'));
      expect(failed.message).to.match(/^Cache the-cache: ElastiCache changes no token \(.*\[the token\]/);
      expect(inspect(failed, { depth: 10, showHidden: true })).to.not.include('secret-token-0001');
    }
  });

  it('says that ElastiCache does not know it', async () => {
    expect((await failure(replicationGroup('another', new ElastiCacheClient({ region: 'us-east-1' })).isSettled())).message).to.equal('Cache another: ElastiCache does not know it. Roll out the deployment that makes it.');
  });
});
