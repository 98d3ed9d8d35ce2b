import { expect } from 'chai';
import { list } from '../analyse/cost/deployment';
import { cellsOf, section } from './page-parts';
import { page } from './pages';

const text = section(page('docs/systems/kasha.md').text, 'Cost');
const lines = cellsOf(text, 'Id').filter(([id]) => id?.startsWith('KSH'));
const savings = cellsOf(text.slice(text.indexOf('Owner’s saving') - 10), 'Id');
const hours = 730;
const usd = (amount: number): string => amount.toFixed(2);

/** Owner's figure, recomputed figure and fault of a line. */
function line(id: string, name: string): readonly string[] {
  return lines.find((cells) => cells[0] === id && cells[1]?.replaceAll('*', '') === name)?.slice(2) ?? [];
}

const compute = 2 * 0.0152 * hours + 2 * 0.00167 * hours + 2 * 0.03048 * hours + 2 * 0.00335 * hours;
const database = 3 * 0.022 * hours + 40 * 0.115 + 30 * 0.023;
const other = 2 * 0.4 + 0.4 + 2 * 1 + 32 + 10;

describe('The owner’s costs on the page of Kasha', () => {
  it('KSH-122 stand by component beside what each environment is made of, with the place of the computed cost', () => {
    const amounts = new Map(cellsOf(text, 'Component').map(([name, production]) => [name, production]));
    expect(amounts.get('Load balancers')).to.equal('2 + 2');
    expect(amounts.get('NAT gateways')).to.equal('2 + 2');
    expect(amounts.get('Database instances, standbys included')).to.equal('3 + 2');
    expect(amounts.get('Queues, dead-letter queues included')).to.equal('8 + 8');
    expect(section(text, 'Computed cost')).to.contain('computed monthly cost by component (KSH-122)');
  });

  it('KSH-123 compute: 732 where the owner’s own prices come to 74.02', () => {
    expect(line('KSH-123', 'Frontend CPU')).to.deep.equal(['220.00', `2 × 0.0152 × 730 h = ${usd(2 * 0.0152 * hours)}`, '9.9 times too high']);
    expect(line('KSH-123', 'Frontend memory')[1]).to.contain('= 2.44');
    expect(line('KSH-123', 'Backend CPU')[1]).to.contain('= 44.50');
    expect(line('KSH-123', 'Backend memory')[1]).to.contain('= 4.89');
    expect(line('KSH-123', 'Compute').slice(0, 2)).to.deep.equal(['**732.00**', `**${usd(compute)}**`]);
  });

  it('KSH-124 load balancing: 16.20 of each 25 explained, the rest for requests that nobody counted', () => {
    for (const name of ['Public load balancer', 'Internal load balancer']) expect(line('KSH-124', name)).to.deep.equal(['25.00', '1 × 16.2 = 16.20', `the rest, ${usd(25 - 16.2)}, is for requests, of which no number is given`]);
    expect(line('KSH-124', 'Load balancing')[0]).to.equal('**52.00**');
  });

  it('KSH-125 database: the standby left out, storage said twice, backups ten times too high', () => {
    expect(line('KSH-125', 'Standby of the primary')).to.deep.equal(['0.00', `1 × 0.022 × 730 h = ${usd(0.022 * hours)}`, 'left out although the primary is Multi-AZ']);
    expect(line('KSH-125', 'Storage')).to.deep.equal(['9.00', `40 × 0.115 = ${usd(40 * 0.115)}`, '2.0 times too high; the same line says 4.60 and 9']);
    expect(line('KSH-125', 'Backup storage')).to.deep.equal(['7.00', `30 × 0.023 = ${usd(30 * 0.023)}`, '10.1 times too high']);
    expect(line('KSH-125', 'Database').slice(0, 2)).to.deep.equal(['**48.00**', `**${usd(database)}**`]);
  });

  it('KSH-126 edge: 8.50 and 10 to 15, for which no unit price is given', () => {
    expect(line('KSH-126', 'CloudFront')).to.deep.equal(['8.50', '–', 'no unit price is given']);
    expect(line('KSH-126', 'WAF')[0]).to.equal('10.00 – 15.00');
  });

  it('KSH-127 KSH-128 secrets and queues: right by the owner’s prices, with requests that nobody counted', () => {
    expect(line('KSH-127', 'Secrets Manager')).to.deep.equal(['0.80', `2 × 0.4 = ${usd(0.8)}`, 'nothing']);
    expect(line('KSH-128', 'SQS')[0]).to.equal('0.40');
    expect(line('KSH-128', 'SQS')[2]).to.contain('how many there are is not said');
  });

  it('KSH-129 keys, NAT and logs: two keys where one is paid, 45.20 instead of 44', () => {
    expect(line('KSH-129', 'Keys').slice(0, 2)).to.deep.equal(['1.00', '2 × 1 = 2.00']);
    expect([line('KSH-129', 'NAT gateway')[0], line('KSH-129', 'Logs')[0]]).to.deep.equal(['32.00', '10.00']);
    expect(line('KSH-129', 'Other services').slice(0, 2)).to.deep.equal(['**44.00**', `**${usd(other)}**`]);
  });

  it('KSH-130 total: 910 where the lines add up to 894.50 to 899.50, and their prices to a quarter of it', () => {
    const [owner, own, fault] = line('KSH-130', 'Total');
    const rest = compute + 52 + database + 8.5 + other;
    expect([owner, own]).to.deep.equal(['**910.00**', `**${usd(rest + 10)} – ${usd(rest + 15)}**`]);
    expect(fault).to.contain(`${usd(732 + 52 + 48 + 18.5 + 44)} – ${usd(732 + 52 + 48 + 23.5 + 44)}`).and.to.contain('one region is counted, and two are asked for');
  });

  const claims = [
    { id: 'KSH-131', claimed: '512.00', own: `70 % of ${usd(compute)} = ${usd(0.7 * compute)}`, why: /a subtotal that is wrong itself/ },
    { id: 'KSH-132', claimed: '48.00', own: `100 % of ${usd(0.022 * hours)} = ${usd(0.022 * hours)}`, why: /the owner’s design has none/ },
    { id: 'KSH-133', claimed: '2.00 – 3.00', own: `76.67 % of ${usd(0.69)} = ${usd((0.69 * 23) / 30)}`, why: /more than all backups cost/ },
    { id: 'KSH-134', claimed: '5.00 – 10.00', own: '–', why: /a service more is a cost/ },
    { id: 'KSH-135', claimed: '60.00 – 80.00', own: `61.31 % of ${usd(compute)} = ${usd(0.6131 * compute)}`, why: /less than two thirds of the hours/ },
    { id: 'KSH-136', claimed: '25.00', own: `100 % of ${usd(0.022 * hours)} = ${usd(0.022 * hours)}`, why: /the standby/ },
  ];
  for (const { id, claimed, own, why } of claims) {
    it(`${id} saving: ${claimed} claimed, and what the owner’s own prices come to`, () => {
      const row = savings.find((cells) => cells[0] === id);
      expect(row?.slice(2, 4)).to.deep.equal([claimed, own]);
      expect(row?.[4]).to.match(why);
    });
  }
});

describe('The owner’s costs beside ours', () => {
  const both = section(text, "The owner's figures beside ours");
  const rows = cellsOf(both, 'Id');
  const said = cellsOf(both.slice(both.indexOf('What the owner said') - 10), 'Id');
  const price = (id: string, region = 'us-east-1'): number => list.prices.get(id)!.usd[region]!;
  /** The figure of a line for the environment as the owner wrote it, and for the one advised. */
  const ours = (id: string, name: string): readonly number[] => {
    const row = rows.find((cells) => cells[0] === id && cells[1]?.replaceAll('*', '') === name);
    return (row ?? []).slice(3, 5).map((cell) => Number(cell.replaceAll('*', '')));
  };
  const near = (found: number | undefined, wanted: number): void => void expect(found).to.be.closeTo(wanted, 0.006);

  it('KSH-122 stand line by line, each with a reason, and add up to the totals', () => {
    const lines = rows.filter(([id, name]) => id?.startsWith('KSH') && !name?.startsWith('*'));
    expect(lines.filter((cells) => !cells[5]).map(([, name]) => name)).to.deep.equal([]);
    // Each of the lines is rounded to a cent.
    for (const column of [3, 4]) expect(lines.reduce((sum, cells) => sum + Number(cells[column]), 0)).to.be.closeTo(ours('KSH-130', 'Total')[column - 3]!, lines.length * 0.005);
  });

  const figures: readonly (readonly [id: string, name: string, specified: number])[] = [
    ['KSH-123', 'Frontend CPU', 2 * 0.25 * hours * price('fargate-vcpu')],
    ['KSH-123', 'Frontend memory', 2 * 0.5 * hours * price('fargate-memory')],
    ['KSH-123', 'Backend CPU', 2 * 0.5 * hours * price('fargate-vcpu')],
    ['KSH-123', 'Backend memory', 2 * 1 * hours * price('fargate-memory')],
    ['KSH-124', 'Public load balancer', hours * (price('alb-hour') + 2 * price('alb-capacity') + 2 * price('public-address'))],
    ['KSH-124', 'Internal load balancer', hours * (price('alb-hour') + 2 * price('alb-capacity'))],
    ['KSH-125', 'Primary', 2 * hours * price('mysql-db.t3.micro')],
    ['KSH-125', 'Read replica', hours * price('mysql-db.t3.micro')],
    ['KSH-125', 'Storage', 60 * price('rds-gp3')],
    ['KSH-126', 'CloudFront', 2000 * price('cloudfront-requests')],
    ['KSH-126', 'WAF', 2 * price('web-acl') + 6 * price('web-acl-rule') + 60 * price('web-acl-requests')],
    ['KSH-127', 'Secrets Manager', 6 * price('secret')],
    ['KSH-128', 'SQS', 16 * price('queue-requests')],
    ['KSH-129', 'Keys', 2 * price('key')],
    ['KSH-129', 'NAT gateway', hours * (price('nat-hour') + price('public-address')) + 50 * price('nat-data')],
  ];
  for (const [id, name, specified] of figures) it(`${id} ${name}: ${usd(specified)} a month as the owner specified it`, () => near(ours(id, name)[0], specified));

  const answers: readonly (readonly [id: string, what: string, figure: number])[] = [
    ['KSH-132', 'an instance with its standby and their storage in the second region', 2 * hours * price('mysql-db.m6g.large', 'ap-southeast-1') + 40 * price('rds-gp3', 'ap-southeast-1')],
    ['KSH-133', 'nothing', 0],
    ['KSH-134', 'two nodes that cost instead of saving', -2 * hours * price('valkey-cache.t4g.micro')],
    ['KSH-136', 'a standby, a NAT gateway and five endpoints', hours * (price('mysql-db.t3.micro') + price('nat-hour') + 5 * price('endpoint-hour')) + 20 * price('rds-gp3')],
  ];
  for (const [id, what, figure] of answers) {
    it(`${id} saves ${what}: ${usd(figure)}`, () => near(Number(said.find((cells) => cells[0] === id)?.[3]?.replace('−', '-')), figure));
  }

  it('KSH-131 KSH-135 Spot saves more than sleeping does of what sleeps on Spot already, and both less than the owner says or as much', () => {
    const [spot, night] = ['KSH-131', 'KSH-135'].map((id) => Number(said.find((cells) => cells[0] === id)?.[3]));
    expect(spot).to.be.lessThan(512).and.to.be.greaterThan(night!);
  });

  it('KSH-137 KSH-138 KSH-139 say what a commitment is for, where gp3 is cheaper, and what more requests cost', () => {
    const answer = (id: string) => said.find((cells) => cells[0] === id)?.[3];
    near(Number(answer('KSH-137')), ours('KSH-123', 'Compute')[1]! + ours('KSH-125', 'Primary')[1]! + ours('KSH-125', 'Read replica')[1]!);
    expect(answer('KSH-138')).to.equal('EBS: 20 %, RDS: 0 %');
    const tiers = [...answer('KSH-139')!.matchAll(/(\d+) million: ([\d.]+)/g)].map(([, , amount]) => Number(amount));
    expect(tiers).to.have.length(3);
    expect(tiers).to.deep.equal([...tiers].sort((one, other) => one - other));
    expect(tiers[0]).to.be.lessThan(ours('KSH-130', 'Total')[1]!);
  });
});
