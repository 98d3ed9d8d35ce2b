import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { CornerFolder } from './support/corner-folder';

const administrator = 'arn:aws:iam::111111111111:role/platform';

describe('the meridian command beside rollouts', function () {
  this.timeout(60_000);
  const folder = new CornerFolder();
  const meridian = (...args: string[]) => folder.meridian(args);

  before(() => meridian('local', 'start'));
  after(async () => {
    await meridian('local', 'stop');
    folder.remove();
  });

  it('prepares an account, and changes nothing the second time', async () => {
    const rows = async () => (await meridian('bootstrap')).stdout.split('\n').map((line) => line.trim().split(/ {2,}/));
    expect((await rows()).slice(1, 4)).to.have.deep.members([
      ['meridian-bootstrap-roles', 'us-east-1', 'created'],
      ['meridian-bootstrap-artifacts', 'ap-southeast-1', 'created'],
      ['meridian-bootstrap-artifacts', 'us-east-1', 'created'],
    ]);
    expect((await rows()).slice(1, 4).map(([, , done]) => done)).to.deep.equal(['unchanged', 'unchanged', 'unchanged']);
  });

  it('prepares another account for it in the regions named', async () => {
    const { code, stdout } = await meridian('bootstrap', '--account', '222222222222', '--administrator', administrator, '--regions', 'us-east-1', '--json');
    expect(code).to.equal(0);
    expect(JSON.parse(stdout).stacks.map(({ stack, region }: { stack: string; region: string }) => `${stack} ${region}`)).to.deep.equal(['meridian-bootstrap-member us-east-1', 'meridian-bootstrap-artifacts us-east-1']);
  });

  it('writes the templates of such an account for somebody else to deploy', async () => {
    const out = join(folder.path, 'member');
    expect((await meridian('bootstrap', '--administrator', administrator, '--out', out)).code).to.equal(0);
    expect(readdirSync(out).sort()).to.deep.equal(['meridian-bootstrap-artifacts.json', 'meridian-bootstrap-member.json']);
    const { Resources, Transform } = JSON.parse(readFileSync(join(out, 'meridian-bootstrap-member.json'), 'utf8'));
    expect(Object.values(Resources as Record<string, { Type: string }>).map(({ Type }) => Type)).not.to.include('AWS::CloudFormation::Stack');
    expect(Transform).to.equal(undefined);
    const refused = await meridian('bootstrap', '--out', out);
    expect([refused.code, refused.stderr]).to.deep.equal([2, 'Option --out: it writes the templates for accounts that another one rolls into, and no --administrator is given. Give the role or user that rollouts run as.\n']);
  });

  it('refuses an administrator that is none', async () => {
    const { code, stderr } = await meridian('bootstrap', '--administrator', '111111111111');
    expect(code).to.equal(2);
    expect(stderr).to.contain('Administrator "111111111111" unusable: it is no ARN of a role or user.');
  });

  it('goes past the StackSets only in one region, loudly, and when it is told that this is meant', async () => {
    expect((await meridian('rollout', 'corner', 'production', '--progress', 'errors')).code).to.equal(0);
    const asked = await meridian('break-glass', 'corner', 'production', '--region', 'us-east-1');
    expect(asked.code).to.equal(1);
    expect(asked.stderr).to.contain('Break-glass of corner production in us-east-1, the local AWS at').and.contain('Goes past the StackSets: use it only when their home region is down').and.contain('updated past its StackSet').and.contain('refused: nobody can be asked');
    folder.writeParameters('production', 'parameters:\n  Label: changed\n');
    const { code, stdout, stderr } = await meridian('break-glass', 'corner', 'production', '--region', 'us-east-1', '--yes', '--json');
    expect(stderr).to.contain('Goes past the StackSets');
    expect(code).to.equal(0);
    expect(JSON.parse(stdout).nodes.some(({ outcome }: { outcome: string }) => outcome === 'done')).to.equal(true);
    const back = await meridian('rollout', 'corner', 'production', '--json', '--progress', 'errors');
    expect(back.code).to.equal(0);
    expect(back.stdout).to.contain('"outcome": "done"');
  });
});
