import { expect } from 'chai';
import { CornerFolder } from './support/corner-folder';

describe('meridian start', function () {
  this.timeout(40_000);
  const folder = new CornerFolder();

  after(() => folder.remove());

  it('builds, checks and rolls every production, and leaves nothing running', async () => {
    const { code, stdout, stderr } = await folder.meridian(['start']);
    expect(stderr).to.match(/✔ Build .*\n✔ quotas .*\n(?:✔ [\w-]+ .*\n)+ {2}✔ no finding/);
    const endpoint = /http:\/\/127\.0\.0\.1:\d+/.exec(stderr)?.[0] ?? '';
    expect(stdout.split('\n').slice(0, 6).map((line) => line.trim().split(/ {2,}/).slice(0, -1))).to.deep.equal([
      ['System', 'Deployment', 'Region', 'Result', 'Resources', 'Emulated', 'Recorded'],
      ['account', 'account', 'us-east-1', '✔ created', '12', '11', '1'],
      ['corner', 'base', 'ap-southeast-1', '✔ created', '3', '3', '0'],
      ['corner', 'base', 'us-east-1', '✔ created', '3', '3', '0'],
      ['corner', 'top', 'us-east-1', '✔ created', '2', '2', '0'],
      ['total', '20', '19', '1'],
    ]);
    expect(stdout).to.match(/\nNext\n {2}npm start -- --keep/);
    expect(code).to.equal(0);
    await fetch(endpoint).then(
      () => expect.fail(`${endpoint} still answers`),
      (error: Error) => expect(String(error.cause)).to.contain('ECONNREFUSED'),
    );
  });
});
