import {
  DescribeReplicationGroupsCommand,
  ElastiCacheClient,
  InvalidParameterCombinationException,
  InvalidParameterValueException,
  InvalidReplicationGroupStateFault,
  ModifyReplicationGroupCommand,
  type AuthTokenUpdateStrategyType,
  type ReplicationGroup,
} from '@aws-sdk/client-elasticache';
import { signIn, type Acceptance, type Endpoint } from './sign-in';

/** A cache whose tokens are changed. A change is asked for here and done later: `isSettled` says whether it is. */
export interface Cache {
  /** What people call it, for messages. */
  readonly name: string;
  /** Whether nothing of it is being changed. */
  isSettled(): Promise<boolean>;
  accepts(token: string): Promise<Acceptance>;
  /** Makes it accept a token beside the one that it was given last, and no other. False: it is being changed, and takes none now. */
  add(token: string): Promise<boolean>;
  /** Makes it accept this token alone. False as above; `refused` when ElastiCache sees nothing to take away. */
  keepOnly(token: string): Promise<boolean | 'refused'>;
}

/** One call with all its retries, in milliseconds. A call that takes longer has no way to the endpoint. */
const CALL_TIMEOUT = 10_000;

/** Whether ElastiCache takes a call for one that does not fit the cache, as SET does not where there is one token only. */
const isRefusal = (error: unknown): boolean => error instanceof InvalidParameterCombinationException || error instanceof InvalidParameterValueException;

/**
 * A replication group behind the API of ElastiCache.
 *
 * @param id of the group
 * @param authorities as {@link signIn} takes them
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
 */
export function replicationGroup(id: string, client: ElastiCacheClient = new ElastiCacheClient({}), authorities?: readonly string[]): Cache {
  const name = `Cache ${id}`;

  async function inTime<T>(send: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const signal = AbortSignal.timeout(CALL_TIMEOUT);
    try {
      return await send(signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      throw new Error(`ElastiCache: no answer in ${CALL_TIMEOUT / 1000} s. Let the function’s subnets and security group reach its endpoint on port 443.`);
    }
  }

  async function found(): Promise<ReplicationGroup> {
    const { ReplicationGroups: [group] = [] } = await inTime((abortSignal) => client.send(new DescribeReplicationGroupsCommand({ ReplicationGroupId: id }), { abortSignal }));
    if (group) return group;
    throw new Error(`${name}: ElastiCache does not know it. Roll out the deployment that makes it.`);
  }

  async function endpoint(): Promise<Endpoint> {
    const { ConfigurationEndpoint, NodeGroups: [shard] = [] } = await found();
    const { Address: host, Port: port } = ConfigurationEndpoint ?? shard?.PrimaryEndpoint ?? {};
    if (host && port) return { host, port };
    throw new Error(`${name}: it has no endpoint. Wait until it is available.`);
  }

  async function change(token: string, strategy: AuthTokenUpdateStrategyType): Promise<boolean> {
    const command = new ModifyReplicationGroupCommand({ ReplicationGroupId: id, AuthToken: token, AuthTokenUpdateStrategy: strategy, ApplyImmediately: true });
    try {
      await inTime((abortSignal) => client.send(command, { abortSignal }));
      return true;
    } catch (error) {
      if (error instanceof InvalidReplicationGroupStateFault) return false;
      throw isRefusal(error) ? error : discreet(error, token);
    }
  }

  /** Services quote what they refuse: the error without the token, and without what hangs on it. */
  function discreet(error: unknown, token: string): Error {
    const { name: kind, message } = error instanceof Error ? error : new Error('something that is no error');
    return new Error(`${name}: ElastiCache changes no token (${kind}: ${message.replaceAll(token, '[the token]')}). Rotate again.`);
  }

  return {
    name,
    async isSettled() {
      const { Status, PendingModifiedValues } = await found();
      return Status === 'available' && !PendingModifiedValues?.AuthTokenStatus;
    },
    async accepts(token) {
      return signIn(await endpoint(), token, authorities);
    },
    async add(token) {
      try {
        return await change(token, 'ROTATE');
      } catch (error) {
        throw isRefusal(error) ? discreet(error, token) : error;
      }
    },
    async keepOnly(token) {
      try {
        return await change(token, 'SET');
      } catch (error) {
        if (isRefusal(error)) return 'refused';
        throw error;
      }
    },
  };
}
