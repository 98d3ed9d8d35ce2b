import { parseAllDocuments, stringify } from 'yaml';
import { MeridianError } from '../errors';

/**
 * Objects as YAML documents, their keys sorted, so that equal objects give equal bytes. Written for YAML 1.1 too, by which kubectl reads:
 * texts such as `on` and `0644` are quoted.
 */
export function manifestYaml(objects: readonly object[]): string {
  return objects.map((object) => stringify(object, { version: '1.1', sortMapEntries: true, lineWidth: 0, aliasDuplicateObjects: false })).join('---\n');
}

/**
 * The objects of a manifest, in its order.
 * @param file for messages
 * @throws MeridianError (exit 2) when it is no YAML, or holds something else than objects
 */
export function readManifestYaml(file: string, text: string): Readonly<Record<string, unknown>>[] {
  const documents = parseAllDocuments(text, { version: '1.1' });
  return [...documents].map((document) => {
    const value: unknown = document.toJS();
    if (document.errors.length > 0 || typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new MeridianError(`Manifest ${file} unreadable: ${document.errors[0]?.message.split('\n')[0] ?? 'a document in it is no object'}. Run "meridian build" again.`, 2);
    }
    return value as Readonly<Record<string, unknown>>;
  });
}
