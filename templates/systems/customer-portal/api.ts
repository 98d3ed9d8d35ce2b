import { Fn, stringToken } from '../../../src/cfn';
import { apiDomain } from '../../modules/compute/api-domain';
import { apiStage } from '../../modules/compute/api-stage';
import { restApi } from '../../modules/compute/rest-api';
import { apiKey, usagePlan } from '../../modules/compute/usage-plan';
import { vpcLink } from '../../modules/compute/vpc-link';
import { webAcl } from '../../modules/edge/web-acl';
import { secretValue } from '../../modules/security/secret-value';
import { apiPath, apiStageName } from './api-names';
import { defineTemplate } from './environments';
import { archiveLogs, archiveParameters } from './log-archive';
import { apiKeySecretName } from './secret-names';

/** Seconds over which the web ACL counts. */
const webAclWindow = 300;

/**
 * The API for clients with a key, `https://api.<domain>/api/…`, in one region. Keys identify a client and limit it; they do not
 * authenticate anybody: the backend asks for the same proof as behind the website.
 */
export const api = defineTemplate(
  'api',
  {
    description: 'Customer portal API Gateway with its domain, usage plan, key, web ACL and link to the internal load balancer',
    parameters: {
      ...archiveParameters,
      DomainName: { Type: 'String' },
      CertificateArn: { Type: 'String' },
      DefaultKeyArn: { Type: 'String' },
      ServiceSubnetIds: { Type: 'List<AWS::EC2::Subnet::Id>' },
      VpcLinkSecurityGroupId: { Type: 'AWS::EC2::SecurityGroup::Id' },
      ApiLoadBalancerArn: { Type: 'String' },
    },
  },
  (t) => {
    const { api: limits, logRetentionDays } = t.settings;
    const keyArn = t.param('DefaultKeyArn');
    const domainName = Fn.Sub('api.${DomainName}');
    const name = t.resourceName('api');
    const stageName = apiStageName(t);

    const link = vpcLink(t, 'VpcLink', { name, subnetIds: t.param('ServiceSubnetIds').list(), securityGroupId: t.param('VpcLinkSecurityGroupId') });
    const served = restApi(t, 'Api', {
      name,
      description: 'Customer portal, for clients with an API key',
      routes: [{ id: 'Api', path: apiPath, backend: { vpcLink: link, loadBalancerArn: t.param('ApiLoadBalancerArn'), serverName: domainName } }],
      stageName,
    });
    const firewall = webAcl(t, 'WebAcl', {
      name: 'api',
      scope: 'REGIONAL',
      // An address may ask for what one key may: its calls without a key count too, and end here.
      requestsPerFiveMinutes: limits.requestsPerSecond * webAclWindow,
      keyArn,
      logRetentionInDays: logRetentionDays,
      secretHeaders: ['x-api-key'],
    });
    const stage = apiStage(t, 'Stage', { name: stageName, api: served, throttle: limits, webAclArn: firewall.handle.att('Arn'), keyArn, logRetentionInDays: logRetentionDays });
    const domain = apiDomain(t, 'Domain', { domainName, certificateArn: t.param('CertificateArn'), api: served.handle, stage });

    const plan = usagePlan(t, 'UsagePlan', {
      name: t.resourceName('usage-plan'),
      description: 'What each client of the customer portal API may ask for',
      api: served.handle,
      stage,
      throttle: limits,
      requestsPerMonth: limits.requestsPerMonth,
    });
    apiKey(t, 'ApiKey', { name: t.resourceName('api-key'), description: 'First client of the customer portal API', plan, value: secretValue(apiKeySecretName(t)) });
    archiveLogs(t);

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
