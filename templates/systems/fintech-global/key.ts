import { key as customerKey } from '../../modules/security/key';
import { dataKeyAlias, dataKeyDescription, dataKeyGrantsThrough, dataKeyStatements } from './data-key-statements';
import { defineTemplate } from './environments';

/** The one key of all data, in the primary region. The secondary's foundation has its replica. */
export const key = defineTemplate('key', { description: 'FinTech Global data key', parameters: {} }, (t) => {
  const dataKey = customerKey(t, 'DataKey', {
    description: dataKeyDescription,
    alias: dataKeyAlias(t),
    statements: dataKeyStatements,
    grantsThrough: dataKeyGrantsThrough,
    retained: t.settings.protected,
    multiRegion: true,
  });
  return { DataKeyArn: dataKey.att('Arn') };
});
