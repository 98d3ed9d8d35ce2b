import { expect } from 'chai';
import { TemplateBuilder } from '../../src/cfn';
import { Stack } from '../../src/cfn/generated/cloudformation';
import { Route, Subnet, VPC } from '../../src/cfn/generated/ec2';
import { Function as ServerlessFunction } from '../../src/cfn/generated/serverless';
import { Parameter } from '../../src/cfn/generated/ssm';
import { builderOf, context } from './builder';

const required = { Compliance: 'none', CostCenter: 'tests', Environment: 'production', System: 'kasha' };

describe('Tags', () => {
  it('are put on a taggable resource as a list, sorted by key, with the author’s own among them', () => {
    const t = builderOf();
    t.add('Vpc', new VPC({ CidrBlock: '10.0.0.0/16', Tags: [{ Key: 'Name', Value: 'mine' }] }));
    const { Tags } = JSON.parse(JSON.stringify(t.template.Resources['Vpc'])).Properties;
    expect(Object.fromEntries(Tags.map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value]))).to.deep.equal({ ...required, Name: 'mine' });
    expect(Tags.map(({ Key }: { Key: string }) => Key)).to.deep.equal([...Object.keys(required), 'Name'].sort());
  });

  it('are a map where the type takes a map', () => {
    const t = builderOf();
    t.add('Parameter', new Parameter({ Type: 'String', Value: 'x' }));
    t.add('Function', new ServerlessFunction({ Handler: 'index.handler' }));
    expect(t.template.Resources['Parameter']!.Properties).to.deep.include({ Tags: required });
    expect(t.template.Resources['Function']!.Properties).to.deep.include({ Tags: required });
  });

  it('that the author wrote win over the required ones', () => {
    const t = builderOf();
    t.add('Subnet', new Subnet({ VpcId: 'vpc-1', Tags: [{ Key: 'CostCenter', Value: 'other' }] }));
    expect(JSON.stringify(t.template.Resources['Subnet'])).to.contain('"other"').and.not.to.contain('"tests"');
  });

  it('are not put on a type that takes none', () => {
    const t = builderOf();
    t.add('Route', new Route({ RouteTableId: 'rtb-1' }));
    expect(t.template.Resources['Route']!.Properties).not.to.have.property('Tags');
  });

  describe('of a system that names everything', () => {
    const tagged = (add: (t: TemplateBuilder<Record<string, never>, unknown>) => unknown): unknown => {
      const t = new TemplateBuilder('test', { description: 'test', parameters: {} }, { ...context, nameTags: true });
      add(t);
      const [resource] = Object.values(JSON.parse(JSON.stringify(t.template.Resources)) as Record<string, { Properties: { Tags: unknown } }>);
      const tags = resource?.Properties.Tags;
      return Array.isArray(tags) ? (tags as { Key: string; Value: unknown }[]).find(({ Key }) => Key === 'Name')?.Value : (tags as { Name?: unknown }).Name;
    };

    it('have the name of what has none, after its logical id', () => {
      const name = { 'Fn::Sub': 'kasha-s3-endpoint-prod-${EnvironmentSuffix}' };
      expect(tagged((t) => t.add('S3Endpoint', new VPC({ CidrBlock: '10.0.0.0/16' })))).to.deep.equal(name);
      expect(tagged((t) => t.add('S3Endpoint', new ServerlessFunction({ Handler: 'index.handler' })))).to.deep.equal(name);
    });

    const without = [
      { what: 'what its author tagged with another', tag: 'mine', add: (t: TemplateBuilder<Record<string, never>, unknown>) => t.add('Vpc', new VPC({ CidrBlock: '10.0.0.0/16', Tags: [{ Key: 'Name', Value: 'mine' }] })) },
      { what: 'what has a name of its own', tag: undefined, add: (t: TemplateBuilder<Record<string, never>, unknown>) => t.add('Function', new ServerlessFunction({ FunctionName: t.resourceName('function') })) },
      { what: 'a nested stack, which would pass it on', tag: undefined, add: (t: TemplateBuilder<Record<string, never>, unknown>) => t.add('Data', new Stack({ TemplateURL: './data.json' })) },
    ];
    for (const { what, tag, add } of without) {
      it(`leave ${what} as it is`, () => {
        expect(tagged(add)).to.equal(tag);
      });
    }
  });
});
