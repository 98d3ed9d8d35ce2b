import { expect } from 'chai';
import { MeridianError } from '../../src/errors';
import { concreteTemplate, resolveInstance, type InstanceInput, type Template } from '../../src/resolve';
import { resolveRoot, resolved } from './resolving';

function failure(action: () => unknown): MeridianError {
  try {
    action();
  } catch (error) {
    expect(error).to.be.instanceOf(MeridianError);
    return error as MeridianError;
  }
  return expect.fail('nothing was refused');
}

const conditions: Template = { Conditions: { No: { 'Fn::Equals': ['a', 'b'] } }, Resources: { Replica: { Type: 'AWS::SQS::Queue', Condition: 'No' } } };
const at = 'root.json at Resources.Probe.Properties.Value';

const expressions: readonly (readonly [string, unknown, string])[] = [
  ['Ref to nothing', { Ref: 'Vcp' }, `Ref "Vcp" in ${at}: there is no parameter or resource of that name. Did you mean "Vpc"?`],
  ['GetAtt of nothing', { 'Fn::GetAtt': ['Nowhere', 'Arn'] }, `Fn::GetAtt "Nowhere.Arn" in ${at}: there is no parameter or resource of that name. Use one of Probe, Replica, Subnet, Vpc.`],
  ['GetAtt without attribute', { 'Fn::GetAtt': 'Vpc' }, `Fn::GetAtt "Vpc" in ${at}: it names no attribute. Write it as "LogicalId.Attribute".`],
  ['a variable that nothing gives', { 'Fn::Sub': '${Nmae}' }, `Ref "Nmae" in ${at}: there is no parameter or resource of that name.`],
  ['a list in Sub', { 'Fn::Sub': ['${L}', { L: ['a'] }] }, `Fn::Sub variable "L" in ${at}: its value is not text. Put a list into text with Fn::Join.`],
  ['an absent resource', { Ref: 'Replica' }, `Ref "Replica" in ${at}: the resource is absent in us-east-1 because its condition No is false. Choose by Fn::If on No.`],
  ['an unknown pseudo parameter', { Ref: 'AWS::Regoin' }, `Ref "AWS::Regoin" in ${at}: there is no such pseudo parameter. Did you mean "AWS::Region"?`],
  ['an unknown function', { 'Fn::Jion': [] }, `Fn::Jion in ${at}: no such function can be resolved here. Did you mean "Fn::Join"?`],
  ['a function beside other keys', { 'Fn::Sub': 'a', Other: 1 }, `Fn::Sub in ${at}: it stands beside other keys. Give the function an object of its own.`],
  ['an unknown condition', { 'Fn::If': ['Nope', 1, 2] }, `Condition "Nope" in ${at}: there is no condition of that name. Did you mean "No"?`],
  ['a missing mapping', { 'Fn::FindInMap': ['Sizes', 'a', 'b'] }, `Fn::FindInMap Sizes.a.b in ${at}: there is no mapping "Sizes". Declare one first.`],
  ['Select past the end', { 'Fn::Select': [2, ['a', 'b']] }, `Fn::Select in ${at}: there is no element 2 in a list of 2. Use an index from 0 to 1.`],
  ['Select without a number', { 'Fn::Select': ['x', ['a']] }, `Fn::Select in ${at}: its index "x" is not a number. Count from 0.`],
  ['Select of text', { 'Fn::Select': [0, 'a'] }, `Fn::Select in ${at}: its second argument is not a list. Cut text into a list with Fn::Split.`],
  ['Join of text', { 'Fn::Join': [',', 'a'] }, `Fn::Join in ${at}: its second argument is not a list. Give it a list.`],
  ['Join of lists', { 'Fn::Join': [',', [['a']]] }, `Fn::Join in ${at}: an element of its list is not text.`],
  ['Join with one argument', { 'Fn::Join': [','] }, `Fn::Join in ${at}: its argument is not a list of 2. Write {"Fn::Join": [ … ]} with 2 elements.`],
  ['Split at nothing', { 'Fn::Split': ['', 'a'] }, `Fn::Split in ${at}: its delimiter is empty. Give at least one character.`],
  ['a Cidr that does not fit', { 'Fn::Cidr': ['10.0.0.0/24', 2, 8] }, `Fn::Cidr in ${at}: 10.0.0.0/24 holds 1 blocks of 8 bits, not 2. Ask for fewer or smaller blocks, or give a larger range.`],
  ['NoValue as an argument', { 'Fn::Base64': { Ref: 'AWS::NoValue' } }, `Fn::Base64 in ${at}: AWS::NoValue stands where a value is needed. Leave out the whole property instead.`],
  ['ToJsonString of text', { 'Fn::ToJsonString': 'a' }, `Fn::ToJsonString in ${at}: its argument is neither a list nor an object. Use Fn::Sub for text.`],
];

const queue = { Type: 'AWS::SQS::Queue' };
const nested = (Parameters: Readonly<Record<string, unknown>> = {}, TemplateURL = './a.json'): Template['Resources'] => ({ Child: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL, Parameters } } });
const child: Template = { Parameters: { Name: { Type: 'String' } }, Resources: {} };

const templates: readonly (readonly [string, Partial<InstanceInput> & { readonly root: Template }, string])[] = [
  ['a DependsOn to nothing', { root: { Resources: { A: { ...queue, DependsOn: 'B' } } } }, 'DependsOn "B" in root.json at Resources.A.DependsOn: there is no resource of that name. Did you mean "A"?'],
  ['a condition that decides nothing', { root: { Conditions: { C: { 'Fn::Sub': 'x' } } } }, 'Condition in root.json at Conditions.C: "Fn::Sub" decides nothing.'],
  ['a condition on a resource', { root: { Resources: { A: queue }, Conditions: { C: { 'Fn::Equals': [{ Ref: 'A' }, 'x'] } } } }, 'Ref "A" in root.json at Conditions.C: conditions are decided before any resource stands.'],
  ['a nested template that is missing', { root: { Resources: nested({}, './b.json') }, templates: { 'a.json': child } }, 'Template "./b.json" in root.json at Resources.Child.Properties.TemplateURL: there is no b.json. Did you mean "a.json"?'],
  ['a nested parameter without value', { root: { Resources: nested() }, templates: { 'a.json': child } }, 'Parameter "Name" of a.json (nested stack Child): it has neither a value nor a default. Give it one in the Parameters of the nested stack Child.'],
  ['a nested parameter that is not declared', { root: { Resources: nested({ Nmae: 'x' }) }, templates: { 'a.json': child } }, 'Parameter "Nmae" of a.json (nested stack Child): the template declares no such parameter. Did you mean "Name"?'],
  ['a list given to a nested parameter', { root: { Resources: nested({ Name: ['x'] }) }, templates: { 'a.json': child } }, 'Parameter "Name" in root.json at Resources.Child.Properties.Parameters.Name: nested stacks take text only. Put a list into text with Fn::Join and a comma.'],
  [
    'a nested output that is missing',
    { root: { Resources: nested({ Name: 'x' }), Outputs: { O: { Value: { 'Fn::GetAtt': ['Child', 'Outputs.Id'] } } } }, templates: { 'a.json': child } },
    'Output "Id" of nested stack Child in root.json at Outputs.O.Value: a.json has no such output. Declare one first.',
  ],
];

const shapes: readonly (readonly [string, unknown, string])[] = [
  ['that is no object', null, 'Template root.json: it is not an object. Write an object there.'],
  ['with a section that is null', { Resources: {}, Outputs: null }, 'Template root.json at Outputs: it is not an object. Write an object there.'],
  ['with a resource that is null', { Resources: { Orders: null } }, 'Template root.json at Resources.Orders: it is not an object. Write an object there.'],
  ['with a resource without type', { Resources: { Orders: {} } }, 'Template root.json at Resources.Orders: it has no Type. Add Type.'],
  ['with a condition that is no name', { Resources: { Orders: { Type: 'AWS::SQS::Queue', Condition: {} } } }, 'Template root.json at Resources.Orders.Condition: it is not text. Write text there.'],
  ['with a mapping of one level', { Mappings: { Sizes: { a: 1 } }, Resources: {} }, 'Template root.json at Mappings.Sizes.a: it is not an object. Write an object there.'],
  ['with allowed values that are objects', { Parameters: { P: { Type: 'String', AllowedValues: [{}] } }, Resources: {} }, 'Template root.json at Parameters.P.AllowedValues: it is not a list of texts or numbers. Write a list of texts or numbers there.'],
];

const parameters: readonly (readonly [string, Template['Parameters'], Readonly<Record<string, string | number>>, string])[] = [
  ['one that is not declared', { Domain: { Type: 'String' } }, { Domian: 'x' }, 'Parameter "Domian" of root.json: the template declares no such parameter. Did you mean "Domain"?'],
  ['one outside the allowed values', { Tier: { Type: 'String', AllowedValues: ['a', 'b'] } }, { Tier: 'c' }, 'Parameter "Tier" of root.json: "c" is none of a, b. Give another value.'],
  ['one against the pattern', { Suffix: { Type: 'String', AllowedPattern: '[a-z0-9]{1,6}', ConstraintDescription: 'One to six small letters or digits' } }, { Suffix: 'toolong' }, 'Parameter "Suffix" of root.json: "toolong" does not match [a-z0-9]{1,6}. One to six small letters or digits.'],
  ['text for a number', { Count: { Type: 'Number' } }, { Count: 'many' }, 'Parameter "Count" of root.json: "many" is not a number. Give another value.'],
  ['a number below the least', { Count: { Type: 'Number', MinValue: 2 } }, { Count: 1 }, 'Parameter "Count" of root.json: "1" is less than 2. Give another value.'],
  ['text that is too short, without showing it', { Password: { Type: 'String', NoEcho: true, MinLength: 8 } }, { Password: 'hunter2' }, 'Parameter "Password" of root.json: its hidden value is shorter than 8 characters. Give another value.'],
];

const cycles: readonly (readonly [string, InstanceInput, string])[] = [
  ['of resources', { region: 'us-east-1', root: { Resources: { A: { ...queue, Properties: { X: { Ref: 'B' } } }, B: { ...queue, Metadata: { X: { 'Fn::Sub': '${C.Arn}' } } }, C: { ...queue, DependsOn: 'A' } } } }, 'root.json: A → B → C → A'],
  ['of a resource with itself', { region: 'us-east-1', root: { Resources: { A: { ...queue, Properties: { X: { Ref: 'A' } } } } } }, 'root.json: A → A'],
  ['of conditions', { region: 'us-east-1', root: { Conditions: { A: { Condition: 'B' }, B: { 'Fn::Not': [{ Condition: 'A' }] } } } }, 'root.json: Conditions.A → Conditions.B → Conditions.A'],
  ['of attributes that repeat each other', { region: 'us-east-1', root: { Resources: { A: { ...queue, Properties: { X: { 'Fn::GetAtt': ['B', 'X'] } } }, B: { ...queue, Properties: { X: { 'Fn::GetAtt': ['A', 'X'] } } } } } }, 'root.json: B.X → A.X → B.X'],
  [
    'of nested stacks',
    {
      region: 'us-east-1',
      root: {
        Resources: {
          A: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'a.json', Parameters: { Name: { 'Fn::GetAtt': ['B', 'Outputs.O'] } } } },
          B: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'a.json', Parameters: { Name: { 'Fn::GetAtt': ['A', 'Outputs.O'] } } } },
        },
      },
      templates: { 'a.json': { ...child, Outputs: { O: { Value: { Ref: 'Name' } } } } },
    },
    'root.json: B → A → B',
  ],
];

describe('what CloudFormation would refuse', () => {
  for (const [name, expression, message] of expressions) {
    it(`is refused with its place and a remedy: ${name}`, () => {
      const error = failure(() => resolved(expression, conditions));
      expect(error.message.startsWith(message), error.message).to.equal(true);
      expect(error.exitCode).to.equal(1);
    });
  }

  for (const [name, input, message] of templates) {
    it(`is refused: ${name}`, () => {
      const error = failure(() => resolveInstance({ region: 'us-east-1', ...input }));
      expect(error.message.startsWith(message), error.message).to.equal(true);
    });
  }

  for (const [name, root, message] of shapes) {
    it(`is refused: a template ${name}`, () => {
      expect(failure(() => resolveInstance({ region: 'us-east-1', root: root as Template })).message).to.equal(message);
    });
  }

  for (const [name, Parameters, given, message] of parameters) {
    it(`is refused as a parameter value: ${name}`, () => {
      const error = failure(() => resolveRoot({ Parameters, Resources: {} }, { parameters: given }));
      expect(error.message).to.equal(message);
      expect(error.exitCode).to.equal(2);
    });
  }

  for (const [name, input, way] of cycles) {
    it(`is refused: a circle ${name}, naming the way round`, () => {
      expect(failure(() => resolveInstance(input)).message).to.equal(`Circular reference in ${way}. Take one of these references away, for example by moving it to a resource of its own.`);
    });
  }

  it('is refused: a stack that the instance does not have', () => {
    const instance = resolveRoot({ Resources: nested({ Name: 'x' }) }, { templates: { 'a.json': child } });
    expect(failure(() => concreteTemplate(instance, 'Chidl')).message).to.equal('Stack "Chidl" of shop/us-east-1: there is no such nested stack. Did you mean "Child"?');
  });
});
