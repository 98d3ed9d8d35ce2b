import { isList, isObject, type Json } from './json';

/**
 * Whether anything in a value leads to a resource: `Ref`, `Fn::GetAtt`, or a name inside `Fn::Sub`. `DependsOn` does not count: it says
 * only which comes first.
 */
export function leadsTo(value: Json, logicalId: string): boolean {
  if (isList(value)) return value.some((element) => leadsTo(element, logicalId));
  if (!isObject(value)) return false;
  return Object.entries(value).some(([key, element]) => {
    if (key === 'DependsOn') return false;
    if (key === 'Ref') return element === logicalId;
    if (key === 'Fn::GetAtt') return (isList(element) ? element[0] : String(element).split('.')[0]) === logicalId;
    if (key === 'Fn::Sub' && namesInText(isList(element) ? element[0] : element).includes(logicalId)) return true;
    return leadsTo(element, logicalId);
  });
}

function namesInText(text: Json | undefined): readonly string[] {
  return typeof text === 'string' ? [...text.matchAll(/\$\{([A-Za-z0-9]+)(?:\.[^}]*)?\}/g)].map((match) => match[1] ?? '') : [];
}
