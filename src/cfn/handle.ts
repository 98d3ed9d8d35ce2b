import { Fn } from './intrinsics';
import { Token, type ParameterType } from './parameters';

/** Kinds of `Ref` that are not plain text, by resource type. */
interface ReferenceTypes {
  'AWS::EC2::VPC': 'AWS::EC2::VPC::Id';
  'AWS::EC2::Subnet': 'AWS::EC2::Subnet::Id';
  'AWS::Route53::HostedZone': 'AWS::Route53::HostedZone::Id';
}

/** Kinds of `Fn::GetAtt` that are not plain text, by resource type and attribute. */
interface AttributeTypes {
  'AWS::EC2::VPC.VpcId': 'AWS::EC2::VPC::Id';
  'AWS::EC2::Subnet.SubnetId': 'AWS::EC2::Subnet::Id';
  'AWS::EC2::SecurityGroup.GroupId': 'AWS::EC2::SecurityGroup::Id';
  'AWS::Route53::HostedZone.Id': 'AWS::Route53::HostedZone::Id';
}

type ReferenceType<Type extends string> = Type extends keyof ReferenceTypes ? ReferenceTypes[Type] : 'String';
type AttributeType<Type extends string, Attribute extends string> = `${Type}.${Attribute}` extends keyof AttributeTypes ? AttributeTypes[`${Type}.${Attribute}`] : 'String';

const referenceTypes: Readonly<Record<string, ParameterType>> = {
  'AWS::EC2::VPC': 'AWS::EC2::VPC::Id',
  'AWS::EC2::Subnet': 'AWS::EC2::Subnet::Id',
  'AWS::Route53::HostedZone': 'AWS::Route53::HostedZone::Id',
} satisfies ReferenceTypes;

const attributeTypes: Readonly<Record<string, ParameterType>> = {
  'AWS::EC2::VPC.VpcId': 'AWS::EC2::VPC::Id',
  'AWS::EC2::Subnet.SubnetId': 'AWS::EC2::Subnet::Id',
  'AWS::EC2::SecurityGroup.GroupId': 'AWS::EC2::SecurityGroup::Id',
  'AWS::Route53::HostedZone.Id': 'AWS::Route53::HostedZone::Id',
} satisfies AttributeTypes;

/** A resource that is in the template: the only source of `Ref` and `Fn::GetAtt`, so neither can name what isn't there. */
export class Handle<Type extends string = string, Attribute extends string = string> {
  constructor(readonly logicalId: string, readonly type: Type) {}

  /** `Ref`, of the kind that the resource type gives. */
  ref(): Token<ReferenceType<Type>> {
    return new Token('Ref', this.logicalId, (referenceTypes[this.type] ?? 'String') as ReferenceType<Type>);
  }

  /** `Fn::GetAtt` of an attribute that the resource type has, of the kind that it gives. */
  att<Name extends Attribute>(attribute: Name): Token<AttributeType<Type, Name>> {
    const type = (attributeTypes[`${this.type}.${attribute}`] ?? 'String') as AttributeType<Type, Name>;
    return new Token('Fn::GetAtt', Fn.GetAtt(this.logicalId, attribute).toJSON()['Fn::GetAtt'], type);
  }
}
