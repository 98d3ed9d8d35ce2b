import type { Condition, Handle, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { Alias, ReplicaKey } from '../../../src/cfn/generated/kms';
import { keyPolicy, type KeySettings } from './key';

/** A copy, in the stack's own region, of a key that was made elsewhere. */
export interface ReplicaKeySettings extends Omit<KeySettings, 'multiRegion' | 'signs'> {
  /** The multi-region key of which this is a copy. */
  readonly primaryKeyArn: IntrinsicFunction;
  /** The regions that have a replica: never the primary key's own. */
  readonly when: Condition;
}

/**
 * A replica of a multi-region key, with its alias. Id and material are the primary key's, which is also the one that rotates; policy,
 * alias and tags are the replica's own, since KMS copies none of them.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
export function replicaKey(t: TemplateBuilder<Parameters, unknown>, id: string, settings: ReplicaKeySettings): Handle<'AWS::KMS::ReplicaKey', 'Arn' | 'KeyId'> {
  const { description, alias, pendingWindowInDays = 30, retained = true, primaryKeyArn, when } = settings;
  const handle = t.add(
    id,
    new ReplicaKey({ Description: description, PrimaryKeyArn: primaryKeyArn, PendingWindowInDays: pendingWindowInDays, KeyPolicy: keyPolicy(settings) }).keep(retained ? 'RetainExceptOnCreate' : 'Delete'),
    { when },
  );
  t.add(`${id}Alias`, new Alias({ AliasName: alias.after('alias/'), TargetKeyId: handle.ref() }), { when });
  return handle;
}
