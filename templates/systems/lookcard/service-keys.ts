import type { Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { MeridianError } from '../../../src/errors';
import { mayBeSignedWith, mayEncryptAndDecrypt, type KeySettings } from '../../modules/security/key';
import { keyAlias } from './key-names';
import type { KeyName, ServiceRow } from './service-row';
import type { LookcardSettings } from './settings';

/** What a service may do with each key, and which of the two circles it belongs to: crypto or liquidity. */
const keyKinds = {
  'crypto-signing': { circle: 'crypto', description: 'Signs transactions of LookCard on chains that use secp256k1', actions: mayBeSignedWith, signs: 'ECC_SECG_P256K1' },
  'crypto-wrapping': { circle: 'crypto', description: 'Wraps what the crypto services of LookCard store', actions: mayEncryptAndDecrypt, signs: undefined },
  liquidity: { circle: 'liquidity', description: 'Wraps what the liquidity services of LookCard store', actions: mayEncryptAndDecrypt, signs: undefined },
} as const satisfies Record<KeyName, object>;

/** Name of the role that the code of a service runs with, in the stack's own region: `taskRole` gives it. */
export const taskRoleName = (t: TemplateBuilder<Parameters, unknown>, { name }: Pick<ServiceRow, 'name'>): Name => t.resourceName(`${name}-task`, 'account');

/** What a service may do with a key that its row names. */
export const actionsWith = (key: KeyName): readonly string[] => keyKinds[key].actions;

/**
 * What `key` and `replicaKey` are told of a key that only services may use: those whose row has it, each by its own role. The account
 * administers the key and can't use it. The two circles have nobody in common.
 * @throws MeridianError for a row that has keys of both
 */
export function serviceKey(t: TemplateBuilder<Parameters, LookcardSettings>, rows: readonly ServiceRow[], name: KeyName): Omit<KeySettings, 'multiRegion' | 'signs'> & Pick<KeySettings, 'signs'> {
  const { description, actions, signs } = keyKinds[name];
  const users = rows.filter(({ keys = [] }) => keys.includes(name));
  for (const row of users) checkCircle(row);
  return { description, alias: keyAlias(t, name), use: { roles: users.map((row) => taskRoleName(t, row)), actions }, signs, retained: t.settings.protected };
}

function checkCircle({ name, keys = [] }: ServiceRow): void {
  const circles = new Set(keys.map((key) => keyKinds[key].circle));
  if (circles.size > 1) throw new MeridianError(`Service ${name}: it has keys of ${[...circles].join(' and ')}. LKC-90 keeps those apart; make two services of it.`, 2);
}
