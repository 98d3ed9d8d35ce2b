import type { Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import type { KeyName } from './service-row';

/** What a key is for: the last part of its alias, the same in all regions. */
export type KeyPurpose = KeyName | 'data' | 'edge';

/** Alias of a key without `alias/`: `lookcard-key-prod-main/data`. */
export const keyAlias = (t: Pick<TemplateBuilder<Parameters, unknown>, 'resourceName'>, purpose: KeyPurpose): Name => t.resourceName('key').with(`/${purpose}`);
