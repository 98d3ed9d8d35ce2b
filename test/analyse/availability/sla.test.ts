import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSlaFigures, type SlaFigure } from '../../../src/analyse/availability';
import { composed, figured } from '../../../src/analyse/availability/dependency';
import { slaFigure } from '../../../src/analyse/availability/sla';
import { checkout } from '../../../src/toolchain';

const figure = (per: SlaFigure['per']): SlaFigure => ({ service: per, configuration: 'any', percent: 99, per, page: 'https://aws.amazon.com/x/sla/', asOf: '2022-05-05', verified: true });
const of = (service: string, resource: string, region = 'us-east-1') => ({ service, configuration: 'any', resource, region });

describe('SLA figures', () => {
  const shipped = readSlaFigures(join(checkout, 'prices/sla.json'));

  it('name a page of AWS each, and say why when they were not verified on it', () => {
    for (const { page, verified, note, service } of shipped) {
      expect(page, service).to.match(/^https:\/\/aws\.amazon\.com\/.*sla/);
      expect(verified || note !== undefined, service).to.equal(true);
    }
  });

  const counted = [
    { title: 'count once for each resource where each has its own', per: 'resource', times: 3 },
    { title: 'count once for each region where they are for a region', per: 'region', times: 2 },
  ] as const;
  for (const { title, per, times } of counted) {
    it(title, () => {
      const figures = figured([figure(per)], [of(per, 'A'), of(per, 'B'), of(per, 'A', 'eu-west-1'), of(per, 'A')]);
      expect(figures).to.have.length(times);
      expect(composed(figures)).to.be.closeTo(0.99 ** times, 1e-12);
    });
  }

  it('name all resources that one commitment covers', () => {
    expect(figured([figure('region')], [of('region', 'A'), of('region', 'B')])[0]?.resources).to.deep.equal(['A', 'B']);
  });

  it('are refused to be guessed', () => {
    expect(() => slaFigure(shipped, 'RDS', 'three zones')).to.throw('SLA of RDS with three zones: the table has no figure. Add it to prices/sla.json');
  });

  const good = { about: 'x', figures: [figure('region')] };
  const wrong = [
    { title: 'no JSON', text: '{', error: 'cannot be read as JSON' },
    { title: 'more than 100 %', text: JSON.stringify({ ...good, figures: [{ ...figure('region'), percent: 999 }] }), error: 'figures.0.percent is wrong' },
    { title: 'an unknown key', text: JSON.stringify({ ...good, figures: [{ ...figure('region'), percnt: 1 }] }), error: 'figures.0 is wrong' },
    { title: 'a configuration twice', text: JSON.stringify({ ...good, figures: [figure('region'), { ...figure('region'), percent: 98 }] }), error: 'region with any is there twice' },
  ];
  for (const { title, text, error } of wrong) {
    it(`are not read from a file with ${title}`, () => {
      const folder = mkdtempSync(join(tmpdir(), 'meridian-sla-'));
      try {
        writeFileSync(join(folder, 'sla.json'), text);
        expect(() => readSlaFigures(join(folder, 'sla.json'))).to.throw(error);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});
