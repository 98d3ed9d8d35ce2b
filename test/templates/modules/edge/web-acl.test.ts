import { expect } from 'chai';
import { webAcl, type WebAclSettings } from '../../../../templates/modules/edge/web-acl';
import { builderOf } from '../../../cfn/builder';
import { properties } from '../emitting';
import { value } from '../compute/behind-load-balancer';

/** A template with a web ACL of these options. */
function guarded(options: Partial<WebAclSettings> = {}) {
  const t = builderOf();
  webAcl(t, 'Acl', { name: 'web', requestsPerFiveMinutes: 2000, keyArn: value('key'), ...options });
  return t;
}

describe('The web ACL module', () => {
  it('is for CloudFront unless it is to guard something in a region', () => {
    expect(properties(guarded(), 'Acl')).to.include({ Scope: 'CLOUDFRONT' });
    expect(properties(guarded({ scope: 'REGIONAL' }), 'Acl')).to.include({ Scope: 'REGIONAL' });
  });

  it('counts requests before a managed rule refuses them', () => {
    const rules = properties(guarded(), 'Acl')['Rules'] as readonly { readonly Name: string; readonly Priority: number }[];
    expect(rules.map(({ Name, Priority }) => [Priority, Name])[0]).to.deep.equal([0, 'rate']);
  });

  it('keeps the headers out of its log that hold secrets', () => {
    const redacted = (options?: Partial<WebAclSettings>) => (properties(guarded(options), 'AclLogging')['RedactedFields'] as readonly { readonly SingleHeader: { readonly Name: string } }[]).map(({ SingleHeader }) => SingleHeader.Name);
    expect(redacted()).to.deep.equal(['authorization', 'cookie']);
    expect(redacted({ secretHeaders: ['x-api-key'] })).to.deep.equal(['authorization', 'cookie', 'x-api-key']);
  });
});
