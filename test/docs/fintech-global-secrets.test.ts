import { expect } from 'chai';
import { render } from '../../src/cfn/render';
import { security } from '../../templates/systems/fintech-global/security';
import { data } from '../../templates/systems/fintech-global/data';
import type { Template } from '../../src/resolve';
import { contextOf, environmentNames, type EnvironmentName } from '../templates/fintech-global/built';
import { cellsOf, section } from './page-parts';
import { page } from './pages';

const { text } = page('docs/runbooks/fintech-global/secrets.md');

/** A template as it is rendered; what a page is held against is not altered. */
const emitted = (definition: typeof security | typeof data, environment: EnvironmentName = 'production'): Template => JSON.parse(render(definition.build(contextOf(environment)).template)) as Template;

describe('The runbook of FinTech Global’s secrets', () => {
  it('FTG-36 FTG-75 says of every secret whether it rotates by itself, as the templates have it, and how else', () => {
    const rows = cellsOf(text, 'Secret').filter(([name = '']) => name.startsWith('`$'));
    const secrets = Object.values(emitted(security).Resources ?? {}).filter(({ Type }) => Type === 'AWS::SecretsManager::Secret');
    expect(rows).to.have.length(secrets.length);
    const schedules = Object.values(emitted(data).Resources ?? {}).filter(({ Type }) => Type === 'AWS::SecretsManager::RotationSchedule');
    expect(rows.filter(([, , rotates = '']) => rotates.startsWith('every 90 days'))).to.have.length(schedules.length);
    for (const { Properties } of schedules) expect(Properties?.['RotationRules']).to.deep.equal({ AutomaticallyAfterDays: 90 });
    const byHand = rows.filter(([, , rotates = '']) => rotates.startsWith('no:')).map(([, , rotates = '']) => /\(#([a-z-]+)\)/.exec(rotates)?.[1]);
    expect(byHand).to.deep.equal(['add-an-encryption-key', 'store-a-key-of-another-companys-api']);
  });

  it('FTG-75 keeps former encryption keys, and never has a key on the command line', () => {
    const ring = section(text, 'Add an encryption key');
    expect(ring).to.contain('. + {($next): $key, current: $next}').and.not.to.contain('del(');
    expect(section(text, 'Store a key of another company\'s API')).to.contain('--rawfile key').and.to.contain('shred --remove');
  });

  it('FTG-75 leaves evidence of each rotation', () => {
    expect(text).to.contain('| Date | Secret | Why | Version before | Version after | Replica in sync | By |');
  });

  it('FTG-75 names the field by which the templates begin each ring', () => {
    for (const environment of environmentNames) {
      const { EncryptionKeysSecret, ApiKeysSecret } = emitted(security, environment).Resources ?? {};
      expect(EncryptionKeysSecret?.Properties?.['GenerateSecretString']).to.deep.include({ SecretStringTemplate: '{"current":"1"}', GenerateStringKey: '1' });
      expect(ApiKeysSecret?.Properties?.['GenerateSecretString']).to.deep.include({ GenerateStringKey: 'none' });
    }
  });
});
