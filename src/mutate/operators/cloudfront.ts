import { isObject, type Json } from '../json';
import { anyOf, drop, edit, set, turn, without } from '../mistakes';
import type { Mistake, Operator } from '../operator';

const distribution = ['AWS::CloudFront::Distribution'];
const headers = ['AWS::CloudFront::ResponseHeadersPolicy'];
const transit = ['PCI DSS 4.0.1 4.2.1', 'NIST 800-53 r5 SC-8', 'SOC 2 CC6.7'];
const browser = ['PCI DSS 4.0.1 6.4.3', 'NIST 800-53 r5 SI-10'];
const config = (path: string): string => `DistributionConfig.${path}`;
const behaviours = (name: string, make: (path: string) => Mistake): Mistake => anyOf(make(config(`DefaultCacheBehavior.${name}`)), make(config(`CacheBehaviors[].${name}`)));
const header = (path: string): string => `ResponseHeadersPolicyConfig.SecurityHeadersConfig.${path}`;

/** Mistakes in CloudFront distributions and the policies they use. */
export const cloudFrontOperators: readonly Operator[] = [
  { id: 'cloudfront-web-acl-removed', title: 'Nothing filters the requests from the internet', severity: 'CRITICAL', controls: ['PCI DSS 4.0.1 6.4.2', 'NIST 800-53 r5 SC-7'], types: distribution, mistake: drop(config('WebACLId')) },
  { id: 'cloudfront-viewer-plain-http', title: 'Viewers may use plain HTTP', severity: 'HIGH', controls: transit, types: distribution, mistake: behaviours('ViewerProtocolPolicy', (path) => turn(path, 'allow-all')) },
  { id: 'cloudfront-viewer-old-tls', title: 'Viewers may use TLS 1.0', severity: 'HIGH', controls: transit, types: distribution, mistake: turn(config('ViewerCertificate.MinimumProtocolVersion'), 'TLSv1') },
  { id: 'cloudfront-viewer-tls-1-1', title: 'Viewers may use TLS 1.1', severity: 'HIGH', controls: transit, types: distribution, mistake: turn(config('ViewerCertificate.MinimumProtocolVersion'), 'TLSv1.1_2016') },
  { id: 'cloudfront-viewer-tls-unset', title: 'The distribution says nothing of TLS versions', severity: 'HIGH', controls: transit, types: distribution, mistake: drop(config('ViewerCertificate.MinimumProtocolVersion')) },
  { id: 'cloudfront-default-certificate', title: 'The distribution uses the certificate of cloudfront.net, which takes TLS 1.0', severity: 'HIGH', controls: transit, types: distribution, mistake: set(config('ViewerCertificate'), { CloudFrontDefaultCertificate: true }) },
  { id: 'cloudfront-certificate-of-other-region', title: 'The certificate is one of ap-southeast-1, which CloudFront cannot use', severity: 'HIGH', controls: ['NIST 800-53 r5 SC-12', 'SOC 2 A1.2'], types: distribution, mistake: edit(config('ViewerCertificate.AcmCertificateArn'), (arn) => (arn === undefined ? undefined : { 'Fn::Sub': 'arn:${AWS::Partition}:acm:ap-southeast-1:${AWS::AccountId}:certificate/6c2f1d1e-0000-4000-8000-000000000001' })) },
  { id: 'cloudfront-origin-plain-http', title: 'Traffic to the origin goes in plain text', severity: 'HIGH', controls: transit, types: distribution, mistake: turn(config('Origins[].CustomOriginConfig.OriginProtocolPolicy'), 'http-only') },
  { id: 'cloudfront-origin-as-viewer', title: 'Traffic to the origin is as plain as the viewer asks for', severity: 'MEDIUM', controls: transit, types: distribution, mistake: turn(config('Origins[].CustomOriginConfig.OriginProtocolPolicy'), 'match-viewer') },
  { id: 'cloudfront-origin-old-tls', title: 'Traffic to the origin may use SSL 3 and TLS 1.0', severity: 'HIGH', controls: transit, types: distribution, mistake: turn(config('Origins[].CustomOriginConfig.OriginSSLProtocols'), ['SSLv3', 'TLSv1', 'TLSv1.2']) },
  { id: 'cloudfront-origin-header-removed', title: 'The origin cannot tell requests of CloudFront from others', severity: 'HIGH', controls: ['NIST 800-53 r5 SC-7', 'SOC 2 CC6.6'], types: distribution, mistake: drop(config('Origins[].OriginCustomHeaders')) },
  { id: 'cloudfront-origin-header-in-plain-text', title: 'The secret that proves CloudFront to the origin stands in the template', severity: 'HIGH', controls: ['PCI DSS 4.0.1 8.6.2', 'NIST 800-53 r5 IA-5(7)'], types: distribution, mistake: edit(config('Origins[].OriginCustomHeaders'), (list) => (Array.isArray(list) ? list.map((one: Json) => (isObject(one) ? { ...one, HeaderValue: 'open-sesame-2026' } : one)) : undefined)) },
  { id: 'cloudfront-origin-access-removed', title: 'The bucket behind the distribution is read without signature', severity: 'HIGH', controls: ['NIST 800-53 r5 AC-3', 'PCI DSS 4.0.1 1.4.4'], types: distribution, mistake: drop(config('Origins[].OriginAccessControlId')) },
  { id: 'cloudfront-headers-removed', title: 'Responses carry no security headers', severity: 'MEDIUM', controls: browser, types: distribution, mistake: behaviours('ResponseHeadersPolicyId', drop) },
  { id: 'cloudfront-geography-opened', title: 'Countries under sanctions are served', severity: 'MEDIUM', controls: ['SOC 2 CC6.6', 'NIST 800-53 r5 AC-4'], types: distribution, mistake: edit(config('Restrictions.GeoRestriction'), (now) => (isObject(now) && now.RestrictionType !== 'none' ? { RestrictionType: 'none' } : undefined)) },
  { id: 'cloudfront-access-log-removed', title: 'Requests are not recorded: the logging of the distribution is gone', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 10.2.1', 'NIST 800-53 r5 AU-2'], types: distribution, mistake: drop(config('Logging')) },
  { id: 'cloudfront-origin-failover-removed', title: 'The group that fails over to a second origin is gone', severity: 'HIGH', controls: ['NIST 800-53 r5 CP-10', 'SOC 2 A1.2'], types: distribution, mistake: drop(config('OriginGroups')) },
  { id: 'cloudfront-api-cached', title: 'Answers of the API are cached and may reach other users', severity: 'HIGH', controls: ['NIST 800-53 r5 AC-4', 'SOC 2 CC6.1'], types: distribution, mistake: edit(config('DefaultCacheBehavior.CachePolicyId'), (id) => (id === '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' ? '658327ea-f89d-4fab-a63d-7e88639e58f6' : undefined)) },
  { id: 'cloudfront-disabled', title: 'The distribution is switched off', severity: 'HIGH', controls: ['SOC 2 A1.2'], types: distribution, mistake: turn(config('Enabled'), false) },
  { id: 'cloudfront-headers-without-hsts', title: 'Browsers may come back by plain HTTP', severity: 'MEDIUM', controls: browser, types: headers, mistake: drop(header('StrictTransportSecurity')) },
  { id: 'cloudfront-headers-short-hsts', title: 'Browsers forget after a minute that TLS is demanded', severity: 'LOW', controls: browser, types: headers, mistake: turn(header('StrictTransportSecurity.AccessControlMaxAgeSec'), 60) },
  { id: 'cloudfront-headers-framed', title: 'Other sites may frame the pages', severity: 'MEDIUM', controls: browser, types: headers, mistake: drop(header('FrameOptions')) },
  { id: 'cloudfront-headers-sniffed', title: 'Browsers guess content types', severity: 'LOW', controls: browser, types: headers, mistake: drop(header('ContentTypeOptions')) },
  { id: 'cloudfront-headers-scripts-from-anywhere', title: 'Pages may run scripts of any site', severity: 'MEDIUM', controls: browser, types: headers, mistake: turn(header('ContentSecurityPolicy.ContentSecurityPolicy'), "default-src * 'unsafe-inline' 'unsafe-eval'") },
  { id: 'cloudfront-cors-anybody', title: 'Pages of any site may read responses with credentials', severity: 'HIGH', controls: ['NIST 800-53 r5 AC-4'], types: headers, mistake: set('ResponseHeadersPolicyConfig.CorsConfig', { AccessControlAllowCredentials: true, AccessControlAllowHeaders: { Items: ['*'] }, AccessControlAllowMethods: { Items: ['ALL'] }, AccessControlAllowOrigins: { Items: ['*'] }, OriginOverride: true }) },
  { id: 'cloudfront-access-control-unsigned', title: 'Requests to the bucket are not signed', severity: 'HIGH', controls: ['NIST 800-53 r5 AC-3'], types: ['AWS::CloudFront::OriginAccessControl'], mistake: set('OriginAccessControlConfig.SigningBehavior', 'never') },
  { id: 'cloudfront-access-control-optional', title: 'Requests that carry a signature of their own are passed on with it', severity: 'MEDIUM', controls: ['NIST 800-53 r5 AC-3'], types: ['AWS::CloudFront::OriginAccessControl'], mistake: set('OriginAccessControlConfig.SigningBehavior', 'no-override') },
  { id: 'cloudfront-cookies-in-cache', title: 'Static files are cached for each session', severity: 'LOW', controls: ['SOC 2 A1.1'], types: ['AWS::CloudFront::CachePolicy'], mistake: turn('CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin.CookiesConfig.CookieBehavior', 'all') },
  { id: 'cloudfront-alias-removed', title: 'The distribution does not answer to its domain any more', severity: 'MEDIUM', controls: ['SOC 2 A1.2'], types: distribution, mistake: without(config('Aliases'), () => true) },
];
