import { stringToken, type Condition, type IntrinsicFunction, type Parameters, type TemplateBuilder, type Token } from '../../../src/cfn';
import { certificate } from '../security/certificate';
import { accessLogDelivery } from './access-log-delivery';
import { originAccessControl, type BucketOriginSettings, type BucketPair } from './bucket-origin';
import { cachePolicy } from './cache-policy';
import { distribution, type DistributionHandle, type DistributionSettings, type PathSettings } from './distribution';
import { responseHeadersPolicy } from './response-headers-policy';
import { webAcl } from './web-acl';

/** A second name, of a zone that this account does not have: so that nobody here can validate its certificate. */
export interface OtherName {
  /** Holds where the second name is served. */
  readonly when: Condition;
  /** Holds everywhere else. */
  readonly otherwise: Condition;
  readonly domainName: Token<'String'>;
  /** ARN of a certificate of both names, in us-east-1: a distribution takes one. */
  readonly certificateArn: Token<'String'>;
}

/** What stands at the edge in front of one application. */
export interface FrontSettings extends Pick<DistributionSettings, 'comment' | 'origin' | 'reading' | 'otherMethods' | 'blockedCountries' | 'viewerTls'> {
  /** The name that users type. */
  readonly domainName: Token<'String'>;
  /** Zone of that name. */
  readonly hostedZoneId: IntrinsicFunction;
  /** @default none: `domainName` alone */
  readonly otherName?: OtherName;
  /** Key of the logs, in us-east-1. */
  readonly keyArn: IntrinsicFunction;
  /** Requests that one address may make in five minutes. */
  readonly requestsPerFiveMinutes: number;
  /**
   * The files below `/static/`, which are the same for everybody and cached: in words what they are, where the application serves
   * them; or the buckets that hold them, or the one.
   */
  readonly staticFiles: string | BucketPair | readonly [BucketOriginSettings];
  /** Other paths that are treated otherwise than the rest. @default none */
  readonly paths?: readonly PathSettings[];
  /** Days that the access log and refused requests stay. @default 365, the year of history that PCI DSS 10.5.1 asks for */
  readonly logRetentionInDays?: number;
}

/** A distribution, and what the rest of the edge needs of it and of what belongs to it. */
export interface Front {
  readonly handle: DistributionHandle;
  readonly webAclArn: IntrinsicFunction;
  readonly outputs: {
    readonly DistributionId: Token<'String'>;
    readonly DistributionDomainName: Token<'String'>;
    readonly CertificateArn: Token<'String'>;
    readonly WebAclName: Token<'String'>;
  };
}

const staticPaths = '/static/*';

/**
 * A distribution with its viewer certificate, web ACL, security headers and logs. All of them stand in us-east-1, as AWS asks.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/security-best-practices.html
 */
export function front(t: TemplateBuilder<Parameters, unknown>, settings: FrontSettings): Front {
  const { comment, domainName, otherName, hostedZoneId, keyArn, requestsPerFiveMinutes, staticFiles, paths = [], logRetentionInDays, ...rest } = settings;
  const acl = webAcl(t, 'WebAcl', { name: 'edge', requestsPerFiveMinutes, keyArn, logRetentionInDays });
  const viewerCertificate = certificate(t, 'Certificate', { name: t.resourceName('viewer'), domainName, hostedZoneId, when: otherName?.otherwise });
  const certificateArn = otherName ? otherName.when.chooseToken(otherName.certificateArn, viewerCertificate.ref()) : viewerCertificate.ref();
  const securityHeaders = responseHeadersPolicy(t, 'SecurityHeaders', { name: 'security-headers' });
  const files =
    typeof staticFiles === 'string'
      ? { paths: [{ pathPattern: staticPaths, cachePolicyId: cachePolicy(t, 'StaticFiles', { name: 'static-files', comment: staticFiles }).ref() }, ...paths] }
      : { paths, files: { pathPattern: staticPaths, buckets: staticFiles, accessControlId: originAccessControl(t, 'StaticFiles', 'static-files').att('Id') } };
  const handle = distribution(t, 'Distribution', {
    ...rest,
    comment,
    domainName,
    ...(otherName && { otherNames: [otherName.when.only(otherName.domainName)] }),
    certificateArn,
    webAclArn: acl.handle.att('Arn'),
    responseHeadersPolicyId: securityHeaders.ref(),
    ...files,
  });
  accessLogDelivery(t, 'AccessLog', { name: 'edge', distribution: handle, keyArn, retentionInDays: logRetentionInDays });
  return {
    handle,
    webAclArn: acl.handle.att('Arn'),
    outputs: {
      DistributionId: handle.ref(),
      DistributionDomainName: handle.att('DomainName'),
      CertificateArn: certificateArn,
      WebAclName: stringToken(acl.name),
    },
  };
}
