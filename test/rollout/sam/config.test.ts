import { expect } from 'chai';
import { parse } from 'smol-toml';
import { samConfig } from '../../../src/rollout/sam/config';
import { WrittenDist } from '../support/built';
import { nodesOf, paper } from './paper';

type Section = { readonly parameters: Readonly<Record<string, unknown>> };

describe('the configuration of SAM', () => {
  const dist = new WrittenDist();
  const build = paper(dist);
  after(() => dist.remove());

  /** The configuration environments by name, as SAM reads them. */
  function environments(values: Record<string, string>, suffix?: string): Record<string, { readonly global: Section; readonly deploy: Section }> {
    const { version, ...named } = parse(samConfig(nodesOf(build, values, suffix)));
    expect(version).to.equal(0.1);
    return named as ReturnType<typeof environments>;
  }

  it('has an environment for each region of each deployment, in the order of first creation', () => {
    expect(Object.keys(environments({ DomainName: 'a.b' }))).to.deep.equal([
      'paper-test-zone-us-east-1',
      'paper-test-base-us-east-1',
      'paper-test-base-ap-southeast-1',
      'paper-test-shop-us-east-1',
      'paper-test-shop-ap-southeast-1',
    ]);
  });

  it('leaves out a deployment that the parameters file makes superfluous', () => {
    expect(Object.keys(environments({ DomainName: 'a.b', HostedZoneId: 'Z1' }))[0]).to.equal('paper-test-base-us-east-1');
  });

  it('names stack and region for every command of SAM, and the copy of the environment in the stack', () => {
    expect(environments({ DomainName: 'a.b' }, 'blue')['paper-test-shop-ap-southeast-1']?.global.parameters).to.deep.equal({
      stack_name: 'meridian-paper-test-blue-shop',
      region: 'ap-southeast-1',
    });
  });

  it('deploys the unexpanded templates, with the rights that nested stacks, named roles and the transform need, after asking', () => {
    expect(environments({ DomainName: 'a.b' })['paper-test-shop-us-east-1']?.deploy.parameters).to.deep.equal({
      template_file: 'dist/paper/test/sam/shop/root.json',
      capabilities: ['CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
      resolve_s3: true,
      s3_prefix: 'meridian/paper/test',
      confirm_changeset: true,
      fail_on_empty_changeset: false,
      tags: ['System=paper', 'Environment=test'],
      parameter_overrides: { EnvironmentSuffix: 'main', DomainName: 'a.b', Size: '2' },
    });
  });

  it('carries any value of a parameters file unchanged', () => {
    const DomainName = 'a "quoted" \\ value\twith = and # 元';
    expect(environments({ DomainName })['paper-test-shop-us-east-1']?.deploy.parameters['parameter_overrides']).to.include({ DomainName });
  });
});
