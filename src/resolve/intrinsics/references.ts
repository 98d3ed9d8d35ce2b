import { suggest, templateFailure } from '../failure';
import type { Place } from '../place';
import type { TemplateResource } from '../template';
import { noValue, type NoValue, type Value } from '../unknown';
import { unknownOf } from '../value';
import { argumentList, argumentText, literalText, type Intrinsic } from './intrinsic';

/**
 * `Ref`: a parameter's value, a pseudo parameter, or the physical id of a resource.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-ref.html
 */
export const ref: Intrinsic = (argument, place) => refer(literalText(argument, place, 'Ref', 'name'), place);

/**
 * `Fn::GetAtt`, as `[id, attribute]` or `"id.attribute"`.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getatt.html
 */
export const getAtt: Intrinsic = (argument, place) => {
  if (typeof argument === 'string') return getAttribute(argument, place);
  const [id, attribute] = argumentList(argument, place, 'Fn::GetAtt', 2);
  const name = argumentText(attribute, place, 'Fn::GetAtt');
  if (typeof name !== 'string') throw templateFailure(place, 'Fn::GetAtt', "the attribute's name is not known before deployment", 'Write it as a literal.');
  return attributeOf(literalText(id, place, 'Fn::GetAtt', 'logical id'), name, place);
};

/** What `Ref` of a name gives; also `${Name}` in `Fn::Sub`. */
export function refer(name: string, place: Place): Value | NoValue {
  if (name.startsWith('AWS::')) return pseudoParameter(name, place);
  const value = place.scope.parameter(name);
  if (value !== undefined) return value;
  standing(name, `Ref "${name}"`, place);
  return resourceValue(name, 'Ref', place);
}

/** What `Fn::GetAtt` of `id.attribute` gives; also `${Id.Attribute}` in `Fn::Sub`. */
export function getAttribute(dotted: string, place: Place): Value {
  const dot = dotted.indexOf('.');
  if (dot < 0) throw templateFailure(place, `Fn::GetAtt "${dotted}"`, 'it names no attribute', 'Write it as "LogicalId.Attribute".');
  return attributeOf(dotted.slice(0, dot), dotted.slice(dot + 1), place);
}

function attributeOf(logicalId: string, attribute: string, place: Place): Value {
  const { scope } = place;
  standing(logicalId, `Fn::GetAtt "${logicalId}.${attribute}"`, place);
  const nested = scope.nested(logicalId);
  if (nested && attribute.startsWith('Outputs.')) {
    scope.context.links.push({ stack: scope.stack, path: place.path, logicalId, attribute });
    return nested.output(attribute.slice('Outputs.'.length), place);
  }
  const echoed = scope.echoedProperty(logicalId, attribute);
  if (echoed === undefined) return resourceValue(logicalId, attribute, place);
  scope.context.links.push({ stack: scope.stack, path: place.path, logicalId, attribute });
  return echoed;
}

function resourceValue(logicalId: string, attribute: string, { scope }: Place): Value {
  const type = scope.template.Resources?.[logicalId]?.Type ?? '';
  return unknownOf({ kind: 'resource', instance: scope.context.id, stack: scope.stack, file: scope.file, logicalId, type, attribute });
}

/** The resource of a logical id, which must be one of this instance's. */
function standing(logicalId: string, what: string, place: Place): TemplateResource {
  const { scope } = place;
  const resources = scope.template.Resources ?? {};
  const resource = Object.hasOwn(resources, logicalId) ? resources[logicalId] : undefined;
  if (!resource) {
    const names = [...Object.keys(resources), ...Object.keys(scope.template.Parameters ?? {})];
    throw templateFailure(place, what, 'there is no parameter or resource of that name', suggest(logicalId, names));
  }
  if (place.beforeResources) throw templateFailure(place, what, 'conditions are decided before any resource stands', 'Let the condition read parameters and mappings only.');
  if (resource.Condition !== undefined && scope.condition(resource.Condition, place) === false) {
    throw templateFailure(place, what, `the resource is absent in ${scope.context.region} because its condition ${resource.Condition} is false`, `Choose by Fn::If on ${resource.Condition}.`);
  }
  return resource;
}

/**
 * A pseudo parameter.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html
 */
function pseudoParameter(name: string, place: Place): Value | NoValue {
  const { context, stack } = place.scope;
  const unknown = unknownOf({ kind: 'pseudo', instance: context.id, stack, name });
  switch (name) {
    case 'AWS::NoValue':
      return noValue;
    case 'AWS::Region':
      return context.region;
    case 'AWS::Partition':
      return context.partition;
    case 'AWS::URLSuffix':
      return context.urlSuffix;
    case 'AWS::AccountId':
      return context.accountId ?? unknown;
    case 'AWS::StackName':
      // CloudFormation adds random text to the names of nested stacks.
      return stack === '' ? (context.stackName ?? unknown) : unknown;
    case 'AWS::StackId':
    case 'AWS::NotificationARNs':
      return unknown;
    default:
      throw templateFailure(place, `Ref "${name}"`, 'there is no such pseudo parameter', suggest(name, pseudoParameters));
  }
}

const pseudoParameters = ['AWS::AccountId', 'AWS::NotificationARNs', 'AWS::NoValue', 'AWS::Partition', 'AWS::Region', 'AWS::StackId', 'AWS::StackName', 'AWS::URLSuffix'];
