import { Aws, stringToken } from '../../../src/cfn';
import { MeridianError } from '../../../src/errors';
import { apiDomain } from '../../modules/compute/api-domain';
import { apiStage } from '../../modules/compute/api-stage';
import { networkVpcLink } from '../../modules/compute/network-vpc-link';
import { restApi, type ApiRoute, type NetworkBackend, type RestApiSettings } from '../../modules/compute/rest-api';
import { apiKey, usagePlan } from '../../modules/compute/usage-plan';
import { webAcl } from '../../modules/edge/web-acl';
import { webAclAlarm } from '../../modules/monitoring/web-acl-alarm';
import { secretValue } from '../../modules/security/secret-value';
import { apiHost, apiKeySecretName, apiStageName } from './api-names';
import { defineTemplate } from './environments';
import { pascal } from './parameters';
import type { ServiceRow } from './service-row';
import { services } from './services';

/** Seconds over which the web ACL counts. */
const webAclWindow = 300;

/**
 * The template of the API for clients with a key, `https://api.<environment>.<domain>/<service's path>/…`, in one region. Each row of kind
 * `nlb` has its paths and its port of the internal load balancer, on which TLS ends. Keys identify a client and limit it; they do not
 * authenticate anybody: the services ask for a proof of their own.
 * @throws MeridianError when no row has an entrance of kind `nlb`: API Gateway deploys no API without methods
 * @see docs/decisions/0026-rest-api-and-network-load-balancer.md
 */
export const apiTemplate = (rows: readonly ServiceRow[]) =>
  defineTemplate(
    'api',
    {
      description: 'LookCard API Gateway with its domain, usage plan, key, web ACL and link to the internal load balancer',
      parameters: {
        DomainName: { Type: 'String' },
        CertificateArn: { Type: 'String' },
        DataKeyArn: { Type: 'String' },
        NetworkLoadBalancerArn: { Type: 'String' },
        AlarmTopicArn: { Type: 'String' },
      },
    },
    (t) => {
      const { apiQuota, apiThrottle, logRetentionDays } = t.settings;
      const keyArn = t.param('DataKeyArn');
      const domainName = apiHost(t);
      const name = t.resourceName('api');
      const stageName = apiStageName(t);

      const link = networkVpcLink(t, 'VpcLink', { name, description: 'From the LookCard API to the internal load balancer', loadBalancerArn: t.param('NetworkLoadBalancerArn') });
      const served = restApi(t, 'Api', {
        name,
        description: 'LookCard, for clients with an API key',
        routes: routesOf(rows, (port) => ({ vpcLink: link, port, serverName: domainName })),
        stageName,
      });
      const firewall = webAcl(t, 'WebAcl', {
        name: 'api',
        scope: 'REGIONAL',
        // An address may ask for what one key may: its calls without a key count too, and end here.
        requestsPerFiveMinutes: apiQuota.requestsPerSecond * webAclWindow,
        keyArn,
        logRetentionInDays: logRetentionDays,
        secretHeaders: ['x-api-key'],
      });
      webAclAlarm(t, 'BlockedRequests', { name: 'api-blocked', webAcl: stringToken(firewall.name), region: Aws.region, topic: t.param('AlarmTopicArn') });
      const stage = apiStage(t, 'Stage', { name: stageName, api: served, throttle: apiThrottle, webAclArn: firewall.handle.att('Arn'), keyArn, logRetentionInDays: logRetentionDays });
      const domain = apiDomain(t, 'Domain', { domainName, certificateArn: t.param('CertificateArn'), api: served.handle, stage });

      const plan = usagePlan(t, 'UsagePlan', {
        name: t.resourceName('usage-plan'),
        description: 'What each client of the LookCard API may ask for',
        api: served.handle,
        stage,
        throttle: apiQuota,
        requestsPerMonth: apiQuota.requestsPerMonth,
      });
      apiKey(t, 'ApiKey', { name: t.resourceName('api-key'), description: 'First client of the LookCard API', plan, value: secretValue(apiKeySecretName(t)) });

      return {
        RegionalDomainName: domain.att('RegionalDomainName'),
        RegionalZoneId: domain.att('RegionalHostedZoneId'),
        // A name, not an id: the dimension of its metrics.
        ApiName: stringToken(name),
        ApiStageName: stage.ref(),
        ApiId: served.handle.ref(),
      };
    },
  );

/** The API before the catalogue's services. */
export const api = apiTemplate(services);

function routesOf(rows: readonly ServiceRow[], backendOf: (port: number) => NetworkBackend & ApiRoute['backend']): RestApiSettings['routes'] {
  const [first, ...others] = rows.flatMap(({ name, entrance }): ApiRoute[] => (entrance?.kind === 'nlb' ? [{ id: pascal(name), path: entrance.apiPath, backend: backendOf(entrance.listenerPort) }] : []));
  if (!first) throw new MeridianError('No service has an entrance of kind nlb: API Gateway deploys no API without methods. Give one of them such an entrance, or take the API out of the platform.', 2);
  return [first, ...others];
}
