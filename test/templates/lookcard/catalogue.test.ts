import { expect } from 'chai';
import { MeridianError } from '../../../src/errors';
import { catalogueOf } from '../../../templates/systems/lookcard/catalogue';
import type { ServiceRow } from '../../../templates/systems/lookcard/service-row';
import { services } from '../../../templates/systems/lookcard/services';

const row: ServiceRow = { name: 'loans-api', cluster: 'core-application', cpu: 256, memory: 512, port: 8099, healthPath: '/health' };
const job: ServiceRow = { name: 'cron-loans', cluster: 'cronjob', cpu: 256, memory: 512, schedule: { expression: 'rate(1 day)', timeZone: 'Asia/Singapore' } };
const alb = (priority: number, ...paths: [string, ...string[]]): ServiceRow['entrance'] => ({ kind: 'alb', priority, paths });

describe('The LookCard catalogue', () => {
  it('takes its own rows, and more', () => expect(catalogueOf([...services, row, job]).rows).to.have.length(services.length + 2));

  const wrong: readonly (readonly [string, Partial<ServiceRow>, RegExp])[] = [
    ['a name that is not in kebab case', { name: 'LoansApi' }, /kebab case/],
    ['a name that its roles could not have', { name: 'loans-and-mortgages-api' }, /23 letters.*leave it 19/],
    ['a name that is taken', { name: 'card-api' }, /name card-api is taken by card-api/],
    ['a name that is another’s in logical ids', { name: 'card-api2', port: 8098 }, /logical id CardApi2 is taken by card-api-2/],
    ['a cluster that is none', { cluster: 'loans' as never }, /no cluster "loans"/],
    ['a part that is none', { part: 0 }, /counted from 1/],
    ['a size that Fargate does not have', { cpu: 512, memory: 1536 }, /1536 MiB for 512 CPU units.*1024 to 4096 MiB in steps of 1024/],
    ['a port that is taken', { port: 8001 }, /port 8001 is taken by account-api/],
    ['a port that the subnets’ ACLs keep shut', { port: 443 }, /1,024 to 65,535/],
    ['a port without a health path', { healthPath: undefined }, /no health path/],
    ['neither port nor schedule', { port: undefined, healthPath: undefined }, /neither schedule nor port/],
    ['cluster cronjob without a schedule', { cluster: 'cronjob' }, /only they/],
    ['a priority that is taken', { entrance: alb(110, '/loans/*') }, /rule priority 110 is taken by account-api/],
    ['a priority of the platform’s own', { entrance: alb(10, '/loans/*') }, /100 to 49999/],
    ['more paths than its rule takes', { entrance: alb(300, '/a', '/b', '/c', '/d') }, /4 paths.*takes 3/],
    ['a listener port that is taken', { entrance: { kind: 'nlb', listenerPort: 8021, apiPath: 'loans' } }, /listener port 8021 is taken/],
    ['a path of the API that is taken', { entrance: { kind: 'nlb', listenerPort: 8099, apiPath: 'webhook' } }, /API path webhook is taken/],
    ['a table that is taken', { tables: [{ name: 'settings', partitionKey: 'id' }] }, /table settings is taken by config-api/],
    ['a queue that is taken', { queue: 'notifications' }, /queue notifications is taken/],
    ['a call of nobody', { calls: ['mortgage-api'] }, /calls "mortgage-api", which is no row/],
    ['a call of itself', { calls: ['loans-api'] }, /calls itself/],
    ['a call of a cron job', { calls: ['cron-settlement'] }, /listens on no port/],
    ['messages for one without a queue', { sendsTo: ['card-api'] }, /card-api, which has no queue/],
    ['a fan-out of no queue', { fansOut: { 'notification-api': ['loan'] } }, /fans out what no queue holds/],
    ['a second answer for the region', { entrance: alb(300, '/loans/*'), answersForRegion: true }, /exactly one/],
  ];
  for (const [what, change, message] of wrong) {
    it(`refuses ${what}`, () => expect(() => catalogueOf([...services, { ...row, name: 'card-api-2', port: 8097 }, { ...row, ...change }])).to.throw(MeridianError, message));
  }

  it('refuses a catalogue in which nobody answers for the region', () => expect(() => catalogueOf([row])).to.throw(MeridianError, /none answer for the region/));

  it('refuses more rules than the load balancer takes, with the number and the limit', () => {
    const many = Array.from({ length: 100 }, (_, i): ServiceRow => ({ ...row, name: `loans-${i}-api`, port: 10_000 + i, entrance: alb(300 + i, `/loans-${i}/*`) }));
    expect(() => catalogueOf([...services, ...many])).to.throw(MeridianError, /kind alb: 111 of them, its load balancer takes 99/);
  });

  it('cuts the clusters’ deployments into the parts that rows say', () => {
    const catalogue = catalogueOf([...services, { ...row, part: 3 }]);
    expect(catalogue.parts).to.deep.equal([1, 3]);
    expect(catalogue.of('core-application', 3).map(({ name }) => name)).to.deep.equal(['loans-api']);
    expect(catalogue.of('core-application', 1)).to.have.length(11);
    expect(catalogue.inPart(3)).to.have.length(1);
  });

  it('says which rows there are when one is asked for that is not', () => expect(() => catalogueOf(services).row('mortgage-api')).to.throw(MeridianError, /no such row. Choose one of account-api, card-api/));
});
