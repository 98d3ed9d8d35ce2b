import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Interruption } from '../../src/cli/interruption';
import { runReach, type ReachCommandOptions } from '../../src/cli/run/reach';
import { MeridianError } from '../../src/errors';
import { checkout } from '../../src/toolchain';
import { systems } from '../../templates/systems';
import { RememberedTerminal } from './support/terminal';

describe('meridian reach', function () {
  this.timeout(20_000);
  const folder = mkdtempSync(join(tmpdir(), 'meridian-reach-command-'));
  const terminal = new RememberedTerminal();
  const context = {
    terminal,
    interruption: new Interruption((line) => terminal.tell(line)),
    workspace: { project: checkout, dist: join(folder, 'dist'), parameters: join(checkout, 'parameters'), state: join(folder, '.meridian'), loadSystems: () => systems },
  };
  const run = (options: Partial<ReachCommandOptions> = {}) => runReach(context, { system: 'kasha', environment: 'production', ...options });
  const refused = async (options: Partial<ReachCommandOptions>): Promise<string> => {
    const error: unknown = await run(options).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(MeridianError).and.to.include({ exitCode: 2 });
    return (error as MeridianError).message;
  };

  beforeEach(() => (terminal.printed = ''));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('prints every open path of the primary region, and what load balancers do with requests', async () => {
    expect(await run()).to.equal(0);
    expect(terminal.printed).to.match(/^kasha production · us-east-1\n/);
    expect(terminal.printed).to.match(/^proxy +3306 +primary, read-replica$/m);
    expect(terminal.printed).to.match(/^33 paths; every other connection is blocked\.$/m);
    expect(terminal.printed).to.match(/^ +any other request +answers 403$/m);
    expect(terminal.told.join('\n')).to.match(/✔ Build/);
  });

  it('prints the paths of one place, to one place and in another region', async () => {
    expect(await run({ from: 'proxy' })).to.equal(0);
    expect(terminal.printed).to.match(/\nproxy +3306 +primary, read-replica\n2 paths/);
    terminal.printed = '';
    expect(await run({ to: 'standby-replica', region: 'ap-southeast-1' })).to.equal(0);
    expect(terminal.printed).to.match(/\nbackend +3306 +standby-replica\n1 path;/);
  });

  it('ends with 0 and shows each hop of an open way, with the rule that opens it', async () => {
    expect(await run({ from: 'frontend', to: 'backend-load-balancer' })).to.equal(0);
    expect(terminal.printed).to.contain('frontend → backend-load-balancer:8080  open');
    expect(terminal.printed).to.contain('✔ security group FrontendSecurityGroup of frontend lets 8080 out to backend-load-balancer  foundation/network#FrontendToBackendLoadBalancer');
    expect(terminal.printed).to.contain('✔ network ACL BackendAcl, inbound lets 8080 in from 10.0.0.0/20  foundation/network#BackendAclIn3');
    expect(terminal.printed).not.to.contain('✖');
  });

  it('ends with 1 and shows the hop that blocks, with the rule that would open it', async () => {
    expect(await run({ from: 'frontend', to: 'primary' })).to.equal(1);
    expect(terminal.printed).to.contain('✖ security group FrontendSecurityGroup of frontend does not let 3306 out to primary\n    needed: an egress rule of FrontendSecurityGroup for tcp 3306 to DatabaseSecurityGroup');
  });

  it('follows a request through a load balancer, and takes a port with the target', async () => {
    expect(await run({ from: 'cloudfront', to: 'frontend:80' })).to.equal(0);
    expect(terminal.printed).to.contain('✔ header x-origin-verify: (secret): forwards  platform/compute#CloudFrontRule\nload-balancer → frontend:80  open');
    expect(await run({ from: 'cloudfront', to: 'frontend:8080' })).to.equal(1);
  });

  it('prints one JSON document, with the exit code in it', async () => {
    expect(await run({ from: 'internet', to: 'load-balancer', json: true })).to.equal(1);
    const document = JSON.parse(terminal.printed) as { exitCode: number; region: string; attempts: { state: string }[] };
    expect(document).to.include({ exitCode: 1, region: 'us-east-1' });
    expect(document.attempts.map(({ state }) => state)).to.deep.equal(['blocked', 'blocked']);
    terminal.printed = '';
    await run({ json: true });
    const { paths, places, requests } = JSON.parse(terminal.printed) as Record<string, readonly object[]>;
    expect(paths).to.have.length(33);
    expect(places).to.deep.include({ name: 'cloudfront', kind: 'prefix list' });
    expect(requests).to.have.length(5);
  });

  it('refuses names that are not there with the nearest, and ways that nobody can go', async () => {
    expect(await refused({ from: 'frontent' })).to.contain('Place "frontent": no such place. Did you mean "frontend"?');
    expect(await refused({ from: 'frontend', to: 'primary:70000' })).to.contain('70000 is no TCP port');
    expect(await refused({ region: 'eu-west-1' })).to.contain('Region "eu-west-1": no such region.');
    expect(await refused({ environment: 'prodution' })).to.contain('Did you mean "production"?');
    expect(await refused({ system: 'account', environment: 'shared' })).to.contain('System "account": it has no VPC');
    expect(await refused({ from: 's3', to: 'frontend' })).to.contain('Way from "s3" to "frontend"');
    expect(await refused({ from: 'internet', to: 'cloudfront' })).to.contain('Way from "internet" to "cloudfront"');
  });
});
