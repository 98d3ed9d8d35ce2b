import { expect } from 'chai';
import { imageIn } from '../../src/kubernetes/region-image';

const digest = `sha256:${'a'.repeat(64)}`;
const [home, away] = ['us-east-1', 'ap-southeast-1'] as const;
const inRegistry = (region: string, account = '111111111111'): string => `${account}.dkr.ecr.${region}.amazonaws.com/api@${digest}`;
const elsewhere = `public.ecr.aws/nginx/nginx@${digest}`;

describe('An image in a region', () => {
  for (const [what, uri, region, wanted] of [
    ['that was pushed to the first comes from the second there', inRegistry(home), away, inRegistry(away)],
    ['that was pushed to the second comes from the first there', inRegistry(away), home, inRegistry(home)],
    ['that was pushed there stays', inRegistry(home), home, inRegistry(home)],
    ['of another account, which replicates as well, comes from that account’s registry there', inRegistry(home, '222222222222'), away, inRegistry(away, '222222222222')],
    ['of a third region stays where it is', inRegistry('eu-west-1'), away, inRegistry('eu-west-1')],
    ['of a public registry stays where it is', elsewhere, away, elsewhere],
  ] as const) {
    it(what, () => expect(imageIn(uri, region, { primary: home, secondary: away })).to.equal(wanted));
  }
});
