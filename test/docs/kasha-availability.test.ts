import { expect } from 'chai';
import { cellsOf, section } from './page-parts';
import { page } from './pages';

const text = section(page('docs/systems/kasha.md').text, 'Availability');
const percent = (share: number): string => `${(Math.floor(share * 1e6 + 1e-6) / 1e4).toFixed(4)} %, ${((1 - share) * 43_200).toFixed(2)} min`;

/** CloudFront, its web ACL and Route 53. */
const edge = 0.999 * 0.9995 * 1;
/** Two load balancers, ECS, Fargate and the backend's web ACL of one region, before the database. */
const compute = 0.9999 ** 2 * 0.9999 * 0.9999 * 0.9995;

describe('Availability on the page of Kasha', () => {
  const composed = [
    { environment: 'production', database: 0.9995 },
    { environment: 'production-as-specified', database: 0.9995 },
    { environment: 'staging', database: 0.995 },
    { environment: 'develop', database: 0.995 },
  ];
  for (const { environment, database } of composed) {
    it(`KSH-03 shows for ${environment} what AWS’s commitments come to, and the edge alone`, () => {
      const row = cellsOf(text, 'Environment').find(([name]) => name === `\`${environment}\``);
      expect(row?.slice(1, 3)).to.deep.equal([percent(edge * compute * database), percent(edge)]);
    });
  }

  it('KSH-03 shows an estimate for production: 12.09 minutes that a second region does not end, and 36.5 minutes of recovery once a year', () => {
    const region = 1 - compute * 0.9995;
    const lost = (recovery: number): number => (1 - edge) * 43_200 + 0.2 * region * 43_200 + 0.8 * region * region * 43_200 + recovery / 12 + (4 * 2) / 12;
    const row = cellsOf(text, 'Environment').find(([name]) => name === '`production`');
    expect(row?.slice(3)).to.deep.equal([percent(1 - lost(1.5) / 43_200), percent(1 - lost(36.5) / 43_200)]);
  });

  it('KSH-03 says that 99.99 % leaves 4.32 minutes a month and is not reached behind CloudFront', () => {
    expect(text).to.contain('99.99 % leaves 4.32 min in thirty days. It is not reached').and.to.contain('CloudFront, whose own commitment of 99.9 % leaves 43.20 min');
  });

  it('KSH-03 states each assumption with its reason and each figure with its page', () => {
    const assumptions = cellsOf(text, 'Assumption');
    expect(assumptions.map(([, value]) => value)).to.deep.equal(['1', '0.8', '15', '20', '4', 'Multi-AZ 2, Single-AZ 10']);
    for (const [, , why] of assumptions) expect(why).not.to.equal('');
    for (const [service, , , , source] of cellsOf(text, 'Service').filter((row) => row.length === 6)) expect(source, service).to.match(/^\[\d{4}-\d\d-\d\d\]\(https:\/\/aws\.amazon\.com\//);
  });
});
