import { Fn } from '../../../src/cfn';
import { front } from '../../modules/edge/front';
import { originHeaderName, originHeaderValue } from '../../modules/edge/origin-header';
import { originHeaderRotation } from '../../modules/edge/origin-header-rotation';
import { regionOrigins } from '../../modules/edge/region-origins';
import { assetsBucketName } from './assets';
import { defineTemplate } from './environments';
import { archiveLogs, archiveParameters } from './log-archive';
import { nextOriginHeaderSecretName, originHeaderSecretName } from './secret-names';

/** Requests of one address in five minutes: a page makes some tens, an office behind one address some hundreds, a scanner thousands. */
const requestsPerFiveMinutes = 2000;

/**
 * CloudFront in front of both regions, with its certificate, web ACL, logs and the rotation of the header by which the load
 * balancers know it.
 *
 * `/static/*` comes from the buckets of both regions, cached. `/api/*` goes to the load balancer of the region that `origin.<domain>`
 * names, with all methods; everything else is pages of the frontend, which are only read and asked for a second time at
 * `secondary.<domain>` when that region does not answer: the frontend holds nothing, so that either region's serves.
 */
export const edge = defineTemplate(
  'edge',
  {
    description: 'Customer portal CloudFront distribution, viewer certificate, web ACL, logs and rotation of the origin header',
    parameters: {
      ...archiveParameters,
      DomainName: { Type: 'String' },
      HostedZoneId: { Type: 'AWS::Route53::HostedZone::Id' },
      DefaultKeyArn: { Type: 'String' },
      SecondaryDefaultKeyArn: { Type: 'String', Description: 'Key of the copies of the origin header’s secrets, in the secondary' },
      AlarmTopicArn: { Type: 'String' },
      PrimaryOriginRuleArns: { Type: 'CommaDelimitedList', Description: 'Listener rules of the primary that ask for the header' },
      SecondaryOriginRuleArns: { Type: 'CommaDelimitedList', Description: 'The same of the secondary' },
    },
  },
  (t) => {
    const { primary, secondary } = t.context.regions;
    const keyArn = t.param('DefaultKeyArn');
    const logRetentionInDays = t.settings.logRetentionDays;
    const assetsIn = (region: string) => ({ name: assetsBucketName(t).in(region), region });

    const { handle, webAclArn, outputs } = front(t, {
      comment: 'Customer portal',
      domainName: t.param('DomainName'),
      hostedZoneId: t.param('HostedZoneId'),
      keyArn,
      requestsPerFiveMinutes,
      staticFiles: [assetsIn(primary), assetsIn(secondary)],
      ...regionOrigins({
        originName: Fn.Sub('origin.${DomainName}'),
        secondaryName: Fn.Sub('secondary.${DomainName}'),
        header: { name: originHeaderName, value: originHeaderValue(originHeaderSecretName(t)) },
      }),
      paths: [{ pathPattern: '/api/*', methods: 'write' }],
      otherMethods: 'read',
      viewerTls: 'TLSv1.2_2025',
      logRetentionInDays,
    });
    originHeaderRotation(t, 'RotateOriginHeader', {
      distribution: handle,
      webAclArn,
      secrets: { current: originHeaderSecretName(t), next: nextOriginHeaderSecretName(t) },
      keys: { primary: keyArn, secondary: t.param('SecondaryDefaultKeyArn') },
      rules: { primary: t.param('PrimaryOriginRuleArns'), secondary: t.param('SecondaryOriginRuleArns') },
      keyArn,
      topic: t.param('AlarmTopicArn'),
      logRetentionInDays,
    });
    archiveLogs(t);
    return outputs;
  },
);
