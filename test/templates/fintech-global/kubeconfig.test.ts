import { expect } from 'chai';
import { render } from '../../../src/cfn/render';
import type { Template } from '../../../src/resolve';
import { fintechGlobal } from '../../../templates/systems/fintech-global';
import { compute } from '../../../templates/systems/fintech-global/compute';
import { requirement } from '../../requirements/requirement';
import { recorded } from '../../requirements/view';
import { emitted, environmentNames, type EnvironmentName } from './built';

const roots = new Map<string, readonly (readonly [deployment: string, root: Template])[]>();

/** The root template of each deployment of an environment. */
function rootsOf(environment: EnvironmentName): readonly (readonly [deployment: string, root: Template])[] {
  const known = roots.get(environment) ?? fintechGlobal.build(environment).deployments.map(({ name, root }) => [name, JSON.parse(render(root.template)) as Template] as const);
  roots.set(environment, known);
  return known.map(([name, root]) => [name, recorded(`${environment}/${name}/root`, root)] as const);
}

const platformOf = (environment: EnvironmentName): any => rootsOf(environment).find(([name]) => name === 'platform')![1];

describe('The way to FinTech Global’s clusters', () => {
  for (const environment of environmentNames) {
    requirement('FTG-27', `is an output of the platform’s root, as a command that asks AWS for it: ${environment}`, () => {
      expect(platformOf(environment).Outputs.KubeconfigCommand.Value).to.deep.equal({ 'Fn::GetAtt': ['Compute', 'Outputs.KubeconfigCommand'] });
      const command = (emitted(compute, environment) as any).Outputs.KubeconfigCommand.Value['Fn::Sub'];
      expect(command).to.deep.equal(['aws eks update-kubeconfig --region ${Region} --name ${Name}', { Region: { Ref: 'AWS::Region' }, Name: { Ref: 'Cluster' } }]);
    });

    requirement('FTG-27 FTG-26', `is made of outputs that hold endpoint, name and certificate, for "meridian kubeconfig": ${environment}`, () => {
      const { ClusterName, ClusterEndpoint, ClusterCertificateAuthority } = platformOf(environment).Outputs;
      expect([ClusterName.Value, ClusterEndpoint.Value, ClusterCertificateAuthority.Value]).to.deep.equal(['ClusterName', 'ClusterEndpoint', 'ClusterCertificateAuthority'].map((name) => ({ 'Fn::GetAtt': ['Compute', `Outputs.${name}`] })));
    });

    it(`is in no output a credential: ${environment}`, () => {
      const outputs = rootsOf(environment).flatMap(([deployment, { Outputs }]) => Object.entries(Outputs ?? {}).map(([name, output]) => [`${deployment}/${name}`, JSON.stringify(output)] as const));
      expect(outputs).not.to.be.empty;
      expect(outputs.filter(([, value]) => /resolve:secretsmanager|resolve:ssm-secure|SecretString/.test(value))).to.deep.equal([]);
      expect(outputs.filter(([name]) => /(Token|Password|Kubeconfig|Key)$/.test(name))).to.deep.equal([]);
    });
  }
});
