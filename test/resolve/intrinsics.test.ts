import { expect } from 'chai';
import * as fc from 'fast-check';
import { explain, Unknown, type Template, type Value } from '../../src/resolve';
import { resolved } from './resolving';

const template: Template = {
  Parameters: {
    Name: { Type: 'String', Default: 'kasha' },
    Count: { Type: 'Number', Default: '3' },
    Serial: { Type: 'Number', Default: '007' },
    Cidrs: { Type: 'CommaDelimitedList', Default: '10.0.0.0/24, 10.0.1.0/24' },
    Nothing: { Type: 'CommaDelimitedList', Default: '' },
    Domain: { Type: 'String' },
    Zones: { Type: 'List<AWS::EC2::AvailabilityZone::Name>' },
  },
  Mappings: { Sizes: { 'us-east-1': { Db: 'db.r6g.large', Zones: ['a', 'b'] } } },
  Conditions: { Yes: { 'Fn::Equals': ['a', 'a'] }, No: { 'Fn::Equals': ['a', 'b'] } },
};

const known: readonly (readonly [string, unknown, Value | undefined])[] = [
  ['Ref gives a parameter', { Ref: 'Name' }, 'kasha'],
  ['Ref gives a number for a number parameter', { Ref: 'Count' }, 3],
  ['Ref keeps the spelling of a number with leading zeros', { Ref: 'Serial' }, '007'],
  ['Ref gives a trimmed list for a list parameter', { Ref: 'Cidrs' }, ['10.0.0.0/24', '10.0.1.0/24']],
  ['Ref gives an empty list for an empty list parameter', { Ref: 'Nothing' }, []],
  ['Ref gives the region', { Ref: 'AWS::Region' }, 'us-east-1'],
  ['Ref gives the account', { Ref: 'AWS::AccountId' }, '111122223333'],
  ['Ref gives the partition', { Ref: 'AWS::Partition' }, 'aws'],
  ['Ref gives the URL suffix', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
  ['Ref gives the root stack name', { Ref: 'AWS::StackName' }, 'shop'],
  ['AWS::NoValue leaves a property out', { Ref: 'AWS::NoValue' }, undefined],
  ['AWS::NoValue leaves a list element out', ['a', { Ref: 'AWS::NoValue' }, 'b'], ['a', 'b']],
  ['AWS::NoValue leaves an inner property out', { Keep: 1, Drop: { Ref: 'AWS::NoValue' } }, { Keep: 1 }],
  ['Sub puts in parameters and pseudo parameters', { 'Fn::Sub': '${Name}-${AWS::Region}-${Count}' }, 'kasha-us-east-1-3'],
  ['Sub leaves ${!Literal} as ${Literal}', { 'Fn::Sub': '${!Name}-${Name}' }, '${Name}-kasha'],
  ['Sub prefers its own variables', { 'Fn::Sub': ['${Name}/${Other}', { Name: { 'Fn::Join': ['', ['x', 'y']] }, Other: 7 }] }, 'xy/7'],
  ['Join puts a delimiter between elements', { 'Fn::Join': ['-', ['a', 1, true]] }, 'a-1-true'],
  ['Join takes a list parameter', { 'Fn::Join': [';', { Ref: 'Cidrs' }] }, '10.0.0.0/24;10.0.1.0/24'],
  ['Join of nothing is empty', { 'Fn::Join': [',', []] }, ''],
  ['Split cuts text', { 'Fn::Split': ['|', 'a||c'] }, ['a', '', 'c']],
  ['Select takes an element by number or text', [{ 'Fn::Select': [1, ['a', 'b']] }, { 'Fn::Select': ['0', ['a', 'b']] }], ['b', 'a']],
  ['Select takes from a split', { 'Fn::Select': [0, { 'Fn::Split': ['/', '10.0.0.0/16'] }] }, '10.0.0.0'],
  ['FindInMap finds by region', { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'Db'] }, 'db.r6g.large'],
  ['FindInMap gives lists', { 'Fn::FindInMap': ['Sizes', 'us-east-1', 'Zones'] }, ['a', 'b']],
  ['FindInMap falls back to its default for a missing key', { 'Fn::FindInMap': ['Sizes', 'eu-west-1', 'Db', { DefaultValue: { Ref: 'Name' } }] }, 'kasha'],
  ['FindInMap falls back to its default for a missing mapping', { 'Fn::FindInMap': ['None', 'x', 'y', { DefaultValue: 'd' }] }, 'd'],
  ['GetAZs gives the zones of the own region', { 'Fn::GetAZs': '' }, ['us-east-1a', 'us-east-1b', 'us-east-1c']],
  ['GetAZs gives the zones of another region', { 'Fn::Select': [1, { 'Fn::GetAZs': 'ap-southeast-1' }] }, 'ap-southeast-1b'],
  ['Cidr cuts blocks', { 'Fn::Cidr': ['192.168.0.0/24', '3', '5'] }, ['192.168.0.0/27', '192.168.0.32/27', '192.168.0.64/27']],
  ['Cidr reads the range of a VPC', { 'Fn::Select': [2, { 'Fn::Cidr': [{ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }, 4, 12] }] }, '10.0.32.0/20'],
  ['Base64 encodes UTF-8', { 'Fn::Base64': { 'Fn::Sub': '${Name}é' } }, 'a2FzaGHDqQ=='],
  ['Length counts', { 'Fn::Length': { Ref: 'Cidrs' } }, 2],
  ['Length counts unknown elements', { 'Fn::Length': [{ Ref: 'Vpc' }, { Ref: 'Domain' }] }, 2],
  ['ToJsonString writes JSON', { 'Fn::ToJsonString': { a: [{ Ref: 'Count' }] } }, '{"a":[3]}'],
  ['If takes the first branch of a true condition', { 'Fn::If': ['Yes', 'a', 'b'] }, 'a'],
  ['If takes the second branch of a false condition', { 'Fn::If': ['No', { Ref: 'Missing' }, 'b'] }, 'b'],
  ['a policy statement keeps its Condition key', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }, { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
  ['Split undoes a Join of ids', { 'Fn::Length': { 'Fn::Split': [',', { 'Fn::Join': [',', [{ Ref: 'Vpc' }, { Ref: 'Subnet' }]] }] } }, 2],
  ['Select knows the pieces before an unknown', { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::Sub': 'a/b/${Domain}' }] }] }, 'b'],
];

const unknown: readonly (readonly [string, unknown, string])[] = [
  ['the id of a resource', { Ref: 'Vpc' }, 'id of AWS::EC2::VPC Vpc (root.json in shop/us-east-1), known once it stands'],
  ['an attribute of a resource', { 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] }, 'DefaultSecurityGroup of AWS::EC2::VPC Vpc (root.json in shop/us-east-1), known once it stands'],
  ['an attribute written with a dot', { 'Fn::GetAtt': 'Vpc.DefaultSecurityGroup' }, 'DefaultSecurityGroup of AWS::EC2::VPC Vpc (root.json in shop/us-east-1), known once it stands'],
  ['an attribute that repeats an unknown property', { 'Fn::GetAtt': ['Subnet', 'VpcId'] }, 'id of AWS::EC2::VPC Vpc (root.json in shop/us-east-1), known once it stands'],
  ['a parameter without value', { Ref: 'Domain' }, 'parameter Domain of root.json, which was given no value'],
  ['the stack id', { Ref: 'AWS::StackId' }, 'AWS::StackId, known once the stack stands'],
  ['an import', { 'Fn::ImportValue': { 'Fn::Sub': '${Name}-vpc' } }, 'Fn::ImportValue "kasha-vpc", known where the other stack stands'],
  ['an output of another stack', { 'Fn::GetStackOutput': { StackName: 'a', OutputName: 'b' } }, 'Fn::GetStackOutput {"StackName":"a","OutputName":"b"}, known where the other stack stands'],
  ['text with an unknown', { 'Fn::Sub': 'arn:${Domain}' }, 'Fn::Join of parameter Domain of root.json, which was given no value'],
  ['an element of an unknown list', { 'Fn::Select': [0, { Ref: 'Zones' }] }, 'Fn::Select of parameter Zones of root.json, which was given no value'],
  ['a piece after an unknown', { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::Sub': '${Domain}/b' }] }] }, 'Fn::Select of parameter Domain of root.json, which was given no value'],
  ['a piece that an unknown may lengthen', { 'Fn::Select': [0, { 'Fn::Split': ['/', { 'Fn::Sub': 'a${Domain}/b' }] }] }, 'Fn::Select of parameter Domain of root.json, which was given no value'],
  ['a piece of an id at another mark than a comma', { 'Fn::Select': [1, { 'Fn::Split': ['-', { 'Fn::Sub': '${Vpc}-b' }] }] }, 'Fn::Select of id of AWS::EC2::VPC Vpc (root.json in shop/us-east-1), known once it stands'],
  ['blocks of an unknown range', { 'Fn::Cidr': [{ Ref: 'Domain' }, 2, 8] }, 'Fn::Cidr of parameter Domain of root.json, which was given no value'],
  ['the length of an unknown list', { 'Fn::Length': { Ref: 'Zones' } }, 'Fn::Length of parameter Zones of root.json, which was given no value'],
  ['Base64 of an unknown', { 'Fn::Base64': { Ref: 'Domain' } }, 'Fn::Base64 of parameter Domain of root.json, which was given no value'],
  ['JSON text with an unknown', { 'Fn::ToJsonString': { a: { Ref: 'Domain' } } }, 'Fn::ToJsonString of parameter Domain of root.json, which was given no value'],
  ['a mapping by an unknown key', { 'Fn::FindInMap': ['Sizes', { Ref: 'Domain' }, 'Db'] }, 'Fn::FindInMap of parameter Domain of root.json, which was given no value'],
];

describe('intrinsic functions', () => {
  for (const [name, expression, value] of known) it(`${name}`, () => expect(resolved(expression, template)).to.deep.equal(value));

  for (const [name, expression, words] of unknown) {
    it(`keeps ${name} unknown and says where it comes from`, () => {
      const value = resolved(expression, template);
      expect(value).to.be.instanceOf(Unknown);
      expect(explain(value as Value)).to.equal(words);
    });
  }

  it('keeps the account unknown when none is given', () => {
    expect(resolved({ Ref: 'AWS::AccountId' }, template, { accountId: undefined })).to.be.instanceOf(Unknown);
  });

  it('takes the partition and URL suffix from the region', () => {
    expect(resolved({ 'Fn::Sub': '${AWS::Partition} ${AWS::URLSuffix}' }, {}, { region: 'cn-north-1' })).to.equal('aws-cn amazonaws.com.cn');
    expect(resolved({ Ref: 'AWS::Partition' }, {}, { region: 'us-gov-west-1' })).to.equal('aws-us-gov');
  });

  it('tells the zones of an unlisted region apart without naming them', () => {
    const [first, second, again] = [0, 1, 0].map((index) => resolved({ 'Fn::Select': [index, { 'Fn::GetAZs': 'eu-west-1' }] }) as Unknown);
    expect(first?.identity).to.equal(again?.identity).and.not.equal(second?.identity);
  });

  it('takes the name of what every object has for no region', () => {
    expect(resolved({ 'Fn::GetAZs': 'constructor' })).to.be.instanceOf(Unknown);
  });

  it('takes zones that are given for a region', () => {
    expect(resolved({ 'Fn::GetAZs': 'eu-west-1' }, {}, { zones: { 'eu-west-1': ['eu-west-1b'] } })).to.deep.equal(['eu-west-1b']);
  });

  it('Split undoes Join, and Join undoes Split, for every text', () => {
    const delimiter = fc.constantFrom(',', '|', '::');
    const word = fc.string().filter((text) => !/[,|:]/.test(text));
    fc.assert(
      fc.property(delimiter, fc.array(word, { minLength: 1, maxLength: 6 }), (mark, words) => {
        expect(resolved({ 'Fn::Split': [mark, { 'Fn::Join': [mark, words] }] })).to.deep.equal(words);
        expect(resolved({ 'Fn::Join': [mark, { 'Fn::Split': [mark, words.join(mark)] }] })).to.equal(words.join(mark));
      }),
    );
  });

  it('Join undoes Split of an unknown, and Split undoes Join of an unknown list', () => {
    expect((resolved({ 'Fn::Join': ['/', { 'Fn::Split': ['/', { Ref: 'Domain' }] }] }, template) as Unknown).identity).to.equal('shop/us-east-1:?Domain');
    expect((resolved({ 'Fn::Split': [',', { 'Fn::Join': [',', { Ref: 'Zones' }] }] }, template) as Unknown).identity).to.equal('shop/us-east-1:?Zones');
  });

  it('Sub changes no text without variables', () => {
    fc.assert(fc.property(fc.string().filter((text) => !text.includes('${')), (text) => void expect(resolved({ 'Fn::Sub': text })).to.equal(text)));
  });
});
