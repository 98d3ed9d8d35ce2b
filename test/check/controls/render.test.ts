import { expect } from 'chai';
import { XMLValidator } from 'fast-xml-parser';
import type { RuleOutcome } from '../../../src/check';
import { controlMatrix, renderControlsHtml, renderControlsMarkdown, type ControlMatrix } from '../../../src/check/controls';
import { renderControls } from '../../../src/cli/render/controls';
import { aResult, finding, waiver } from '../a-result';
import { aRegister } from './a-register';

/** Four rules for one control: failed, waived, passed, and one that did not apply. */
function aMatrix(change: Partial<ControlMatrix> = {}): ControlMatrix {
  const outcome = { ...aResult().rules[0]!, controls: ['SOC 2 CC6.1', 'KSH-12'] };
  const environment = 'kasha/production';
  const rules: RuleOutcome[] = [
    { ...outcome, rule: 'keys_rotate', environments: { [environment]: 'failed' } },
    { ...outcome, rule: 'CT.X', environments: { [environment]: 'waived' } },
    { ...outcome, rule: 'data_is_encrypted', severity: 'CRITICAL', environments: { [environment]: 'passed' } },
    { ...outcome, rule: 'CT.Y', environments: {} },
  ];
  return { ...controlMatrix(aResult({ rules, waived: [{ finding: { ...finding, rule: 'CT.X' }, waiver }], environments: [environment, 'order/develop'] }), aRegister()), ...change };
}

const columns = [
  { name: 'kasha', environments: ['kasha/production'] },
  { name: 'order', environments: ['order/develop'] },
];

describe('the matrix of controls as Markdown', () => {
  const text = renderControlsMarkdown(aMatrix(), columns, ['A remark.']);

  it('has a row for each control with its rules and every state apart', () => {
    expect(text).to.contain('| Control | Title | Rules | kasha | order |');
    expect(text).to.match(/\| `data_is_encrypted` CRITICAL, `CT\.X` HIGH, `keys_rotate` HIGH; 1 more rule did not apply \| failed 1, waived 1 until 2026-06-13, passed 1 \| did not apply \|/);
  });

  it('keeps a title in its cell, links the publisher, and names the controls that no rule speaks of', () => {
    expect(text).to.contain('"secrets" \\| is controlled');
    expect(text).to.contain('[publisher](https://example.com/soc)').and.to.contain('Registered, but without a rule: CC9.1.');
  });

  it('ends with what each rule asks for that a table names', () => {
    expect(text).to.match(/\n## Rules\n[\s\S]*\n\| `CT\.X` \| HIGH \| Storage is encrypted \| KSH-12 \|\n/).and.not.to.contain('CT.Y');
  });

  it('says first what the states mean and what is not claimed, then remarks', () => {
    expect(text).to.match(/^# Controls\n\n\*\*Passed\*\* means [\s\S]*never the whole\.\n\nA remark\.\n\n## SOC 2\n/);
  });
});

describe('the matrix of controls as HTML', () => {
  const html = renderControlsHtml(aMatrix(), columns);

  it('is well formed, loads nothing and runs nothing', () => {
    expect(XMLValidator.validate(html)).to.equal(true);
    expect(html).not.to.match(/<script|<link|<img|<iframe|\bsrc=|@import|url\(|\son\w+=/i);
  });

  it('escapes what it shows', () => {
    expect(html).to.contain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;secrets&quot;');
  });

  it('shows each rule under its control with severity, requirements and state', () => {
    expect(html).to.match(/<code>CT\.X<\/code><br \/>Storage is encrypted<\/td><td>HIGH<\/td><td>KSH-12<\/td><td class="waived">waived until 2026-06-13<\/td><td class="did-not-apply">did not apply<\/td>/);
    expect(html).to.contain('1 more rule did not apply').and.to.contain('Registered, but without a rule: CC9.1');
  });
});

describe('the matrix of controls on a terminal', () => {
  const lines = (width: number, change: Partial<ControlMatrix> = {}): string[] => renderControls(aMatrix(change), columns, { colors: false, width }).split('\n');

  it('has a line for each control and counts by state', () => {
    expect(lines(120)).to.include.members(['SOC 2  AICPA Trust Services Criteria', '1 of 2 controls have rules: 1 failed; 1 have none (--json lists them)']);
    expect(lines(120)[2]).to.match(/^CC6\.1 .* ✖ 1 ▲ 1 2026-06-13 ✔ 1 +–$/);
  });

  for (const width of [80, 100, 140]) {
    it(`keeps a control's line within ${width} characters and without colour codes`, () => {
      expect(lines(width)[2]?.length).to.be.at.most(width);
      expect(lines(width).join('\n')).not.to.contain('\u001b');
    });
  }

  it('says which environments nobody judged, and never that they passed', () => {
    const text = lines(120, { notJudged: ['kasha/production'] }).join('\n');
    expect(text).to.match(/CC6\.1 .* \? +–\n/).and.to.contain('not judged: kasha/production did not resolve');
  });

  it('is coloured where colours are wanted', () => {
    expect(renderControls(aMatrix(), columns, { colors: true, width: 100 })).to.contain('\u001b[');
  });
});
