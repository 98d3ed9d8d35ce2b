import { ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { GetParametersByPathCommand } from '@aws-sdk/client-ssm';
import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../../src/build/build';
import { startLocalAws, type LocalAws } from '../../../src/local-aws';
import { Build, destroy, fileParameters, openTarget, planDestroy, readParametersFile, rollout, type Target } from '../../../src/rollout';
import { checkout } from '../../../src/toolchain';
import { account } from '../../../templates/account';
import { kasha } from '../../../templates/systems/kasha';
import { environments } from '../../../templates/systems/kasha/environments';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const regions = ['us-east-1', 'ap-southeast-1'];

describe('Kasha on the local AWS', function () {
  this.timeout(60_000);
  const dist = mkdtempSync(join(tmpdir(), 'meridian-kasha-'));
  let aws: LocalAws;
  let target: Target;

  before(async () => {
    await build({ dist, systems: [account, kasha] });
    aws = await startLocalAws();
    target = await openTarget({ kind: 'local', endpoint: aws.endpoint });
  });
  after(async () => {
    target.close();
    await aws.stop();
    rmSync(dist, { recursive: true, force: true });
  });

  const parametersOf = (system: string, environment: string) => readParametersFile(join(checkout, 'parameters'), system, environment, fileParameters(Build.open(dist, system, environment)));
  const options = (environment: string) => ({ target, dist, state: join(dist, 'state'), system: 'kasha', environment, parameters: parametersOf('kasha', environment) });

  /** What services of both regions know of an environment, as `kind name`, by its short form in names. */
  const standing = async (environment: string, short: string): Promise<string[]> => {
    const found = await Promise.all(
      regions.map(async (region) => {
        const { cloudFormation, s3, ssm, ecr } = target.in(region);
        const [stacks, parameters, buckets, repositories] = await Promise.all([
          cloudFormation.send(new ListStacksCommand({})),
          ssm.send(new GetParametersByPathCommand({ Path: `/meridian/kasha/${environment}/`, Recursive: true })),
          s3.send(new ListBucketsCommand({})),
          ecr.send(new DescribeRepositoriesCommand({})),
        ]);
        const stand = (stacks.StackSummaries ?? []).filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE').map(({ StackName }) => `stack ${StackName}`);
        const named = [...(buckets.Buckets ?? []).map(({ Name }) => `bucket ${Name}`), ...(repositories.repositories ?? []).map(({ repositoryName }) => `repository ${repositoryName}`)];
        return [
          ...stand.filter((name) => name.includes(`meridian-kasha-${environment}-main-`)),
          ...(parameters.Parameters ?? []).map(({ Name }) => `parameter ${Name}`),
          ...named.filter((name) => name.includes(`-${short}-main`)),
        ];
      }),
    );
    return found.flat();
  };

  for (const [environment, { short, settings }] of Object.entries(environments)) {
    it(`rolls ${environment} over both regions${settings.protected ? '' : ', and destroys it to nothing'}`, async () => {
      const rolled = await rollout({ ...options(environment), sharedParameters: parametersOf('account', 'shared') });
      expect(rolled.message).to.equal(undefined);
      expect(rolled.nodes.filter(({ node }) => node.system === 'kasha').map(({ node, outcome }) => `${node.deployment} ${node.region} ${outcome}`)).to.deep.equal([
        'zone us-east-1 done',
        'foundation ap-southeast-1 done',
        'foundation us-east-1 done',
        'platform us-east-1 done',
        'platform ap-southeast-1 done',
        'edge us-east-1 done',
      ]);
      expect(new Set((await standing(environment, short)).map((name) => name.split(' ')[0]))).to.have.all.keys('stack', 'parameter', 'bucket', 'repository');
      if (settings.protected) return;

      const plan = await planDestroy(options(environment));
      expect([plan.protected, plan.kept]).to.deep.equal([[], []]);
      const destroyed = await destroy(options(environment));
      expect([destroyed.exitCode, destroyed.message, destroyed.kept]).to.deep.equal([0, undefined, []]);
      expect(await standing(environment, short)).to.deep.equal([]);
    });
  }
});
