import { Fn } from '../../../src/cfn';
import { front } from '../../modules/edge/front';
import { originHeaderName, originHeaderValue } from '../../modules/edge/origin-header';
import { defineTemplate } from './environments';
import { originHeaderSecretName } from './secret-names';

/** Requests of one address in five minutes: a shopper makes some hundreds with all pictures, a scanner thousands. */
const requestsPerFiveMinutes = 2000;

/** CloudFront in front of both regions, with its certificate, web ACL and logs. */
export const edge = defineTemplate(
  'edge',
  {
    description: 'Kasha CloudFront distribution, viewer certificate, web ACL, security headers and access log',
    parameters: { DomainName: { Type: 'String' }, HostedZoneId: { Type: 'AWS::Route53::HostedZone::Id' }, DefaultKeyArn: { Type: 'String' } },
  },
  (t) =>
    front(t, {
      comment: 'Kasha',
      domainName: t.param('DomainName'),
      hostedZoneId: t.param('HostedZoneId'),
      keyArn: t.param('DefaultKeyArn'),
      requestsPerFiveMinutes,
      staticFiles: 'Files of the frontend that are the same for everybody',
      origin: { domainName: Fn.Sub('origin.${DomainName}'), header: { name: originHeaderName, value: originHeaderValue(originHeaderSecretName(t)) } },
    }).outputs,
);
