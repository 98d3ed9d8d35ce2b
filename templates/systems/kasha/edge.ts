import { Fn, stringToken } from '../../../src/cfn';
import { accessLogDelivery } from '../../modules/edge/access-log-delivery';
import { cachePolicy } from '../../modules/edge/cache-policy';
import { distribution } from '../../modules/edge/distribution';
import { responseHeadersPolicy } from '../../modules/edge/response-headers-policy';
import { webAcl } from '../../modules/edge/web-acl';
import { certificate } from '../../modules/security/certificate';
import { defineTemplate } from './environments';
import { originHeaderName, originHeaderValue } from './secret-names';

/** Requests of one address in five minutes: a shopper makes some hundreds with all pictures, a scanner thousands. */
const requestsPerFiveMinutes = 2000;

/** CloudFront in front of both regions, with its certificate, web ACL and logs. It stands in us-east-1, as AWS asks of each of them. */
export const edge = defineTemplate(
  'edge',
  {
    description: 'Kasha CloudFront distribution, viewer certificate, web ACL, security headers and access log',
    parameters: { DomainName: { Type: 'String' }, HostedZoneId: { Type: 'AWS::Route53::HostedZone::Id' }, DefaultKeyArn: { Type: 'String' } },
  },
  (t) => {
    const keyArn = t.param('DefaultKeyArn');
    const acl = webAcl(t, 'WebAcl', { name: 'edge', requestsPerFiveMinutes, keyArn });
    const viewerCertificate = certificate(t, 'Certificate', { name: t.resourceName('viewer'), domainName: t.param('DomainName'), hostedZoneId: t.param('HostedZoneId') });
    const securityHeaders = responseHeadersPolicy(t, 'SecurityHeaders', { name: 'security-headers' });
    const staticFiles = cachePolicy(t, 'StaticFiles', { name: 'static-files', comment: 'Files of the frontend that are the same for everybody' });

    const front = distribution(t, 'Distribution', {
      comment: 'Kasha',
      domainName: t.param('DomainName'),
      certificateArn: viewerCertificate.ref(),
      webAclArn: acl.handle.att('Arn'),
      origin: { domainName: Fn.Sub('origin.${DomainName}'), header: { name: originHeaderName, value: originHeaderValue(t) } },
      responseHeadersPolicyId: securityHeaders.ref(),
      cached: { pathPattern: '/static/*', cachePolicyId: staticFiles.ref() },
    });
    accessLogDelivery(t, 'AccessLog', { name: 'edge', distribution: front, keyArn });

    return {
      DistributionId: front.ref(),
      DistributionDomainName: front.att('DomainName'),
      CertificateArn: viewerCertificate.ref(),
      WebAclName: stringToken(acl.name),
    };
  },
);
