import type { TemplateDefinition, Token } from '../../../src/cfn';
import { key } from '../../modules/security/key';
import { administrators } from './administrators';
import { defineTemplate } from './environments';
import { serviceKey } from './service-keys';
import type { KeyName, ServiceRow } from './service-row';
import { services } from './services';
import type { LookcardSettings } from './settings';

/**
 * The keys that only services use, by name, in the primary region: with what they sign and what they wrap, another region can go on. It
 * has replicas of them where there is a pilot light.
 * @throws MeridianError as `serviceKey` does
 */
export function keysOf(rows: readonly ServiceRow[]): TemplateDefinition<Record<never, never>, Readonly<Record<'SigningKeyArn' | 'WrappingKeyArn' | 'LiquidityKeyArn', Token<'String'>>>, LookcardSettings> {
  return defineTemplate('keys', { description: 'LookCard keys that sign and wrap, and the role of those who administer them', parameters: {} }, (t) => {
    const make = (id: string, name: KeyName): Token<'String'> => key(t, id, { ...serviceKey(t, rows, name), multiRegion: t.settings.pilotLight }).att('Arn');
    const [SigningKeyArn, WrappingKeyArn, LiquidityKeyArn] = [make('CryptoSigningKey', 'crypto-signing'), make('CryptoWrappingKey', 'crypto-wrapping'), make('LiquidityKey', 'liquidity')];
    administrators(t, [SigningKeyArn, WrappingKeyArn, LiquidityKeyArn]);
    return { SigningKeyArn, WrappingKeyArn, LiquidityKeyArn };
  });
}

/** The keys of the services in the table. */
export const keys = keysOf(services);
