import { expect } from 'chai';
import { render } from '../../../../src/cfn/render';
import { zoneTemplate } from '../../../../templates/modules/dns/zone-template';
import { context } from '../../../cfn/builder';

/** The zone's template as its text has it. */
const templateOf = (title: string, logRetentionInDays?: number) =>
  JSON.parse(render(zoneTemplate(title, logRetentionInDays).build(context).template)) as { readonly Description: string; readonly Resources: Readonly<Record<string, { readonly Properties: Readonly<Record<string, unknown>> }>> };

describe('The template of a public zone', () => {
  it('says in the console whose zone it is', () => {
    expect(templateOf('Shop').Description).to.equal('Shop public hosted zone, emptied before it is deleted');
  });

  for (const [given, days] of [[undefined, 365], [400, 400]] as const) {
    it(`keeps the log of the records it deleted for ${days} days when told ${given ?? 'nothing'}`, () => {
      expect(templateOf('Shop', given).Resources['EmptyLog']?.Properties['RetentionInDays']).to.equal(days);
    });
  }
});
