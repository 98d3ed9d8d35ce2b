import type { Name } from '../../../src/cfn';

/** A `Name` tag, which the console shows instead of the id. */
export const nameTag = (name: Name): { readonly Tags: readonly { readonly Key: string; readonly Value: Name }[] } => ({ Tags: [{ Key: 'Name', Value: name }] });
