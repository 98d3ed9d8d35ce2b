import { distributionNames } from '../../../src/check/invariants/distribution-names';
import { originBuckets } from '../../../src/check/invariants/origin-buckets';
import { originHeader } from '../../../src/check/invariants/origin-header';
import { usEast1 } from '../../../src/check/invariants/us-east-1';
import { webAcls } from '../../../src/check/invariants/web-acls';
import { att, itJudges, ref, resource, type Case, type Resources } from './small-system';

const here = (resources: Resources, region = 'us-east-1'): Case['system'] => ({ edge: { [region]: resources } });
const acl = (Scope: unknown) => resource('AWS::WAFv2::WebACL', { Scope });
const distribution = (DistributionConfig: object) => resource('AWS::CloudFront::Distribution', { DistributionConfig });
const Balancer = resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internet-facing' });
const association = (WebACLArn: unknown, ResourceArn: unknown = ref('Balancer')) => resource('AWS::WAFv2::WebACLAssociation', { WebACLArn, ResourceArn });
const listener = (type: string) => resource('AWS::ElasticLoadBalancingV2::Listener', { LoadBalancerArn: ref('Balancer'), DefaultActions: [{ Type: type }] });
const headerRule = (HttpHeaderName = 'X-Origin', ...values: readonly unknown[]) => resource('AWS::ElasticLoadBalancingV2::ListenerRule', { ListenerArn: ref('Listener'), Conditions: [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName, Values: values.length ? values : ['secret'] } }] });
const sending = (HeaderValue: unknown = 'secret') => distribution({ WebACLId: ref('Acl'), Origins: [{ OriginCustomHeaders: [{ HeaderName: 'x-origin', HeaderValue }] }] });

describe('the web ACL of an entry', () => {
  const bare = 'Balancer us-east-1: The public load balancer has neither a web ACL nor a header that only CloudFront knows';
  const behind = (type: string, rule = headerRule()): Resources => ({ Balancer, Listener: listener(type), Rule: rule, Acl: acl('CLOUDFRONT'), Distribution: sending() });
  const cases: Case[] = [
    { name: 'does not apply where nothing is public', system: here({ Inside: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal' }) }), verdict: 'did-not-apply' },
    { name: 'is there', system: here({ Balancer, Acl: acl('REGIONAL'), Own: association(att('Acl')), EdgeAcl: acl('CLOUDFRONT'), Distribution: distribution({ WebACLId: att('EdgeAcl') }) }), verdict: [] },
    { name: 'is missing from a distribution', system: here({ Distribution: distribution({}) }), verdict: ['Distribution us-east-1: The distribution has no web ACL'] },
    { name: 'is of a region, which CloudFront does not take', system: here({ Acl: acl('REGIONAL'), Distribution: distribution({ WebACLId: att('Acl') }) }), verdict: ['Distribution us-east-1: The web ACL is of the wrong scope here'] },
    { name: 'is missing from a load balancer', system: here({ Balancer }), verdict: [bare] },
    { name: 'is missing from a load balancer that says nothing of its scheme', system: here({ Balancer: resource('AWS::ElasticLoadBalancingV2::LoadBalancer') }), verdict: [bare] },
    { name: 'is associated with another load balancer', system: here({ Balancer, Other: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal' }), Acl: acl('REGIONAL'), Own: association(att('Acl'), ref('Other')) }), verdict: [bare] },
    { name: 'is the distribution’s, for a load balancer that answers its header alone', system: here(behind('fixed-response')), verdict: [] },
    { name: 'is gone round where the load balancer forwards by default', system: here(behind('forward')), verdict: [bare] },
    { name: 'is gone round where the load balancer asks for a header that nobody sends', system: here(behind('fixed-response', headerRule('X-Other'))), verdict: [bare] },
    { name: 'may be one that deployment names', system: here({ Balancer, Distribution: distribution({ WebACLId: ref('Given') }), Own: association(ref('Given'), ref('Given')) }), options: { unknown: ['Given'] }, verdict: [] },
  ];
  itJudges(webAcls, cases);
});

describe('what CloudFront looks for in us-east-1', () => {
  const outside = (name: string) => `${name} ap-southeast-1: CloudFront does not find this outside us-east-1`;
  const parts: Resources = {
    Acl: acl('CLOUDFRONT'),
    Logging: resource('AWS::WAFv2::LoggingConfiguration', { ResourceArn: att('Acl') }),
    Certificate: resource('AWS::CertificateManager::Certificate', { DomainName: 'shop.example.com' }),
    Distribution: distribution({ ViewerCertificate: { AcmCertificateArn: ref('Certificate') } }),
    Source: resource('AWS::Logs::DeliverySource', { ResourceArn: { 'Fn::Sub': 'arn:aws:cloudfront::${AWS::AccountId}:distribution/${Distribution}' } }),
  };
  itJudges(usEast1, [
    { name: 'does not apply to web ACLs of a region', system: here({ Acl: acl('REGIONAL') }), verdict: 'did-not-apply' },
    { name: 'is there', system: here(parts), verdict: [] },
    { name: 'is elsewhere', system: here(parts, 'ap-southeast-1'), verdict: ['Acl', 'Logging', 'Certificate', 'Source'].map(outside) },
    { name: 'is named by an ARN of another region', system: here({ Distribution: distribution({ ViewerCertificate: { AcmCertificateArn: 'arn:aws:acm:ap-southeast-1:111122223333:certificate/a' } }) }), verdict: ['Distribution us-east-1: CloudFront does not find what is in ap-southeast-1'] },
    { name: 'may have a scope that deployment decides', system: here({ Acl: acl(ref('Given')) }, 'ap-southeast-1'), options: { unknown: ['Given'] }, verdict: 'did-not-apply' },
  ]);
});

describe('the header by which a load balancer knows CloudFront', () => {
  const asked = (rule: Resources[string], sent?: unknown): Case['system'] => ({ platform: { 'ap-southeast-1': { Balancer, Listener: listener('fixed-response'), Rule: rule } }, edge: { 'us-east-1': { Acl: acl('CLOUDFRONT'), Distribution: sending(sent) } } });
  itJudges(originHeader, [
    { name: 'does not apply where no distribution sends any', system: here({ Balancer, Listener: listener('forward'), Rule: headerRule() }), verdict: 'did-not-apply' },
    { name: 'is the same in another region', system: asked(headerRule()), verdict: [] },
    { name: 'has another name', system: asked(headerRule('X-Other')), verdict: ['Rule ap-southeast-1: No distribution sends the header that the rule asks for'] },
    { name: 'has another value', system: asked(headerRule('X-Origin', 'other')), verdict: ['Rule ap-southeast-1: The rule asks for another value of the header than the distribution sends'] },
    { name: 'may be one of several values that are accepted, while it is rotated', system: asked(headerRule('X-Origin', 'next', 'secret')), verdict: [] },
    { name: 'is none of several values', system: asked(headerRule('X-Origin', 'former', 'next')), verdict: ['former', 'next'].map(() => 'Rule ap-southeast-1: The rule asks for another value of the header than the distribution sends') },
    { name: 'may have a value that deployment gives', system: asked(headerRule('X-Origin', ref('Given')), { 'Fn::ImportValue': 'header' }), options: { unknown: ['Given'] }, verdict: [] },
  ]);
});

describe('a bucket behind a distribution', () => {
  const Control = resource('AWS::CloudFront::OriginAccessControl', { OriginAccessControlConfig: { Name: 'a' } });
  const Bucket = resource('AWS::S3::Bucket');
  const Distribution = distribution({ Origins: [{ DomainName: att('Bucket', 'RegionalDomainName'), OriginAccessControlId: att('Control', 'Id') }] });
  const arn = (name: string) => ({ StringEquals: { 'AWS:SourceArn': { 'Fn::Sub': `arn:aws:cloudfront::\${AWS::AccountId}:distribution/\${${name}}` } } });
  const policy = (statement: object) => resource('AWS::S3::BucketPolicy', { Bucket: ref('Bucket'), PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'cloudfront.amazonaws.com' }, ...statement }] } });
  const all: Resources = { Control, Bucket, Distribution };
  const agreed = resource('AWS::S3::Bucket', { BucketName: { 'Fn::Sub': 'files-${AWS::AccountId}-${AWS::Region}' } });
  const byName = distribution({ Origins: [{ DomainName: { 'Fn::Sub': 'files-${AWS::AccountId}-ap-southeast-1.s3.ap-southeast-1.${AWS::URLSuffix}' }, OriginAccessControlId: att('Control', 'Id') }] });
  itJudges(originBuckets, [
    { name: 'does not apply where there is none', system: here({ Bucket }), verdict: 'did-not-apply' },
    { name: 'admits its distribution', system: here({ ...all, Policy: policy({ Condition: arn('Distribution') }) }), verdict: [] },
    { name: 'has no policy', system: here(all), verdict: ['Bucket us-east-1: No policy lets the distribution read the bucket'] },
    { name: 'does not admit CloudFront', system: here({ ...all, Policy: policy({ Principal: { Service: 'logs.amazonaws.com' } }) }), verdict: ['Policy us-east-1: The policy does not let CloudFront read the bucket'] },
    { name: 'admits every distribution', system: here({ ...all, Policy: policy({}) }), verdict: ["Policy us-east-1: The policy lets everybody's distributions read the bucket"] },
    { name: 'admits another distribution', system: here({ ...all, Other: distribution({}), Policy: policy({ Condition: arn('Other') }) }), verdict: ['Policy us-east-1: The policy admits another distribution than the one that has the bucket as its origin'] },
    { name: 'is known by its agreed name in another region', system: { foundation: { 'ap-southeast-1': { Bucket: agreed } }, edge: { 'us-east-1': { Control, Distribution: byName } } }, verdict: ['Bucket ap-southeast-1: No policy lets the distribution read the bucket'] },
    { name: 'has another name than an origin', system: here({ Control, Bucket: resource('AWS::S3::Bucket', { BucketName: 'other' }), Distribution: byName }), verdict: 'did-not-apply' },
    { name: 'may have a policy that deployment writes', system: here({ ...all, Policy: resource('AWS::S3::BucketPolicy', { Bucket: ref('Bucket'), PolicyDocument: ref('Given') }) }), options: { unknown: ['Given'] }, verdict: [] },
    { name: 'has an origin access control that nobody uses', system: here({ Control }), verdict: ['Control us-east-1: No origin uses the origin access control'] },
  ]);
});

describe('the names of a distribution', () => {
  const record = (Name: unknown) => resource('AWS::Route53::RecordSet', { Name, Type: 'A', AliasTarget: { DNSName: att('Distribution', 'DomainName'), HostedZoneId: 'Z2FDTNDATAQYW2' } });
  const named = (...Aliases: unknown[]) => distribution({ Aliases });
  const given = { unknown: ['Domain'] };
  const domain = { Ref: 'Domain' };
  const sub = (text: string) => ({ 'Fn::Sub': text });
  itJudges(distributionNames, [
    { name: 'are none', system: here({ Balancer }), verdict: 'did-not-apply' },
    { name: 'are aliases with records, also of a domain that deployment gives', system: here({ Distribution: named(domain, '*.example.com'), Record: record(domain), Other: record('www.example.com.') }), options: given, verdict: [] },
    { name: 'are not its aliases', system: here({ Distribution: named(), Record: record(domain) }), options: given, verdict: ['Record us-east-1: The name leads to a distribution that does not answer to it'] },
    { name: 'lead nowhere', system: here({ Distribution: named(domain), Other: resource('AWS::Route53::RecordSet', { Name: 'other.example.com', Type: 'TXT' }) }), options: given, verdict: ['Distribution us-east-1: A name of the distribution leads nowhere'] },
    { name: 'lead nowhere by IPv6', system: here({ Distribution: distribution({ Aliases: [domain], IPV6Enabled: true }), Record: record(domain) }), options: given, verdict: ['Distribution us-east-1: A name of the distribution leads nowhere for clients of IPv6'] },
    { name: 'have an origin that leads nowhere', system: here({ Distribution: distribution({ Aliases: [domain], Origins: [{ DomainName: sub('origin.${Domain}') }] }), Record: record(domain) }), options: given, verdict: ['Distribution us-east-1: The origin of the distribution has a name that leads nowhere'] },
    { name: 'may be what deployment lists', system: here({ Distribution: named({ 'Fn::ImportValue': 'name' }), Record: record(domain) }), options: given, verdict: [] },
  ]);
});
