import { expect } from 'chai';
import { Fn } from '../../../../src/cfn';
import { origin, originGroup } from '../../../../templates/modules/edge/origin';
import { regionOrigins } from '../../../../templates/modules/edge/region-origins';

const domainName = Fn.Sub('origin.example.com');
const header = { name: 'x-origin-verify', value: Fn.Sub('secret') };
const text = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const custom = { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'], HTTPSPort: 443, OriginReadTimeout: 30, OriginKeepaliveTimeout: 45 };
const named = { Id: 'one', DomainName: { 'Fn::Sub': 'origin.example.com' }, OriginCustomHeaders: [{ HeaderName: 'x-origin-verify', HeaderValue: { 'Fn::Sub': 'secret' } }] };

describe('An origin', () => {
  it('is reached over TLS 1.2, with its header, and for as long as CloudFront tries by itself', () => {
    expect(text(origin('one', { domainName, header }))).to.deep.equal({ ...named, CustomOriginConfig: custom });
  });

  it('is tried as often, and for as long, as is said', () => {
    expect(text(origin('one', { domainName, header, connection: { attempts: 1, timeoutSeconds: 3 }, readTimeoutSeconds: 10, keepaliveSeconds: 5 }))).to.deep.equal({
      ...named,
      ConnectionAttempts: 1,
      ConnectionTimeout: 3,
      CustomOriginConfig: { ...custom, OriginReadTimeout: 10, OriginKeepaliveTimeout: 5 },
    });
  });

  it('gives way to a second one when it is out of order, and not when a page is missing', () => {
    expect(text(originGroup('reading', ['one', 'two']))).to.deep.equal({
      Id: 'reading',
      FailoverCriteria: { StatusCodes: { Quantity: 4, Items: [500, 502, 503, 504] } },
      Members: { Quantity: 2, Items: [{ OriginId: 'one' }, { OriginId: 'two' }] },
    });
  });
});

describe('The origins of two regions', () => {
  it('let a writer wait for the name that fails over, and a reader ask the second region after 13 seconds', () => {
    const { origin: writing, reading } = regionOrigins({ originName: domainName, secondaryName: Fn.Sub('secondary.example.com'), header });
    const once = { header: { name: 'x-origin-verify', value: { 'Fn::Sub': 'secret' } }, connection: { attempts: 1, timeoutSeconds: 3 }, readTimeoutSeconds: 10 };
    expect(text({ writing, reading })).to.deep.equal({
      writing: { domainName: named.DomainName, header: once.header, connection: { attempts: 3, timeoutSeconds: 3 } },
      reading: { origins: [{ domainName: named.DomainName, ...once }, { domainName: { 'Fn::Sub': 'secondary.example.com' }, ...once }] },
    });
  });
});
