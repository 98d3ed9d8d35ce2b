import { expect } from 'chai';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalAwsControl } from '../../src/local-aws';
import { CornerFolder, type Ended } from './support/corner-folder';

/** A row of what a rollout or status prints, by its cells. */
function rows({ stdout }: Ended): string[][] {
  return stdout.split('\n').map((line) => line.trim().split(/ {2,}/));
}

interface Document {
  readonly exitCode: number;
  readonly error?: string;
  readonly nodes?: readonly { readonly node: { readonly deployment: string; readonly region: string }; readonly outcome: string; readonly coverage?: { readonly emulated: number; readonly recorded: number } }[];
}

function document({ stdout }: Ended): Document {
  return JSON.parse(stdout) as Document;
}

/** The address of the local AWS that runs in the background. */
function endpointOf({ path }: CornerFolder): string {
  return (JSON.parse(readFileSync(join(path, '.meridian', 'local.json'), 'utf8')) as { endpoint: string }).endpoint;
}

describe('the meridian command over a local AWS', function () {
  this.timeout(40_000);
  const folder = new CornerFolder();
  const meridian = (...args: string[]) => folder.meridian(args);

  after(async () => {
    await meridian('local', 'stop');
    folder.remove();
  });

  it('builds one environment and says how near its templates come to a limit', async () => {
    const { code, stdout, stderr } = await meridian('build', 'corner', 'production');
    expect(stdout).to.match(/^corner production {2}5 resources .*\n {2}base {5}root 2 · shelf 1\n {2}top {6}root 2\n {2}largest {2}base\/root 2 of 500 resources/);
    expect(stderr).to.match(/^✔ Build {6}1 system, 1 environment, 3 templates/);
    expect(code).to.equal(0);
    expect(existsSync(join(folder.path, 'dist', 'corner', 'develop'))).to.equal(false);
  });

  it('has no status and nothing to destroy while no local AWS runs', async () => {
    const ended = await meridian('status', '--json');
    expect(ended.code).to.equal(2);
    expect(ended.stderr).to.contain('Local AWS: none is running, so nothing stands on it. Start one with "meridian local start"');
    expect(document(ended)).to.deep.include({ exitCode: 2, error: ended.stderr.trim() });
  });

  it('starts a local AWS in the background and refuses another port for it', async () => {
    const { code, stdout } = await meridian('local', 'start');
    expect(code).to.equal(0);
    expect(stdout).to.match(/^Local AWS runs on http:\/\/127\.0\.0\.1:\d+, until "meridian local stop"\.\n/);
    const again = await meridian('local', 'start', '--port', '1');
    expect(again.stderr).to.match(/^Local AWS not started on port 1: one runs already on port \d+\. Stop that one first/);
    expect(again.code).to.equal(1);
  });

  it('rolls out as one JSON document, with progress by region on standard error', async () => {
    const ended = await meridian('rollout', 'corner', 'production', '--json');
    expect(ended.code).to.equal(0);
    const { exitCode, nodes = [] } = document(ended);
    expect(exitCode).to.equal(0);
    expect(nodes.map(({ node, outcome }) => `${node.deployment} ${node.region} ${outcome}`)).to.deep.equal([
      'account us-east-1 done',
      'base ap-southeast-1 done',
      'base us-east-1 done',
      'top us-east-1 done',
    ]);
    expect(nodes.map(({ coverage }) => [coverage?.emulated, coverage?.recorded])).to.deep.equal([[11, 1], [3, 0], [3, 0], [2, 0]]);
    expect(ended.stderr).to.match(/^ap-southeast-1 {2}corner base {9}Shelf {2}CREATE_COMPLETE {2}1\/1/m);
    expect(ended.stderr).not.to.contain('\u001b[');
  });

  it('changes nothing the second time', async () => {
    const ended = await meridian('rollout', 'corner', 'production', '--progress', 'errors');
    expect(ended.code).to.equal(0);
    expect(rows(ended).filter(([system]) => system === 'account' || system === 'corner').map((cells) => cells[3])).to.deep.equal(Array(4).fill('✔ unchanged'));
    expect(ended.stderr).not.to.contain('unchanged');
  });

  it('shows the status by deployment and region, and leads to the nearest region', async () => {
    const { stdout, code } = await meridian('status', 'corner', 'production');
    expect(stdout).to.match(/^corner production {2}ap-southeast-1 {3}us-east-1\nbase {15}✔ [0-9a-f]{8} {2}now {2}✔ [0-9a-f]{8} {2}now\ntop {33}✔ [0-9a-f]{8} {2}now\n/);
    expect(code).to.equal(0);
    const unknown = await meridian('status', '--region', 'us-est-1');
    expect(unknown.stderr.trim()).to.equal('Region "us-est-1": no such region. Did you mean "us-east-1"? Choose one of ap-southeast-1, us-east-1.');
    expect(unknown.code).to.equal(2);
  });

  it('says which resource failed first, why, and where it was authored', async () => {
    await new LocalAwsControl(endpointOf(folder)).addFault({ target: 'resource', kind: 'fail', region: 'us-east-1', logicalId: 'Tag', times: 1, reason: 'Out of ink.' });
    folder.writeParameters('production', 'parameters:\n  Label: changed\n');
    const ended = await meridian('rollout', 'corner', 'production');
    expect(ended.code).to.equal(3);
    expect(ended.stderr).to.match(/us-east-1 {7}corner base {9}✖ Shelf ▸ Tag \(AWS::SSM::Parameter\) UPDATE_FAILED: Out of ink\./);
    expect(ended.stderr).to.match(/✖ corner base in us-east-1 failed after .*\n {2}Cause {3}Shelf ▸ Tag \(AWS::SSM::Parameter\) UPDATE_FAILED, the first failure, at .* UTC\n {10}"Out of ink\."\n {2}Because parameter Label\n {2}Source {2}test\/cli\/support\/corner\.ts:\d+\n/);
    expect(rows(ended).find(([, deployment]) => deployment === 'top')?.[3]).to.equal('– not started');
  });

  it('goes on with the same command once the cause is gone', async () => {
    expect((await meridian('rollout', 'corner', 'production')).code).to.equal(0);
  });

  describe('with --target aws', () => {
    // The SDK's own variables make the local AWS stand for the real one.
    const roll = (account: string) => {
      const env = { AWS_ENDPOINT_URL: endpointOf(folder), AWS_ACCESS_KEY_ID: '222222222222', AWS_SECRET_ACCESS_KEY: 'x', AWS_EC2_METADATA_DISABLED: 'true' };
      return folder.meridian(['rollout', 'corner', 'production', '--target', 'aws', '--account', account], { env });
    };

    it('shows what will be done to the account, and does nothing without consent', async () => {
      const { code, stdout, stderr } = await roll('222222222222');
      expect(stderr).to.match(/Rollout of corner production to account 222222222222, copy "main":\nSystem .*\naccount {2}account {5}us-east-1 {14}1 {2}created\ncorner {3}base {8}ap-southeast-1 {9}1 {2}created\n/);
      expect(stderr).to.contain('Rollout of corner production to account 222222222222 refused: nobody can be asked');
      expect(stdout).to.equal('');
      expect(code).to.equal(1);
    });

    it('touches no account but the one that is named', async () => {
      const { code, stderr } = await roll('333333333333');
      expect(stderr).to.contain('Account 333333333333 not touched: the credentials belong to account 222222222222.');
      expect(code).to.equal(1);
    });
  });

  it('destroys only with consent', async () => {
    const { code, stderr } = await meridian('destroy', 'corner', 'production');
    expect(code).to.equal(1);
    expect(stderr).to.match(/^Destroys corner production in the local AWS at .*, in this order:\n {2}corner top in us-east-1\n/);
    expect(stderr).to.contain('Destruction of corner production refused: nobody can be asked');
  });

  it('destroys with --yes and lists what a policy keeps', async () => {
    const ended = await meridian('destroy', 'corner', 'production', '--yes');
    expect(ended.code).to.equal(0);
    expect(rows(ended).filter(([system]) => system === 'corner').map((cells) => cells.slice(1, 4).join(' '))).to.deep.equal(['top us-east-1 ✔ deleted', 'base us-east-1 ✔ deleted', 'base ap-southeast-1 ✔ deleted']);
    expect(ended.stdout).to.contain('1 resource stays by policy:\n  us-east-1  Copy (AWS::SSM::Parameter)  /corner/main/copy');
  });

  it('refuses a malformed parameters file with its line and a hint', async () => {
    writeFileSync(join(folder.path, 'develop.yaml'), 'parameters:\n  Lable: x\n');
    const { code, stderr } = await meridian('rollout', 'corner', 'develop', '--parameters', join(folder.path, 'develop.yaml'));
    expect(stderr).to.match(/develop\.yaml:2: Parameter "Lable" unknown: no deployment takes it\. Did you mean "Label"\?/);
    expect(code).to.equal(2);
  });

  it('never takes a rehearsal for a real account', async () => {
    const { code, stderr } = await meridian('rollout', 'corner', 'production', '--target', 'aws');
    expect(stderr.trim()).to.equal('Option --target aws: no account is named. Give the account that you mean with --account <id>.');
    expect(code).to.equal(2);
  });
});
