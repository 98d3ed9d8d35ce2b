import type { Json } from './render';

/** Where types have user data, which is Base64 of text. */
const places: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::Instance': ['UserData'],
  'AWS::EC2::LaunchTemplate': ['LaunchTemplateData', 'UserData'],
  'AWS::AutoScaling::LaunchConfiguration': ['UserData'],
};

/**
 * Rendered properties with user data that is known written as `Fn::Base64` of its text, whether a template encodes it itself or has
 * CloudFormation do so: a rule that looks for secrets must see the text. Bytes that are no text stay as they are.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 */
export function withUserDataRead(type: string, properties: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  const [name, ...inner] = places[type] ?? [];
  const value = name === undefined ? undefined : properties[name];
  return name === undefined || value === undefined ? properties : { ...properties, [name]: readAt(value, inner) };
}

function readAt(value: Json, path: readonly string[]): Json {
  const [name, ...inner] = path;
  if (name === undefined) return typeof value === 'string' ? textBehind(value) : value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const object = value as Readonly<Record<string, Json>>;
  const element = object[name];
  return element === undefined ? value : { ...object, [name]: readAt(element, inner) };
}

function textBehind(encoded: string): Json {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  return Buffer.from(text, 'utf8').toString('base64') === encoded ? { 'Fn::Base64': text } : encoded;
}
