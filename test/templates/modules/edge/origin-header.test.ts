import { expect } from 'chai';
import { originHeaderValue } from '../../../../templates/modules/edge/origin-header';
import { builderOf } from '../../../cfn/builder';

describe('The value of the origin header', () => {
  it('is a reference to the secret in the stack’s own region', () => {
    const value: unknown = JSON.parse(JSON.stringify(originHeaderValue(builderOf().resourceName('origin-header'))));
    expect(value).to.deep.equal({ 'Fn::Sub': '{{resolve:secretsmanager:kasha-origin-header-prod-${EnvironmentSuffix}:SecretString:value}}' });
  });
});
