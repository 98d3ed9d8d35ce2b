import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { checkout } from '../../src/toolchain';
import { environments } from '../../templates/systems/kasha/environments';
import { cellsOf, section } from './page-parts';
import { page } from './pages';

const { text } = page('docs/systems/kasha.md');
const runbook = (name: string): string => page(`docs/runbooks/kasha/${name}.md`).text;
const production = environments.production.settings;

/** Ids that the page names, ranges such as `KSH-122 to KSH-134` included. */
function namedIds(): Set<string> {
  const ranges = [...text.matchAll(/KSH-(\d+) to KSH-(\d+)/g)].flatMap(([, first, last]) => Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => `KSH-${Number(first) + i}`));
  return new Set([...[...text.matchAll(/KSH-\d+/g)].map(([id]) => id), ...ranges]);
}

/** The list items and table rows that name an id, in one line. */
function passage(id: string): string {
  const parts = text.split(/\n\n|\n(?=[-|] ?)/);
  return parts.filter((part) => part.includes(id)).join('\n').replaceAll(/\s+/g, ' ');
}

/** What only a page can show, by id: what is said there, and what must be in it. */
const told: readonly (readonly [id: string, says: string, words: readonly RegExp[]])[] = [
  ['KSH-05', 'what replaced Terraform', [/There is no Terraform: TypeScript emits CloudFormation/, /npx meridian rollout/]],
  ['KSH-76', 'that RDS encrypts replication between regions, and clients must use TLS', [/RDS encrypts replication between regions itself/, /clients must use TLS/]],
  ['KSH-84', 'how a secret is deleted with days to have it back, and how it is had back', [/delete-secret .*--recovery-window-in-days 7/, /restore-secret/, /CloudFormation deletes secrets at once/]],
  ['KSH-85', 'by which labels secrets keep their versions', [/AWSCURRENT/, /AWSPREVIOUS/, /AWSPENDING/]],
  ['KSH-103', 'what Shield Standard protects without being asked', [/Shield Standard protects CloudFront and Route 53/, /costs nothing/]],
  ['KSH-114', 'how log lines are kept apart from what users type', [/write log lines as JSON/]],
  ['KSH-115', 'that AWS’s attestation does not cover the owner', [/AWS's attestation covers AWS/, /is yours to get/]],
  ['KSH-117', 'what health data needs first', [/your agreement with AWS, the business associate addendum/]],
  ['KSH-140', 'each step of the quick start and where the outputs are', [/npm start/, /npx meridian check kasha/, /npx meridian rollout kasha production/, /outputs\.json.*README/]],
  ['KSH-142', 'where the first schema is made', [/first-schema\.md/]],
  ['KSH-143', 'what a pipeline runs and how it may deploy', [/\.ci\/run/, /trusts GitHub's identity provider/, /--target aws --account/]],
];

describe('The page of Kasha', () => {
  for (const [id, says, words] of told) {
    it(`${id} says ${says}`, () => {
      for (const each of words) expect(passage(id)).to.match(each);
    });
  }

  it('KSH-143 names a script that runs tests, checks and a rehearsal', () => {
    const script = readFileSync(join(checkout, '.ci/run'), 'utf8');
    for (const command of ['npm test', 'npm run check', 'npm run rollout -- kasha production']) expect(script).to.contain(command);
  });

  it('KSH-142 has the backend’s user made with an IAM token instead of a password', () => {
    expect(runbook('first-schema')).to.contain("CREATE USER 'backend'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL;");
  });

  it('KSH-95 has messages looked at and moved back, within the days that the queue keeps them', () => {
    expect(runbook('dlq-replay')).to.contain('aws sqs receive-message').and.to.contain('aws sqs start-message-move-task --source-arn "$DLQ_ARN"').and.to.match(/fourteen days/);
    expect(section(text, 'When something is lost')).to.match(/waits fourteen days in its dead-letter queue/);
  });

  it('KSH-144 has a way back with a runbook for everything that may be lost', () => {
    const rows = cellsOf(section(text, 'When something is lost'), 'Lost (KSH-144)');
    expect(rows.map(([lost]) => lost)).to.deep.equal(['a task', 'the database instance', 'the first region', 'a message', 'the password', 'data, by a mistake', 'a patched version']);
    for (const [lost, , , drill] of rows) expect(drill, lost).to.match(/\.\.\/runbooks\/[a-z/-]+\.md|`aws /);
  });

  it('KSH-56 has the failover to the standby measured by forcing it', () => {
    const [, happens, , drill] = cellsOf(section(text, 'When something is lost'), 'Lost (KSH-144)').find(([lost]) => lost === 'the database instance')!;
    expect(happens).to.match(/in one to two minutes/);
    expect(drill).to.contain('--db-instance-identifier kasha-mysql-db-prod-main --force-failover').and.to.match(/measure the seconds/);
  });

  it('KSH-136 shows staging with one database instance, one NAT gateway and endpoints in one zone', () => {
    const quantities = cellsOf(text, 'Component');
    const staging = (component: string): string | undefined => quantities.find(([name]) => name === component)?.[3];
    expect(staging('NAT gateways')).to.equal('1 + 1');
    expect(staging('Database instances, standbys included')).to.equal('2 + 1');
    expect(cellsOf(text, 'Service').find(([service]) => service === 'RDS')?.[5]).to.equal('99.5 % (Single-AZ)');
  });

  it('KSH-137 says what is worth a commitment: what the templates run at the least', () => {
    const commitments = section(text, 'Commitments');
    for (const words of [/tasks at their least number, by a\s+Compute Savings Plan/, /reserved instances of each region\s+and family, those with a standby as Multi-AZ/, /Spot, and environments that sleep are not worth one/]) expect(commitments).to.match(words);
    const { frontend, backend } = production.services;
    expect(cellsOf(text, 'Component').find(([name]) => name === 'Fargate tasks, at least')?.[1]).to.equal(Array(2).fill(frontend.minimumTasks + backend.minimumTasks).join(' + '));
  });

  it('KSH-139 turns the owner’s tiers into requests a second and says what to watch', () => {
    const second = (requestsPerMonth: number): number => Math.round(requestsPerMonth / (30 * 86_400));
    expect(cellsOf(text, 'Requests a month').map((cells) => cells.slice(0, 3))).to.deep.equal([
      ['up to 10 million', String(second(10e6)), 'as it is'],
      ['10 to 50 million', `${second(10e6)} to ${second(50e6)}`, 'Aurora MySQL'],
      ['above 50 million', `more than ${second(50e6)}`, 'DynamoDB or ElastiCache'],
    ]);
  });

  it('KSH-145 says which parts of the cost follow use, and which do not', () => {
    expect(passage('KSH-145')).to.match(/Tasks scale by CPU and memory/).and.to.match(/database, NAT gateways, endpoints and load balancers cost the same at night/).and.to.match(/Watch the CPU .* before you change a size/);
  });

  it('names every requirement that no template can show', () => {
    const requirements = parse(readFileSync(join(checkout, 'test/requirements/kasha.yaml'), 'utf8')) as Readonly<Record<string, { readonly proof: string }>>;
    const onPages = Object.entries(requirements).filter(([, { proof }]) => proof === 'page');
    const named = namedIds();
    expect(onPages.map(([id]) => id).filter((id) => !named.has(id))).to.deep.equal([]);
  });
});
