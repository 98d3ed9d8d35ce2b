import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPriceList } from '../../../src/analyse/cost';
import { MeridianError } from '../../../src/errors';
import { checkout } from '../../../src/toolchain';

describe('The price list', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'meridian-prices-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const written = (text: string): string => {
    const file = join(folder, 'list.json');
    writeFileSync(file, text);
    return file;
  };
  const price = { id: 'tea', service: 'Tea', unit: 'cup', usd: { 'us-east-1': 1 }, page: 'https://example.com/', asOf: '2026-11-01', verified: true };
  const refusal = (text: string): string => {
    try {
      readPriceList(written(text));
    } catch (error) {
      expect(error).to.be.instanceOf(MeridianError).with.property('exitCode', 2);
      return (error as Error).message;
    }
    throw new Error('It was taken.');
  };

  it('has a page and a date for every price, and a reason wherever AWS’s own page was not read', () => {
    const { prices, asOf } = readPriceList(join(checkout, 'prices', 'list.json'));
    for (const { id, verified, note } of prices.values()) expect(verified || note !== undefined, id).to.equal(true);
    expect(asOf).to.match(/^2026-/);
  });

  it('is as old as its oldest price', () => {
    const text = JSON.stringify({ about: 'x', prices: [price, { ...price, id: 'milk', asOf: '2025-01-31' }] });
    expect(readPriceList(written(text)).asOf).to.equal('2025-01-31');
  });

  it('is refused with the reason when it is no list, or has a price twice', () => {
    expect(refusal('{')).to.match(/cannot be read as JSON/);
    expect(refusal(JSON.stringify({ about: 'x', prices: [{ ...price, usd: { 'us-east-1': -1 } }] }))).to.contain('prices.0.usd.us-east-1 is wrong');
    expect(refusal(JSON.stringify({ about: 'x', prices: [price, price] }))).to.contain('Price tea: the list has it twice');
  });
});
