import { stringToken } from '../../../src/cfn';
import { front } from '../../modules/edge/front';
import { originHeaderName, originHeaderValue } from '../../modules/edge/origin-header';
import { originHeaderRotation } from '../../modules/edge/origin-header-rotation';
import { servesApex, servesSubDomain } from './apex';
import { defineTemplate } from './environments';
import { assetsBucketName, environmentDomain, originDomain } from './names';
import { nextOriginHeaderSecretName, originHeaderSecretName } from './secret-names';

/** Requests of one address in five minutes: a page makes some tens, an office behind one address some hundreds, a scanner thousands. */
const requestsPerFiveMinutes = 2000;

/**
 * CloudFront in front of the load balancers, with its certificate, web ACL, logs and the rotation of the header by which they know it.
 *
 * `/static/*` comes from the buckets, cached. Everything else goes to the load balancer that `origin.<sub-domain>` names, uncached and with
 * all methods: cards and accounts are nobody else's business, and pages of web-app take forms.
 */
export const edge = defineTemplate(
  'edge',
  {
    description: 'LookCard CloudFront distribution, viewer certificate, web ACL, logs and rotation of the origin header',
    parameters: {
      DomainName: { Type: 'String' },
      HostedZoneId: { Type: 'AWS::Route53::HostedZone::Id' },
      ApexCertificateArn: { Type: 'String' },
      EdgeKeyArn: { Type: 'String' },
      PrimaryDataKeyArn: { Type: 'String', Description: 'Key of the origin header’s secrets in the primary region' },
      AlarmTopicArn: { Type: 'String' },
      PrimaryListenerArn: { Type: 'String', Description: 'Listener of the primary whose rules ask for the header' },
      SecondaryListenerArn: { Type: 'String', Description: 'The same of the secondary' },
    },
  },
  (t) => {
    const { apex, pilotLight, logRetentionDays } = t.settings;
    const { primary, secondary } = t.context.regions;
    const keyArn = t.param('EdgeKeyArn');
    const assetsIn = (region: string) => ({ name: assetsBucketName(t).in(region), region });

    const { handle, webAclArn, outputs } = front(t, {
      comment: 'LookCard',
      domainName: stringToken(environmentDomain(t)),
      ...(apex && { otherName: { when: servesApex(t), otherwise: servesSubDomain(t), domainName: t.param('DomainName'), certificateArn: t.param('ApexCertificateArn') } }),
      hostedZoneId: t.param('HostedZoneId'),
      keyArn,
      requestsPerFiveMinutes,
      staticFiles: pilotLight ? [assetsIn(primary), assetsIn(secondary)] : [assetsIn(primary)],
      origin: { domainName: originDomain(t), header: { name: originHeaderName, value: originHeaderValue(originHeaderSecretName(t)) }, connection: { attempts: 3, timeoutSeconds: 3 } },
      viewerTls: 'TLSv1.2_2025',
      logRetentionInDays: logRetentionDays,
    });
    originHeaderRotation(t, 'RotateOriginHeader', {
      distribution: handle,
      webAclArn,
      secrets: { current: originHeaderSecretName(t), next: nextOriginHeaderSecretName(t) },
      keys: { primary: t.param('PrimaryDataKeyArn'), secondary: keyArn },
      rules: { primaryListener: t.param('PrimaryListenerArn'), ...(pilotLight && { secondaryListener: t.param('SecondaryListenerArn') }) },
      keyArn,
      topic: t.param('AlarmTopicArn'),
      logRetentionInDays: logRetentionDays,
    });
    return outputs;
  },
);
