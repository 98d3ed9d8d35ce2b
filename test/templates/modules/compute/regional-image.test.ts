import { expect } from 'chai';
import { resolveInstance, type Template } from '../../../../src/resolve';
import { regionalImage } from '../../../../templates/modules/compute/regional-image';
import { builderOf } from '../../../cfn/builder';
import { value } from './behind-load-balancer';

const digest = `sha256:${'a'.repeat(64)}`;
const [home, away] = ['us-east-1', 'ap-southeast-1'] as const;
const inRegistry = (region: string): string => `111111111111.dkr.ecr.${region}.amazonaws.com/kasha-backend-prod-main@${digest}`;
const elsewhere = `public.ecr.aws/nginx/nginx@${digest}`;

/** The image that a stack in a region takes when its parameter names one. */
function taken(image: string, region: string): unknown {
  const root = JSON.parse(
    JSON.stringify({
      Parameters: { image: { Type: 'String', Default: image } },
      Conditions: { IsPrimary: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, home] } },
      Resources: { Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: regionalImage(builderOf(), value('${image}')) } } },
    }),
  ) as Template;
  return resolveInstance({ root, region, id: 'test', wires: {} }).resource('Parameter')?.properties['Value'];
}

describe('The image of a region', () => {
  for (const [what, image, region, wanted] of [
    ['that was pushed to the first comes from the second there', inRegistry(home), away, inRegistry(away)],
    ['that was pushed to the second comes from the first there', inRegistry(away), home, inRegistry(home)],
    ['that was pushed to the first stays there', inRegistry(home), home, inRegistry(home)],
    ['that was pushed to the second stays there', inRegistry(away), away, inRegistry(away)],
    ['of a third region stays where it is', inRegistry('eu-west-1'), away, inRegistry('eu-west-1')],
    ['of a public registry stays where it is', elsewhere, away, elsewhere],
  ] as const) {
    it(what, () => expect(taken(image, region)).to.equal(wanted));
  }

  it('is joined and split at texts, because CloudFormation takes no function there', () => {
    const [, ...branches] = (JSON.parse(JSON.stringify(regionalImage(builderOf(), value('${image}')))) as { 'Fn::If': [string, ...any[]] })['Fn::If'];
    for (const branch of branches) expect([branch['Fn::Join'][0], branch['Fn::Join'][1]['Fn::Split'][0]].every((delimiter) => typeof delimiter === 'string')).to.equal(true);
    expect(branches).to.have.length(2);
  });
});
