import { expect } from 'chai';
import { environments } from '../../templates/systems/customer-portal/environments';
import { cellsOf } from './page-parts';
import { page } from './pages';

const { text } = page('docs/systems/customer-portal-nat.md');
const hours = 730;
const price = Object.fromEntries(cellsOf(text, 'Price').map(([what, usd]) => [what!, Number(usd)]));
const perGigabyte = price['NAT gateway, data']!;

/** The columns of a row of the comparison, from the page's own prices. */
function columns(hourly: number, addresses: number, others: number): { readonly cells: string[]; readonly idle: number } {
  const parts = [hourly * hours, addresses * price['Public IPv4 address']! * hours, others];
  const idle = parts.reduce((sum, part) => sum + part, 0);
  return { cells: [...parts, idle].map((part) => part.toFixed(2)), idle };
}

const gateway = columns(price['NAT gateway']!, 1, 0);
const others = 8 * price['gp3 volume']! + 7 * price['CloudWatch metric']! + 2 * price['CloudWatch alarm']!;

describe('The page of the customer portal’s NAT', () => {
  const rows = cellsOf(text, 'One zone, one month');
  const row = (name: string) => rows.find(([first]) => first === name)!;

  it('CUS-10 adds the gateway’s prices up', () => {
    expect(row('NAT gateway').slice(1, 5)).to.deep.equal(gateway.cells);
  });

  for (const type of ['t4g.nano', 't4g.small', 'c7gn.medium']) {
    it(`CUS-10 works out what ${type} saves, idle and by the gigabyte, and where the two cost the same`, () => {
      const instance = columns(price[type]!, 2, others);
      const saves = gateway.idle - instance.idle;
      const from32 = `${((32 - saves) / perGigabyte).toFixed(0)} GB`;
      const even = saves > 0 ? 'always less' : `${(-saves / perGigabyte).toFixed(0)} GB`;
      expect(row(type).slice(1)).to.deep.equal([...instance.cells, saves.toFixed(2), (saves + 100 * perGigabyte).toFixed(2), from32, even]);
    });
  }

  it('CUS-10 tells what the settings’ own instances save a zone and a region, and the work that eats it', () => {
    const { nat } = environments.production.settings;
    expect(nat).to.deep.equal({ mode: 'instance', instanceType: 't4g.small' });
    const saves = gateway.idle - columns(price['t4g.small']!, 2, others).idle;
    expect(text).to.contain(`**${saves.toFixed(0)} USD a month and zone**, ${(3 * saves).toFixed(0)} for a region`);
    expect(text).to.contain(`unless they carry more than ${((80 - 3 * saves) / perGigabyte).toFixed(0)} GB`);
    expect(text).to.contain(`720 × ${price['NAT gateway']} = ${(720 * price['NAT gateway']!).toFixed(2)}`);
  });

  it('CUS-09 shows the setting that changes it', () => {
    expect(text).to.contain("nat: { mode: 'gateway', count: 'zone' },");
  });
});
