import { Fn } from '../../../src/cfn';
import { front } from '../../modules/edge/front';
import { originHeaderName, originHeaderValue } from '../../modules/edge/origin-header';
import { originHeaderRotation } from '../../modules/edge/origin-header-rotation';
import { regionOrigins } from '../../modules/edge/region-origins';
import { defineTemplate } from './environments';
import { nextOriginHeaderSecretName, originHeaderSecretName } from './secret-names';

/** Requests of one address in five minutes: a page makes some tens, an office behind one address some hundreds, a scanner thousands. */
const requestsPerFiveMinutes = 2000;

/**
 * CloudFront in front of both regions, with its certificate, web ACL, logs and the rotation of the header by which the load
 * balancers know it.
 *
 * History and files, which are only read, are asked for a second time at `secondary.<domain>` when the region that `origin.<domain>`
 * names does not answer.
 */
export const edge = defineTemplate(
  'edge',
  {
    description: 'Financial portal CloudFront distribution, viewer certificate, web ACL, logs and rotation of the origin header',
    parameters: {
      DomainName: { Type: 'String' },
      HostedZoneId: { Type: 'AWS::Route53::HostedZone::Id' },
      DefaultKeyArn: { Type: 'String' },
      PrimaryDefaultKeyArn: { Type: 'String', Description: 'Key of the secrets of the origin header, in the primary' },
      AlarmTopicArn: { Type: 'String' },
      PrimaryOriginRuleArns: { Type: 'CommaDelimitedList', Description: 'Listener rules of the primary that ask for the header' },
      SecondaryOriginRuleArns: { Type: 'CommaDelimitedList', Description: 'The same of the secondary' },
    },
  },
  (t) => {
    const keyArn = t.param('DefaultKeyArn');
    const logRetentionInDays = t.settings.logRetentionDays;
    const header = { name: originHeaderName, value: originHeaderValue(originHeaderSecretName(t)) };

    const { handle, webAclArn, outputs } = front(t, {
      comment: 'Financial portal',
      domainName: t.param('DomainName'),
      hostedZoneId: t.param('HostedZoneId'),
      keyArn,
      requestsPerFiveMinutes,
      staticFiles: 'Files of the portal that are the same for everybody',
      ...regionOrigins({ originName: Fn.Sub('origin.${DomainName}'), secondaryName: Fn.Sub('secondary.${DomainName}'), header }),
      paths: [{ pathPattern: '/transactions/*' }, { pathPattern: '/api/*', methods: 'write' }, { pathPattern: '/accounts/*', methods: 'write' }],
      blockedCountries: t.settings.blockedCountries,
      viewerTls: 'TLSv1.2_2025',
      logRetentionInDays,
    });
    originHeaderRotation(t, 'RotateOriginHeader', {
      distribution: handle,
      webAclArn,
      secrets: { current: originHeaderSecretName(t), next: nextOriginHeaderSecretName(t) },
      keys: { primary: t.param('PrimaryDefaultKeyArn'), secondary: keyArn },
      rules: { primary: t.param('PrimaryOriginRuleArns'), secondary: t.param('SecondaryOriginRuleArns') },
      keyArn,
      topic: t.param('AlarmTopicArn'),
      logRetentionInDays,
    });
    return outputs;
  },
);
