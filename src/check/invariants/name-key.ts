import { Unknown, type Value } from '../../resolve';
import { scalarText, textParts } from '../../resolve/text';
import { isScalar } from '../../resolve/value';

/**
 * Text that two names share exactly when they will be the same name, also in two regions: a deployment's parameters have one value in
 * all of its instances, and the account is one.
 * @returns undefined for a name of which deployment decides a part that can't be compared
 */
export function nameKey(name: Value | undefined): string | undefined {
  const parts = name === undefined ? undefined : textParts(name);
  const keys = parts?.map((part) => (part instanceof Unknown ? unknownKey(part) : part));
  return keys === undefined || keys.includes(undefined) ? undefined : keys.join('');
}

function unknownKey({ origin, identity }: Unknown): string | undefined {
  if (origin.kind === 'parameter') return `\${${origin.name}}`;
  if (origin.kind === 'resource') return `\${${identity}}`;
  return origin.kind === 'pseudo' && origin.name === 'AWS::AccountId' ? `\${${origin.name}}` : undefined;
}

/** A name as a finding shows it: what deployment fills in stands as `${DomainName}`. */
export function shownName(name: Value | undefined): string {
  if (name === undefined) return '(absent)';
  if (isScalar(name)) return scalarText(name);
  return (textParts(name) ?? []).map((part) => (part instanceof Unknown ? `\${${wordOf(part)}}` : part)).join('') || '(known once it stands)';
}

function wordOf({ origin }: Unknown): string {
  if (origin.kind === 'parameter') return origin.name;
  if (origin.kind === 'resource') return origin.logicalId;
  return origin.kind === 'pseudo' ? origin.name : '…';
}
