import { expect } from 'chai';
import { environmentOfBranch } from '../../../src/cli/git-branch';
import { MeridianError } from '../../../src/errors';
import { lookcard } from '../../../templates/systems/lookcard';
import { clusterNames } from '../../../templates/systems/lookcard/cluster-names';
import { services } from '../../../templates/systems/lookcard/services';
import { requirement } from '../../requirements/requirement';
import { unread } from '../../requirements/recording';
import { textsIn } from '../../requirements/selection';
import { nameProperty } from '../names-and-tags';
import { plain } from '../plain';
import { answersForWaivers, staysBelowLimits, templatesOf } from '../whole-system-tests';
import { bothRegions, environmentNames, regionsOf } from './built';
import type { Row } from './everywhere';
import { wholePlatform } from './whole';

const [primary, secondary] = bothRegions;

describe('LookCard as a whole', () => {
  const platform = wholePlatform();

  for (const environment of environmentNames) {
    const regions = regionsOf(environment);
    const isProduction = environment === 'production';

    requirement('LKC-01 LKC-56', `runs more than twenty services, each in a stack of its own below its cluster’s: ${environment}`, () => {
      const { deployments } = platform(environment).manifest;
      const nested = clusterNames.flatMap((cluster) => {
        const { templates } = unread(() => deployments.find(({ name }) => name === cluster)) ?? { templates: {} };
        return Object.keys(templates).filter((name) => name.startsWith('service-')).map((name) => `${cluster} ${name}`);
      });
      expect(nested).to.have.length.greaterThan(21);
      expect(nested.sort()).to.deep.equal(services.map(({ name, cluster }) => `${cluster} service-${name}`).sort());
    });

    requirement('LKC-02 LKC-11', `stands in ap-southeast-1${isProduction ? ', and in us-east-1, which can take over' : ' alone'}, and in two accounts: ${environment}`, () => {
      const { regions: named, deployments } = platform(environment).manifest;
      expect(plain(named)).to.deep.equal({ primary, secondary });
      const only = { create: [primary], update: [primary] };
      const edge = { create: ['us-east-1'], update: ['us-east-1'] };
      // The secondary’s keys and buckets must stand before the primary replicates under and into them.
      const created = { create: [...regions].reverse(), update: [...regions].reverse() };
      const rolled = { create: [...regions], update: [...regions].reverse() };
      const own = (where: object) => [where, undefined];
      const others = (where: object) => [where, 'DnsAccountId'];
      expect(Object.fromEntries(deployments.map((each) => [each.name, [plain(each.regions), each.account]]))).to.deep.equal({
        'parent-zone': others(only),
        zone: own(only),
        delegation: others(only),
        keys: own(only),
        'edge-foundation': own(edge),
        foundation: own(created),
        platform: own(rolled),
        ...Object.fromEntries(clusterNames.map((cluster) => [cluster, own(rolled)])),
        edge: own(edge),
        ...(isProduction && { apex: others(edge) }),
      });
    });

    requirement('LKC-101', `lets the six clusters roll side by side: none waits for another: ${environment}`, () => {
      const { deployments } = platform(environment).manifest;
      for (const cluster of clusterNames) expect(plain(unread(() => deployments.find(({ name }) => name === cluster))?.after), cluster).to.deep.equal(['foundation', 'platform']);
    });

    requirement('LKC-13 LKC-110', `takes domain, branch, commit and DNS account as inputs; region and account are where it is rolled: ${environment}`, () => {
      const whole = platform(environment);
      const declared = (deployment: string, region: string) => whole.instance(deployment, region).root.template.Parameters as Row;
      expect(plain(declared('zone', primary)['DomainName'].Default)).to.equal('lookcard.com');
      const { GitBranch, GitCommit } = declared('edge', 'us-east-1');
      expect(plain([GitBranch.Type, GitCommit.Type])).to.deep.equal(['String', 'String']);
      expect(plain(unread(() => whole.manifest.deployments.find(({ name }) => name === 'delegation'))?.account)).to.equal('DnsAccountId');
      for (const [place, template] of templatesOf(whole)) expect(textsIn(template, /(?<![\w-])\d{12}(?![\w-])/g).filter((id) => !/^(111111111111|222222222222)$/.test(id)), place).to.deep.equal([]);
    });

    requirement('LKC-95', `has no user and no access key: who acts, does so by a role: ${environment}`, () => {
      expect(platform(environment).resources('AWS::IAM::User', 'AWS::IAM::AccessKey').map(({ place }) => place)).to.deep.equal([]);
      expect(platform(environment).resources('AWS::IAM::Role')).to.have.length.greaterThan(40);
      for (const { place, resource } of platform(environment).resources('AWS::IAM::Role')) expect(textsIn((resource.properties as Row)['AssumeRolePolicyDocument'], /sts:[A-Za-z]+/g), place).to.include('sts:AssumeRole');
    });

    requirement('LKC-08', `gives no role an administrator’s rights, nor actions that end in a star, and bounds each by the account’s boundary: ${environment}`, () => {
      for (const { place, resource } of platform(environment).resources('AWS::IAM::Role')) {
        expect(textsIn(resource.properties, /"(?:[a-z0-9-]+:\*|\*:\*|Not(?:Action|Resource|Principal))"|AdministratorAccess|PowerUserAccess/g), place).to.deep.equal([]);
        expect(plain(resource.properties['PermissionsBoundary']), place).to.equal('arn:aws:iam::111111111111:policy/meridian-boundary');
      }
    });

    requirement('LKC-62', `names no availability zone, so that each account has its own: ${environment}`, () => {
      for (const [place, template] of templatesOf(platform(environment))) expect(textsIn(template, /\b[a-z]{2}-[a-z]+-\d[a-f]\b/g), place).to.deep.equal([]);
    });

    requirement('LKC-08', `silences no check from within its templates, and has no transform and no condition undecided: ${environment}`, () => {
      for (const [place, template] of templatesOf(platform(environment))) {
        expect(textsIn(template, /"(cfn-lint|cfn_nag|checkov|guard)":/g), place).to.deep.equal([]);
        expect((template as Row)['Transform'], place).to.equal(undefined);
      }
      for (const { deployment, region, instance } of platform(environment).deployed) {
        for (const [path, { conditions }] of unread(() => [...instance.stacks])) for (const [name, truth] of unread(() => [...conditions])) expect(truth, `${deployment} ${region} ${path} ${name}`).to.be.a('boolean');
      }
    });

    requirement('LKC-01', `stays below what CloudFormation takes: a megabyte, 500 resources, 200 parameters and 200 outputs a template: ${environment}`, () => staysBelowLimits(platform(environment)));

    requirement('LKC-86', `tells people no secret in an output: ${environment}`, () => {
      for (const { deployment, region, instance } of platform(environment).deployed) expect(textsIn(instance.root.outputs, /resolve:(secretsmanager|ssm-secure)/g), `${deployment} ${region}`).to.deep.equal([]);
    });
  }

  it('LKC-05 gives no two environments anything of the same name', () => {
    const owners = new Map<string, string>();
    const named = environmentNames.flatMap((environment) =>
      unread(() =>
        platform(environment).resources().flatMap((placed) => {
          const key = nameProperty(placed);
          // A name below a namespace or an API of the environment’s own is its own.
          return key && !['AWS::ServiceDiscovery::Service', 'AWS::ApiGateway::Stage'].includes(placed.type) ? [[environment, `${placed.type} ${placed.region} ${JSON.stringify(plain((placed.resource.properties as Row)[key]))}`] as const] : [];
        }),
      ),
    );
    for (const [environment, name] of named) {
      const known = owners.get(name);
      expect(known === undefined || known === environment, `${name} of ${environment} and ${known}`).to.equal(true);
      owners.set(name, environment);
    }
    expect(owners.size).to.be.greaterThan(1000);
  });

  requirement('LKC-10', 'isolates the sandbox: a network that nothing is joined to, keys of its own, and one range of addresses for each network of all', () => {
    const sandbox = platform('sandbox');
    expect(sandbox.resources().filter(({ type }) => /Peering|TransitGateway|VPNGateway|VPNConnection|::RAM::/.test(type)).map(({ place }) => place)).to.deep.equal([]);
    const named = sandbox.resources('AWS::KMS::Alias').map(({ resource }) => resource.properties['AliasName'] as string);
    expect(named).to.have.length(sandbox.resources('AWS::KMS::Key').length);
    expect([...named].sort()).to.deep.equal(['crypto-signing', 'crypto-wrapping', 'data', 'edge', 'liquidity'].map((key) => `alias/lookcard-key-sbx-main/${key}`));
    const ranges = environmentNames.flatMap((environment) => platform(environment).resources('AWS::EC2::VPC').map(({ resource }) => resource.properties['CidrBlock'] as string));
    expect(ranges.sort()).to.deep.equal([0, 1, 2, 3, 4, 5].map((number) => `10.${number}.0.0/16`));
  });

  it('LKC-03 LKC-04 takes its environment from the branch of its name, and from no other', () => {
    for (const environment of environmentNames) expect(environmentOfBranch(environment, lookcard)).to.equal(environment);
    for (const branch of ['main', 'prod', 'Develop', 'feature/develop', undefined]) {
      expect(() => environmentOfBranch(branch, lookcard), String(branch)).to.throw(MeridianError, /Check out one of (?=.*develop)(?=.*testing)(?=.*staging)(?=.*production)(?=.*sandbox)/);
    }
  });

  it('LKC-08 has somebody answer for every rule that it does not follow, for at most a year, with a requirement or a decision as reason', () => answersForWaivers('lookcard', 'LKC'));
});
