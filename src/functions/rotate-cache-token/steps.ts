import type { PasswordRule } from '../rotate-password/password-rule';
import type { Step } from '../rotate-password/request';
import { describeSecret, makeCurrent, putPending, randomPassword, valueAt } from '../rotate-password/secrets-manager';
import type { Cache } from './cache';
import { until, type Clock } from './clock';

/** What a rotation works with. */
export interface Tools {
  readonly cache: Cache;
  readonly clock: Clock;
  readonly passwordRule: PasswordRule;
}

/** The version that a rotation makes, of which secret. */
export interface Version {
  /** ARN of the secret. */
  readonly secret: string;
  readonly id: string;
}

/**
 * What each step does, and in a few words what it did. Nothing is remembered between two of them: each looks at the secret and asks the
 * cache, by signing in, which tokens it accepts. So a step can be repeated, and a rotation that was killed goes on from anywhere.
 *
 * The cache accepts two tokens at most: the one added last and the one before. At every moment one of them is the current one:
 *
 * 1. a new token is stored as the pending version;
 * 2. the cache is to accept the current token alone, and then the pending one beside it. What else it accepted, a rollout had added
 *    that read the token before the last rotation ended; added last, it would have pushed the current one out;
 * 3. every node lets the pending token in;
 * 4. the pending version becomes the current one, and only then the cache drops the former token.
 *
 * Whoever is signed in stays so. A client that signs in with a token that it read before the fourth step must read the secret and try again.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
 */
export const steps: Readonly<Record<Step, (version: Version, tools: Tools) => Promise<string>>> = { createSecret, setSecret, testSecret, finishSecret };

async function createSecret({ secret, id }: Version, { passwordRule }: Tools): Promise<string> {
  await read(secret, 'AWSCURRENT');
  if ((await valueAt(secret, 'AWSPENDING', id)) !== undefined) return 'a new token was stored before';
  await putPending(secret, id, JSON.stringify({ value: await randomPassword(passwordRule) }));
  return 'stored a new token';
}

async function setSecret({ secret, id }: Version, tools: Tools): Promise<string> {
  const current = await read(secret, 'AWSCURRENT');
  const pending = await read(secret, 'AWSPENDING', id);
  await settled(tools);
  const isKnown = await accepts(tools, pending);
  if (!isKnown) {
    if (await accepts(tools, current)) await keepOnly(tools, current);
    else await add(tools, current);
    await add(tools, pending);
  }
  if (!(await accepts(tools, current))) await add(tools, current);
  if (!(await accepts(tools, pending))) throw new Error(`${tools.cache.name}: it does not accept the current and the pending token together. Rotate again.`);
  return isKnown ? 'the cache accepted the new token before' : 'the cache accepts the new token beside the current one';
}

async function testSecret({ secret, id }: Version, tools: Tools): Promise<string> {
  await settled(tools);
  if (await accepts(tools, await read(secret, 'AWSPENDING', id))) return 'every node of the cache accepts the new token';
  throw new Error(`${tools.cache.name}: a node does not accept the pending token. Rotate again.`);
}

/** Looks once more before the labels move, because a rollout that came twice in between may have pushed the pending token out. */
async function finishSecret(version: Version, tools: Tools): Promise<string> {
  await testSecret(version, tools);
  const { VersionIdsToStages = {} } = await describeSecret(version.secret);
  const before = Object.keys(VersionIdsToStages).find((each) => VersionIdsToStages[each]?.includes('AWSCURRENT'));
  await makeCurrent(version.secret, version.id, before);
  return `the new token is current; ${await dropFormer(version.secret, tools)}`;
}

/** Makes the cache accept the current token and not the former one. Says in a few words what it did. */
export async function dropFormer(secret: string, tools: Tools): Promise<string> {
  const current = await read(secret, 'AWSCURRENT');
  await settled(tools);
  if (!(await accepts(tools, current))) await add(tools, current);
  const former = await valueAt(secret, 'AWSPREVIOUS');
  if (former === undefined || (await tools.cache.accepts(tokenIn(former, `Secret ${secret}, AWSPREVIOUS`))) === 'none') return 'the cache refuses the former one';
  await keepOnly(tools, current);
  return 'the cache refuses the former one from now on';
}

const settled = ({ cache, clock }: Tools): Promise<void> => until(clock, `${cache.name}: it is still being changed`, () => cache.isSettled());

const accepts = async ({ cache }: Tools, token: string): Promise<boolean> => (await cache.accepts(token)) === 'all';

async function add(tools: Tools, token: string): Promise<void> {
  const { cache, clock } = tools;
  await until(clock, `${cache.name}: it takes no new token`, () => cache.add(token));
  await settled(tools);
  await until(clock, `${cache.name}: some of its nodes refuse the new token`, () => accepts(tools, token));
}

/** ElastiCache refuses to take tokens away where there is one only, which is what is wanted. */
async function keepOnly(tools: Tools, token: string): Promise<void> {
  const { cache, clock } = tools;
  await until(clock, `${cache.name}: it drops no token`, async () => (await cache.keepOnly(token)) !== false);
  await settled(tools);
}

async function read(secret: string, label: 'AWSCURRENT' | 'AWSPENDING', version?: string): Promise<string> {
  const name = `Secret ${secret}, ${label}`;
  const value = await valueAt(secret, label, version);
  if (value === undefined) throw new Error(`${name}: no value. Start the rotation again from its first step.`);
  return tokenIn(value, name);
}

/** The message of a JSON error quotes the text, which is the secret: so it goes no further than this. */
function tokenIn(text: string, name: string): string {
  let value: unknown;
  try {
    const json: unknown = JSON.parse(text);
    value = typeof json === 'object' && json !== null ? Reflect.get(json, 'value') : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (typeof value === 'string' && value !== '') return value;
  throw new Error(`${name}: no token of the form {"value": "…"}. Store the one that the cache accepts, by aws secretsmanager put-secret-value.`);
}
