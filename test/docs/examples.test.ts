import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { render } from '../../src/cfn/render';
import { checkout } from '../../src/toolchain';
import { orders } from './orders-system';
import { fences, page, pages, prose } from './pages';

describe('Examples in the documentation', () => {
  for (const { file, note = '', code } of pages.flatMap((each) => fences(each).map((fence) => ({ file: each.file, ...fence })))) {
    const [, source] = /^embedded: (\S+)$/.exec(note) ?? [];
    if (source === undefined) continue;
    it(`${file} shows ${source} as it is: ${code.trim().split('\n')[0]}`, () => {
      expect(readFileSync(join(checkout, source), 'utf8')).to.contain(code);
    });
  }

  it('include no TypeScript that is not embedded from a file', () => {
    const loose = pages.flatMap((each) => fences(each).filter(({ language, note }) => language === 'ts' && !note?.startsWith('embedded: ')).map(({ code }) => `${each.file}: ${code}`));
    expect(loose).to.deep.equal([]);
  });

  it('show what the example really emits', () => {
    const shown = fences(page('docs/architecture.md')).find(({ note }) => note === 'emitted: platform/root');
    const platform = orders.build('production').deployments.find(({ name }) => name === 'platform');
    const { Parameters } = JSON.parse(render(platform!.root.template)) as { readonly Parameters: object };
    expect(Parameters).to.deep.include((JSON.parse(shown!.code) as { readonly Parameters: object }).Parameters);
  });

  it('name files and folders of the project that exist', () => {
    const paths = pages.flatMap((each) => [...prose(each).matchAll(/`((?:src|templates|emulator|scripts|rules|test|docs|parameters|bin)\/[\w./-]*)`/g)].map(([, path = '']) => `${each.file}: ${path}`));
    expect(paths).not.to.be.empty;
    expect(paths.filter((path) => !existsSync(join(checkout, path.split(': ')[1] ?? '')))).to.deep.equal([]);
  });

  it('hold no path of anybody’s machine and no developer’s home', () => {
    const machine = /(?:^|[\s`"'(=])(?:\/(?:tmp|home|Users|root|work|var\/folders|private)\/|~\/|[A-Z]:\\)/m;
    expect(pages.filter(({ text }) => machine.test(text)).map(({ file }) => file)).to.deep.equal([]);
  });
});
