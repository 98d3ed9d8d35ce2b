import cloudform from 'cloudform';
import { expect } from 'chai';
import { render } from '../../src/cfn/render';
import { kasha } from '../../templates/systems/kasha';

describe('render', () => {
  it('writes every template of Kasha byte for byte as cloudform does', () => {
    const templates = kasha.build('production').deployments.flatMap((deployment) => [...deployment.templates.values()]);
    expect(templates).to.have.length.greaterThan(10);
    for (const { name, template } of templates) expect(render(template), name).to.equal(`${cloudform(template)}\n`);
  });
});
