import { expect } from 'chai';
import { render } from '../../../src/cfn/render';
import type { Template } from '../../../src/resolve';
import { lookcardOf } from '../../../templates/systems/lookcard';
import { environments } from '../../../templates/systems/lookcard/environments';
import { services } from '../../../templates/systems/lookcard/services';

/** An environment as it would be if Cloudflare answered for its domain. */
function behindCloudflare(name: 'production' | 'staging') {
  const { short, settings } = environments[name];
  return lookcardOf(services, { [name]: { short, settings: { ...settings, dnsProvider: 'cloudflare' } } }).build(name);
}

for (const name of ['production', 'staging'] as const) {
  describe(`LookCard behind Cloudflare in ${name}`, () => {
    const built = behindCloudflare(name);
    const templates = built.deployments.flatMap(({ name: deployment, templates: all }) => [...all.values()].map(({ name: template, template: body }) => [`${deployment}/${template}`, JSON.parse(render(body)) as Template] as const));
    const placesOf = (...types: readonly string[]): readonly string[] => templates.flatMap(([place, { Resources = {} }]) => Object.entries(Resources).flatMap(([id, { Type }]) => (types.includes(Type) ? [`${place} ${id}`] : [])));
    const root = (deployment: string): Template => templates.find(([place]) => place === `${deployment}/root`)![1];

    it('LKC-83 has no deployment that would have nothing to do, and nothing in the DNS account', () => {
      expect(built.deployments.map((deployment) => deployment.name)).to.deep.equal([
        'keys', 'edge-foundation', 'foundation', 'platform', 'core-application', 'composite-application', 'listener', 'administrative', 'cronjob', 'supabase', 'edge',
      ]);
      expect(built.deployments.filter(({ account }) => account !== undefined)).to.deep.equal([]);
      for (const { name: deployment, after = [] } of built.deployments) expect(after, deployment).not.to.include.oneOf(['zone', 'parent-zone', 'delegation']);
    });

    it('LKC-83 writes no public record, makes no certificate that it could not validate, and has no CloudFront', () => {
      expect(placesOf('AWS::Route53::HostedZone', 'AWS::Route53::RecordSet', 'AWS::Route53::RecordSetGroup', 'AWS::Route53::HealthCheck', 'AWS::CertificateManager::Certificate')).to.deep.equal([]);
      expect(placesOf('AWS::CloudFront::Distribution', 'AWS::CloudFront::OriginAccessControl')).to.deep.equal([]);
    });

    it('LKC-83 takes the certificate of each region from the parameters file', () => {
      const wanted = name === 'production' ? ['PrimaryCertificateArn', 'SecondaryCertificateArn'] : ['PrimaryCertificateArn'];
      expect(Object.keys(root('foundation').Parameters ?? {}).filter((parameter) => parameter.endsWith('CertificateArn'))).to.deep.equal(wanted);
    });

    it('LKC-83 says in each region which records somebody creates at Cloudflare', () => {
      const [text, variables] = (root('platform').Outputs?.['RecordsToCreate']?.Value as { 'Fn::Sub': [string, Record<string, unknown>] })['Fn::Sub'];
      expect(variables).to.deep.equal({ LoadBalancer: { 'Fn::GetAtt': ['Entrance', 'Outputs.LoadBalancerDnsName'] }, Api: { 'Fn::GetAtt': ['Api', 'Outputs.RegionalDomainName'] } });
      const filled = text.replaceAll('${DomainName}', 'lookcard.com').replace('${LoadBalancer}', 'alb.example.net').replace('${Api}', 'api.example.net');
      expect(JSON.parse(filled)).to.deep.equal([
        { type: 'CNAME', name: `${name}.lookcard.com`, content: 'alb.example.net', proxied: true },
        { type: 'CNAME', name: `api.${name}.lookcard.com`, content: 'api.example.net', proxied: false },
      ]);
    });

    it('LKC-83 lets Cloudflare alone reach the load balancer', () => {
      expect(placesOf('AWS::EC2::PrefixList')).to.deep.equal(['foundation/network CloudflareRanges']);
    });
  });
}
