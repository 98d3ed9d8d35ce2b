import { expect } from 'chai';
import { Fn } from '../../../../src/cfn';
import { originAccessControl } from '../../../../templates/modules/edge/bucket-origin';
import { distribution, type DistributionSettings } from '../../../../templates/modules/edge/distribution';
import { regionOrigins } from '../../../../templates/modules/edge/region-origins';
import { builderOf } from '../../../cfn/builder';
import { properties } from '../emitting';

type Config = Readonly<Record<string, any>>;

const { origin, reading } = regionOrigins({ originName: Fn.Sub('origin.example.com'), secondaryName: Fn.Sub('secondary.example.com'), header: { name: 'x-origin', value: Fn.Sub('secret') } });
const uncached = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';

function configOf(settings: Partial<DistributionSettings>, t = builderOf()): Config {
  const named = { comment: 'a', domainName: Fn.Sub('example.com'), certificateArn: Fn.Sub('certificate'), webAclArn: Fn.Sub('acl'), responseHeadersPolicyId: Fn.Sub('headers') };
  distribution(t, 'Distribution', { ...named, origin, paths: [], ...settings });
  return properties(t, 'Distribution')['DistributionConfig'] as Config;
}

const behaviours = ({ DefaultCacheBehavior, CacheBehaviors }: Config): unknown =>
  [...CacheBehaviors, DefaultCacheBehavior].map(({ PathPattern, TargetOriginId, AllowedMethods, CachePolicyId }: Config) => [PathPattern, TargetOriginId, AllowedMethods.length, CachePolicyId] as unknown);

describe('A distribution', () => {
  it('sends everything to its origin, with all methods and uncached, when nothing is said', () => {
    const config = configOf({});
    expect(behaviours(config)).to.deep.equal([[undefined, 'load-balancer', 7, uncached]]);
    expect(config['OriginGroups']).to.equal(undefined);
  });

  it('asks two origins for what is only read, also where that is the rest', () => {
    const config = configOf({ reading, otherMethods: 'read', paths: [{ pathPattern: '/api/*', methods: 'write' }] });
    expect(behaviours(config)).to.deep.equal([['/api/*', 'load-balancer', 7, uncached], [undefined, 'reading', 3, uncached]]);
    expect(config['OriginGroups'].Items.map(({ Id }: Config): unknown => Id)).to.deep.equal(['reading']);
  });

  it('lets no path write that two origins answer, which CloudFront refuses', () => {
    const paths = [{ pathPattern: '/history/*' }, { pathPattern: '/api/*', methods: 'write' as const }, { pathPattern: '/api/files/*', methods: 'read' as const }];
    const config = configOf({ reading, paths });
    expect(config['CacheBehaviors'].map(({ PathPattern }: Config): unknown => PathPattern)).to.deep.equal(paths.map(({ pathPattern }) => pathPattern));
    const taken = [...config['CacheBehaviors'], config['DefaultCacheBehavior']].filter(({ TargetOriginId }: Config) => TargetOriginId === 'reading').map(({ AllowedMethods }: Config): unknown => AllowedMethods);
    expect(taken).to.deep.equal([['GET', 'HEAD', 'OPTIONS'], ['GET', 'HEAD', 'OPTIONS']]);
  });

  for (const viewerTls of [undefined, 'TLSv1.2_2025', 'TLSv1.3_2025'] as const) {
    it(`asks viewers for ${viewerTls ?? 'TLSv1.2_2021, when nothing is said,'} at least`, () => {
      expect(configOf({ viewerTls })['ViewerCertificate']).to.deep.equal({ AcmCertificateArn: { 'Fn::Sub': 'certificate' }, MinimumProtocolVersion: viewerTls ?? 'TLSv1.2_2021', SslSupportMethod: 'sni-only' });
    });
  }

  it('serves every country when nothing is said, and refuses those that are blocked', () => {
    expect(configOf({})['Restrictions']).to.deep.equal({ GeoRestriction: { RestrictionType: 'none' } });
    expect(configOf({ blockedCountries: ['IR', 'CU'] })['Restrictions']).to.deep.equal({ GeoRestriction: { RestrictionType: 'blacklist', Locations: ['CU', 'IR'] } });
  });

  it('refuses two origins for reading where nothing is only read', () => {
    expect(() => configOf({ reading, paths: [{ pathPattern: '/api/*', methods: 'write' }] })).to.throw('Distribution Distribution: it has origins for reading, and no path that is only read. Give it such a path, or leave `reading` out.');
  });

  it('reads files of one bucket without a group', () => {
    const t = builderOf();
    const accessControlId = originAccessControl(t, 'Files', 'files').att('Id');
    const config = configOf({ files: { pathPattern: '/static/*', buckets: [{ name: t.resourceName('files'), region: 'us-east-1' }], accessControlId } }, t);
    expect(config['OriginGroups']).to.equal(undefined);
    expect(config['CacheBehaviors'].map(({ PathPattern, TargetOriginId }: Config): unknown => [PathPattern, TargetOriginId])).to.deep.equal([['/static/*', 'files-first']]);
    expect(config['Origins'].map(({ Id }: Config): unknown => Id)).to.deep.equal(['load-balancer', 'files-first']);
  });

  it('answers other names beside the domain', () => {
    expect(configOf({ otherNames: [Fn.Sub('other.example.com')] })['Aliases']).to.deep.equal([{ 'Fn::Sub': 'example.com' }, { 'Fn::Sub': 'other.example.com' }]);
  });

  it('reads files of two buckets before all other paths, signed, cached, and from the second where the first has none', () => {
    const t = builderOf();
    const access = originAccessControl(t, 'Access', 'files');
    const files = t.resourceName('files', 'world');
    const config = configOf({
      paths: [{ pathPattern: '/*.png' }],
      files: { pathPattern: '/static/*', accessControlId: access.att('Id'), buckets: [{ name: files.in('us-east-1'), region: 'us-east-1' }, { name: files.in('ap-southeast-1'), region: 'ap-southeast-1' }] },
    }, t);
    expect(behaviours(config)).to.deep.equal([['/static/*', 'files', 2, '658327ea-f89d-4fab-a63d-7e88639e58f6'], ['/*.png', 'load-balancer', 3, uncached], [undefined, 'load-balancer', 7, uncached]]);
    expect(config['CacheBehaviors'][0].OriginRequestPolicyId).to.equal(undefined);
    const bucket = (Id: string, region: string) => ({
      Id,
      DomainName: { 'Fn::Sub': `kasha-files-prod-\${EnvironmentSuffix}-\${AWS::AccountId}-${region}.s3.${region}.\${AWS::URLSuffix}` },
      ConnectionAttempts: 1,
      ConnectionTimeout: 3,
      OriginAccessControlId: { 'Fn::GetAtt': ['Access', 'Id'] },
      S3OriginConfig: { OriginAccessIdentity: '', OriginReadTimeout: 10 },
    });
    expect(config['Origins'].slice(1)).to.deep.equal([bucket('files-first', 'us-east-1'), bucket('files-second', 'ap-southeast-1')]);
    expect(config['OriginGroups']).to.deep.equal({
      Quantity: 1,
      Items: [{ Id: 'files', FailoverCriteria: { StatusCodes: { Quantity: 5, Items: [403, 500, 502, 503, 504] } }, Members: { Quantity: 2, Items: [{ OriginId: 'files-first' }, { OriginId: 'files-second' }] } }],
    });
    expect(properties(t, 'Access')['OriginAccessControlConfig']).to.deep.include({ OriginAccessControlOriginType: 's3', SigningBehavior: 'always', SigningProtocol: 'sigv4' });
  });
});
