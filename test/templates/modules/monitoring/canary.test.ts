import { expect } from 'chai';
import { canary } from '../../../../templates/modules/monitoring/canary';
import { walkScript } from '../../../../templates/modules/monitoring/canary-script';
import { builderOf } from '../../../cfn/builder';
import { value } from '../compute/behind-load-balancer';
import { emitted, properties } from '../emitting';

/** What a page answers: none at all, or a status with headers. */
type Answer = null | { readonly status: number; readonly headers: Readonly<Record<string, string>> };

const fromCloudFront: Answer = { status: 200, headers: { 'x-amz-cf-id': 'id' } };

/** Runs the script as Synthetics does, against pages that answer so; gives the steps that it took. */
async function walk(answers: Readonly<Record<string, Answer>>): Promise<readonly string[]> {
  const steps: string[] = [];
  const page = {
    goto: (url: string) => {
      const answer = answers[url];
      return Promise.resolve(answer ? { status: () => answer.status, headers: () => answer.headers } : null);
    },
  };
  const synthetics = { getPage: () => Promise.resolve(page), executeStep: (name: string, step: () => Promise<void>) => step().then(() => steps.push(name)) };
  const runtime = { '@aws/synthetics-puppeteer': synthetics };
  const exported: { handler?: () => Promise<void> } = {};
  const load = new Function('require', 'exports', 'process', walkScript) as (require: (name: keyof typeof runtime) => unknown, exports: typeof exported, process: { env: Readonly<Record<string, string>> }) => void;
  load((name) => runtime[name], exported, { env: { SITE: 'https://portal.example.com', PATHS: '/,/health/deep' } });
  await exported.handler?.();
  return steps;
}

describe('The canary’s script', () => {
  const good = { 'https://portal.example.com/': fromCloudFront, 'https://portal.example.com/health/deep': fromCloudFront };

  it('visits each path in turn, as a step whose name a file can have', async () => {
    expect(await walk(good)).to.deep.equal(['home', 'health-deep']);
  });

  const failing: readonly { readonly what: string; readonly answer: Answer; readonly says: string }[] = [
    { what: 'answers with an error', answer: { status: 503, headers: { 'x-amz-cf-id': 'id' } }, says: 'https://portal.example.com/health/deep answered 503' },
    { what: 'redirects elsewhere in the end', answer: { status: 404, headers: { 'x-amz-cf-id': 'id' } }, says: 'https://portal.example.com/health/deep answered 404' },
    { what: 'gives no answer', answer: null, says: 'https://portal.example.com/health/deep gave no answer' },
    { what: 'is answered by somebody else than CloudFront', answer: { status: 200, headers: {} }, says: 'https://portal.example.com/health/deep was not answered by CloudFront' },
  ];
  for (const { what, answer, says } of failing) {
    it(`fails, and names the page, when one ${what}`, async () => {
      const failure = await walk({ ...good, 'https://portal.example.com/health/deep': answer }).catch((error: unknown) => error);
      expect(failure).to.be.an('error').with.property('message', says);
    });
  }
});

describe('The canary module', () => {
  const t = builderOf();
  canary(t, 'Canary', { name: 'canary', site: 'https://portal.example.com', paths: ['/', '/health'], everyMinutes: 1, keyArn: value('key'), logRetentionInDays: 14 });

  it('visits as often as it is told', () => {
    expect(properties(t, 'Canary')['Schedule']).to.deep.equal({ Expression: 'rate(1 minute)' });
    expect(properties(t, 'Canary')['RunConfig']).to.have.nested.property('EnvironmentVariables.PATHS', '/,/health');
  });

  it('is gone before its bucket is emptied', () => {
    expect(emitted(t)['Canary']?.DependsOn).to.include('CanaryArtifactsEmptied');
  });

  it('has its log made by the stack, with key and retention, and may make none itself', () => {
    expect(properties(t, 'CanaryLog')).to.include({ RetentionInDays: 14 }).and.to.have.property('KmsKeyId');
    expect(JSON.stringify(properties(t, 'CanaryRole'))).to.contain('logs:CreateLogStream').and.not.to.contain('logs:CreateLogGroup');
  });
});
