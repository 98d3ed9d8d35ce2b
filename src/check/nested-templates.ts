import { dirname, resolve } from 'node:path';
import { isObject, objectsIn, type CheckedTemplate } from './checked-template';

/** A nested stack whose template is a local file. */
export interface LocalNesting {
  readonly logicalId: string;
  /** `TemplateURL` as written. */
  readonly url: string;
  /** Absolute path of the nested template. */
  readonly file: string;
}

/** The nested stacks of a template that name a local file, in its order. */
export function localNestings({ file, body }: Pick<CheckedTemplate, 'file' | 'body'>): LocalNesting[] {
  return objectsIn(body['Resources']).flatMap(([logicalId, { Type, Properties }]) => {
    const url = Type === 'AWS::CloudFormation::Stack' && isObject(Properties) ? Properties['TemplateURL'] : undefined;
    if (typeof url !== 'string' || /^[a-z0-9]+:\/\//i.test(url)) return [];
    return [{ logicalId, url, file: resolve(dirname(file), url) }];
  });
}

/**
 * The templates that a template nests by a local TemplateURL, and those nest in turn, in order of first mention.
 * @param byPath every template that is checked, by absolute path; a file that is not among them is left out
 */
export function nestedTemplates<T extends Pick<CheckedTemplate, 'file' | 'body'>>(template: T, byPath: ReadonlyMap<string, T>): T[] {
  const found = new Set<T>();
  const visit = (from: T): void => {
    for (const { file } of localNestings(from)) {
      const child = byPath.get(file);
      if (!child || found.has(child)) continue;
      found.add(child);
      visit(child);
    }
  };
  visit(template);
  return [...found];
}
