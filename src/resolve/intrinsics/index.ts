import { choose } from './conditions';
import type { Intrinsic } from './intrinsic';
import { cidr, getAzs, length, select, split } from './lists';
import { findInMap, getStackOutput, importValue } from './lookups';
import { getAtt, ref } from './references';
import { base64, join, sub, toJsonString } from './texts';

/** The functions that give a value, by the key that calls them. The ones that decide conditions are in `conditions.ts`. */
export const intrinsics: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', ref],
  ['Fn::Base64', base64],
  ['Fn::Cidr', cidr],
  ['Fn::FindInMap', findInMap],
  ['Fn::GetAtt', getAtt],
  ['Fn::GetAZs', getAzs],
  ['Fn::GetStackOutput', getStackOutput],
  ['Fn::If', choose],
  ['Fn::ImportValue', importValue],
  ['Fn::Join', join],
  ['Fn::Length', length],
  ['Fn::Select', select],
  ['Fn::Split', split],
  ['Fn::Sub', sub],
  ['Fn::ToJsonString', toJsonString],
]);
