import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../../src/build/build';
import { render } from '../../../src/cfn/render';
import { check } from '../../../src/check';
import { startLocalAws } from '../../../src/local-aws';
import { resolveInstance, type Template } from '../../../src/resolve';
import { Build, destroy, fileParameters, openTarget, readParametersFile, rollout } from '../../../src/rollout';
import { checkout } from '../../../src/toolchain';
import { organization } from '../../../templates/organization';
import { requirement } from '../../requirements/requirement';
import { recorded } from '../../requirements/view';
import { ofType } from '../built-system';
import { plain } from '../plain';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

const [deployment] = organization.build('shared').deployments;
const template = JSON.parse(render(deployment!.templates.get('organization')!.template)) as Template;
const rootTemplate = JSON.parse(render(deployment!.root.template)) as Template;

/** The organisation's policies with these answers. */
const policiesWith = (answers: Readonly<Record<string, string>>) =>
  ofType(recorded('organization', resolveInstance({ root: template, region: 'us-east-1', accountId: '111122223333', parameters: { RootUserPolicy: 'disabled', RootUserPolicyTargets: '', ...answers } }).root), 'AWS::Organizations::Policy');

describe('The organisation’s policies', function () {
  this.timeout(60_000);

  requirement('FTG-53', 'denies everything to the root users of the targets, but not to the sessions that administrators open centrally', () => {
    const { RootUsersDenied } = policiesWith({ RootUserPolicy: 'enabled', RootUserPolicyTargets: 'r-ab12,ou-ab12-cdef3456' });
    expect([RootUsersDenied.Type, RootUsersDenied.Name]).to.deep.equal(['SERVICE_CONTROL_POLICY', 'meridian-root-user-main-us-east-1']);
    expect(plain(RootUsersDenied.TargetIds)).to.deep.equal(['r-ab12', 'ou-ab12-cdef3456']);
    expect(plain(RootUsersDenied.Content)).to.deep.equal({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'DenyRootUser', Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition: { ArnLike: { 'aws:PrincipalArn': ['arn:aws:iam::*:root'] }, Null: { 'aws:AssumedRoot': 'true' } } },
      ],
    });
  });

  requirement('FTG-53', 'is off until somebody enables it, and can be made before it is attached', () => {
    const { RootUserPolicy, RootUserPolicyTargets } = recorded('organization root', rootTemplate).Parameters ?? {};
    expect([RootUserPolicy?.Default, RootUserPolicyTargets?.Default]).to.deep.equal(['disabled', '']);
    expect(plain(recorded('organization', template).Resources?.['RootUsersDenied']?.Condition)).to.equal('DenyRootUsers');
    expect(policiesWith({ RootUserPolicy: 'enabled' })['RootUsersDenied'].TargetIds).to.equal(undefined);
  });

  it('FTG-53 takes ids of roots, units and accounts for targets, and nothing else', () => {
    const pattern = new RegExp(String(rootTemplate.Parameters?.['RootUserPolicyTargets']?.AllowedPattern));
    for (const right of ['', 'r-ab12', 'ou-ab12-cdef3456', '111122223333', 'r-ab12,111122223333']) expect(right).to.match(pattern);
    for (const wrong of ['r-AB12', '1111', 'r-ab12,', 'ou-ab12', 'r-ab12 111122223333']) expect(wrong).not.to.match(pattern);
  });

  describe('built', () => {
    const dist = mkdtempSync(join(tmpdir(), 'meridian-organization-'));
    before(() => build({ dist, systems: [organization] }));
    after(() => rmSync(dist, { recursive: true, force: true }));

    it('is clean by all checks, also with the policy', async () => {
      const enabled: Readonly<Record<string, string>> = { RootUserPolicy: 'enabled', RootUserPolicyTargets: 'r-ab12' };
      for (const answers of [{}, enabled]) {
        const { findings } = await check({ dist, waivers: [], systems: ['organization'], environments: ['shared'], parametersOf: () => answers, today: '2026-11-23' });
        expect(findings).to.deep.equal([]);
      }
    });

    it('is rolled by itself, without what an account shares, and goes again', async () => {
      const aws = await startLocalAws();
      const target = await openTarget({ kind: 'local', endpoint: aws.endpoint });
      try {
        const file = readParametersFile(join(checkout, 'parameters'), 'organization', 'shared', fileParameters(Build.open(dist, 'organization', 'shared')));
        const parameters = { ...file, values: { ...file.values, RootUserPolicy: 'enabled', RootUserPolicyTargets: 'r-ab12' } };
        const options = { target, dist, state: join(dist, 'state'), system: 'organization', environment: 'shared', parameters };
        const { exitCode, message, nodes } = await rollout(options);
        expect(exitCode, message).to.equal(0);
        expect(nodes.map(({ node: { system, deployment: name, region } }) => `${system} ${name} ${region}`)).to.deep.equal(['organization policies us-east-1']);
        const gone = await destroy(options);
        expect(gone.exitCode, gone.message).to.equal(0);
        expect(gone.kept).to.deep.equal([]);
      } finally {
        target.close();
        await aws.stop();
      }
    });
  });
});
