import { expect } from 'chai';
import { planNodes } from '../../../src/rollout/nodes';
import { plannedParameters } from '../../../src/rollout/plan/planned-parameters';
import { Published } from '../../../src/rollout/plan/published';
import { primary } from '../support/shop';
import { WrittenDist } from '../support/built';

describe('the parameters that a plan shows', () => {
  const dist = new WrittenDist();
  after(() => dist.remove());

  const root = {
    Parameters: {
      Password: { Type: 'String', NoEcho: true },
      Domain: { Type: 'String' },
      Zone: { Type: 'String', Default: 'none' },
      BaseVpcId: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::VPC::Id>', Default: '/meridian/paper/test/main/base/VpcId' },
      QueueArn: { Type: 'String' },
    },
    Resources: {},
  };
  const origins = {
    Password: { from: 'file' },
    Domain: { from: 'file' },
    Zone: { from: 'file' },
    BaseVpcId: { from: 'wire', deployment: 'base', output: 'VpcId', type: 'AWS::EC2::VPC::Id' },
    QueueArn: { from: 'region', deployment: 'base', output: 'QueueArn', region: primary },
  } as const;
  const nodes = () => {
    const build = dist.build({ name: 'base', templates: { root: { body: { Resources: {} } } } }, { name: 'app', parameters: origins, templates: { root: { body: root } } });
    return planNodes([{ build, parameters: { file: 'test.yaml', suffix: 'copy', values: { Password: 'secret', Domain: 'a.example' } } }], new Map());
  };
  const app = () => nodes().find(({ deployment, region }) => deployment === 'app' && region === primary)!;

  it('hide a secret, and are empty for what only an earlier node will know', () => {
    expect(plannedParameters(app(), new Published()).shown).to.deep.equal({ BaseVpcId: null, Domain: 'a.example', Password: '****', QueueArn: null, Zone: 'none' });
  });

  it('take from earlier nodes what those publish, a wire from the same region and copy', () => {
    const published = new Published();
    const [base] = nodes();
    published.add(base!, { VpcId: 'vpc-1', QueueArn: 'arn:queue' });
    const { shown, given, wires } = plannedParameters(app(), published);
    expect(shown).to.include({ BaseVpcId: 'vpc-1', QueueArn: 'arn:queue' });
    expect(given).to.include({ Password: 'secret', BaseVpcId: '/meridian/paper/test/copy/base/VpcId' });
    expect(wires).to.deep.equal({ '/meridian/paper/test/copy/base/VpcId': 'vpc-1' });
  });
});
