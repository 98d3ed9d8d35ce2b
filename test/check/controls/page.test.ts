import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { controlPages } from '../../../scripts/generate-controls-docs';
import { loadRegister } from '../../../src/check/controls';
import { checkout } from '../../../src/toolchain';

const renew = '"npx ts-node scripts/generate-controls-docs.ts" brings it up to date';

describe('the pages of controls', function () {
  this.timeout(600_000);
  let pages: ReadonlyMap<string, string>;
  before(async () => {
    pages = await controlPages();
  });
  const registered = (slug: string): readonly string[] => {
    const framework = loadRegister(join(checkout, 'rules', 'controls')).frameworks.find((each) => each.slug === slug)!;
    return Object.keys(framework.controls);
  };
  const idsOn = (page: string): string[] => [...pages.get(page)!.matchAll(/^\| ([A-Z]*\d[\w.-]*) \|/gm)].map(([, id = '']) => id);

  for (const page of ['docs/controls.md', 'docs/controls/soc2.md', 'docs/controls/pci-dss.md', 'docs/systems/lookcard-pci.md']) {
    it(`${page} says what the rules and templates say; ${renew}`, () => {
      expect(readFileSync(join(checkout, page), 'utf8')).to.equal(pages.get(page));
    });
  }

  it('LKC-91 LKC-92 map every registered control once, to what proves it or to nothing', () => {
    for (const [page, slug] of [['docs/controls/soc2.md', 'soc-2'], ['docs/controls/pci-dss.md', 'pci-dss']] as const) {
      const ids = idsOn(page);
      expect([...ids].sort(), page).to.deep.equal([...registered(slug)].sort());
      expect(ids.length, page).to.be.greaterThan(10);
    }
  });

  it('LKC-92 show that nobody but load balancers, services and their helpers opens a connection into the cardholder data environment', () => {
    const [, table = ''] = /## Connected to it[^\n]*\n([\s\S]*?)\n## /.exec(pages.get('docs/systems/lookcard-pci.md')!) ?? [];
    const from = [...table.matchAll(/^\| `([\w.-]+)` \|/gm)].map(([, name = '']) => name);
    expect(from).to.include.members(['load-balancer', 'admin-api', 'cron-settlement']);
    expect(from).not.to.include.members(['internet', 'cloudfront', 'web-app', 'notification-api', 'crypto-listener']);
    expect(table).to.contain('From the internet or CloudFront directly: nothing.');
  });
});
