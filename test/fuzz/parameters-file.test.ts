import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { parseParameters } from '../../src/rollout/parameters-file';
import { valueProblem } from '../../src/rollout/parameter-value';
import type { TemplateParameter } from '../../src/rollout/template';
import { checkout } from '../../src/toolchain';
import { kasha } from '../../templates/systems/kasha';
import { render } from '../../src/cfn/render';
import { edited, hostileText, hostileValue } from './support/hostile';
import { answerOf } from './support/named-cause';
import { runs } from './support/runs';

/** The parameters that Kasha's roots declare. */
const known: Record<string, TemplateParameter> = Object.fromEntries(
  kasha.build('production').deployments.flatMap(({ root }) => Object.entries((JSON.parse(render(root.template)) as { Parameters?: Record<string, TemplateParameter> }).Parameters ?? {})),
);
const folder = join(checkout, 'parameters', 'kasha');
const real = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
const file = 'parameters/kasha/production.yaml';

/** Proves that a text is taken whole, with values that the templates take, or refused with the file's path and a line. */
function expectAnswer(text: string): void {
  const answer = answerOf(() => parseParameters(text, file, known));
  if ('refused' in answer) {
    expect(answer.refused.message).to.match(/parameters\/kasha\/production\.yaml:[1-9]\d*[: ]/);
    return;
  }
  const { suffix, values } = answer.accepted;
  expect(suffix).to.match(/^[a-z0-9]{1,6}$/);
  for (const [name, value] of Object.entries(values)) {
    expect(Object.hasOwn(known, name), name).to.equal(true);
    expect(valueProblem(value, known[name] as TemplateParameter), name).to.equal(undefined);
  }
}

const snippets = ['\t', '\n', ': ', '- ', '? ', '&a ', '*a', '<<: *a\n', '!!binary ', '!Ref ', '|\n', '>-\n', '---\n', '...\n', '%YAML 1.1\n', '# ', '"', "'", '{', '}', '[', ']', 'suffix: ', 'parameters:\n', '  DomainName: ', '  __proto__: x\n', '  constructor: x\n', '!!set {a}', '!!int x', '@', '`', '{{', '[['.repeat(300), '*a,'.repeat(300)];

describe('a parameters file with anything in it', () => {
  it('is taken or refused with path, line and cause: one of ours with random edits', () => {
    fc.assert(fc.property(fc.constantFrom(...real).chain((text) => edited(text, snippets)), expectAnswer), runs(400));
  });

  it('is taken or refused with path, line and cause: the right keys with wrong values', () => {
    const values = fc.array(fc.tuple(fc.oneof(fc.constantFrom(...Object.keys(known)), hostileText), hostileValue), { maxLength: 4 }).map((entries) => Object.fromEntries(entries));
    const document = fc.record({ suffix: fc.oneof(hostileText, hostileValue), parameters: fc.oneof(values, hostileValue) }, { requiredKeys: [] });
    fc.assert(fc.property(document, fc.boolean(), (data, json) => expectAnswer(json ? JSON.stringify(data) : stringify(data))), runs(250));
  });

  it('is taken or refused with path, line and cause: no YAML of ours at all', () => {
    const text = fc.oneof(hostileText, fc.array(fc.constantFrom(...snippets), { maxLength: 12 }).map((parts) => parts.join('')), fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('utf8')), hostileValue.map((value) => stringify(value)));
    fc.assert(fc.property(text, expectAnswer), runs(250));
  });

  it('is taken or refused soon: a hundred thousand characters of one thing', () => {
    for (const piece of ['[', '- ', '{a: ', '? ', '*a ', '&a ', ' ', '\n', '#', '"', 'x', '!', 'DomainName: x\n', 'parameters: {DomainName: ', '\u0000']) {
      const started = performance.now();
      expectAnswer(piece.repeat(Math.ceil(100_000 / piece.length)));
      expect(performance.now() - started, `milliseconds for ${JSON.stringify(piece)}`).to.be.lessThan(3_000);
    }
  });
});
