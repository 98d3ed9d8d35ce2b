import { expect } from 'chai';
import { secretArnHere } from '../../../../templates/modules/security/secret-arn';
import { value } from '../compute/behind-load-balancer';
import { resolved } from '../../../resolve/resolving';

describe('The ARN of a replicated secret', () => {
  const primary = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:shop/database/password-prod-AbCdEf';
  for (const region of ['us-east-1', 'ap-southeast-1']) {
    it(`names the secret in ${region}, random end included`, () => {
      const expression = JSON.parse(JSON.stringify(secretArnHere(value(primary)))) as unknown;
      expect(resolved(expression, {}, { region })).to.equal(primary.replace('us-east-1', region));
    });
  }
});
