import { expect } from 'chai';
import { parseTemplate } from '../../src/rollout/template';

describe('a built template', () => {
  for (const [damage, text, says] of [
    ['cut off', '{"Resources": {', 'it is not JSON'],
    ['emptied', 'null', 'it has no Resources'],
    ['without resources', '{"Resources": null}', 'Resources: it is not an object'],
    ['with a resource that is none', '{"Resources": {"Orders": 1}}', 'Resources.Orders: it is not an object'],
    ['with a parameter that is none', '{"Parameters": {"Label": null}, "Resources": {}}', 'Parameters.Label: it is not an object'],
  ] as const) {
    it(`is refused when it was ${damage}`, () => {
      expect(() => parseTemplate(text, 'dist/a.json')).to.throw(`Template dist/a.json damaged: ${says}. Run "npm run build:templates" again.`).with.property('exitCode', 2);
    });
  }
});
