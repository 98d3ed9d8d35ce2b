import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { controlsDocs, controlsPage } from '../../../scripts/generate-controls-docs';

describe('docs/controls.md', () => {
  it('says what the rules say of every system; "npx ts-node scripts/generate-controls-docs.ts" brings it up to date', async () => {
    expect(readFileSync(controlsPage, 'utf8')).to.equal(await controlsDocs());
  }).timeout(60_000);
});
