import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { geoRestriction } from '../../../../templates/modules/edge/geo-restriction';

describe('The restriction by country', () => {
  it('refuses the countries in the list, whatever their order', () => {
    expect(geoRestriction(['SY', 'CU', 'KP', 'IR'])).to.deep.equal({ RestrictionType: 'blacklist', Locations: ['CU', 'IR', 'KP', 'SY'] });
  });

  it('serves everybody when the list is empty', () => {
    expect(geoRestriction([])).to.deep.equal({ RestrictionType: 'none' });
  });

  it('refuses a country that is in the list twice', () => {
    expect(() => geoRestriction(['CU', 'IR', 'CU'])).to.throw('Blocked country CU: it is in the list twice. Remove one, or correct it to the country that was meant.');
  });

  it('takes the 249 countries of ISO 3166-1, each once, and no other code', () => {
    const source = readFileSync(join(__dirname, '../../../../templates/modules/edge/country-code.ts'), 'utf8');
    const codes = [...source.matchAll(/'([A-Z]{2})'/g)].map(([, code = '']) => code);
    expect([codes.length, new Set(codes).size]).to.deep.equal([249, 249]);
    // Node names every country that it knows, and repeats a code that it does not; XK and the like are nobody's in ISO 3166-1.
    const names = new Intl.DisplayNames('en', { type: 'region' });
    const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
    const exceptional = ['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'TA', 'UN', 'XA', 'XB', 'XK', 'ZZ'];
    const former = ['AN', 'BU', 'CS', 'DD', 'DY', 'FX', 'HV', 'NH', 'QO', 'QU', 'RH', 'SU', 'TP', 'UK', 'VD', 'YD', 'YU', 'ZR'];
    const known = letters.flatMap((first) => letters.map((second) => first + second)).filter((code) => names.of(code) !== code && ![...exceptional, ...former].includes(code));
    expect(codes).to.deep.equal(known);
  });
});
