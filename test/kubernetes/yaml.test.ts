import { expect } from 'chai';
import { manifestYaml, readManifestYaml } from '../../src/kubernetes/yaml';
import { MeridianError } from '../../src/errors';

describe('Manifests as YAML', () => {
  it('have the same bytes for the same objects, whatever the order of their keys', () => {
    const text = manifestYaml([{ kind: 'A', apiVersion: 'v1', spec: { b: 1, a: ['x'] } }, { kind: 'B' }]);
    expect(text).to.equal('apiVersion: v1\nkind: A\nspec:\n  a:\n    - x\n  b: 1\n---\nkind: B\n');
    expect(manifestYaml([{ spec: { a: ['x'], b: 1 }, apiVersion: 'v1', kind: 'A' }, { kind: 'B' }])).to.equal(text);
  });

  it('keep texts that kubectl would read as something else', () => {
    const object = { data: { on: 'on', number: '0644', yes: 'yes', colon: 'arn:aws:a', lines: 'a\nb\n', long: 'word '.repeat(60), empty: '', date: '2026-01-01', hex: '0x10', sexagesimal: '12:30:45' } };
    expect(readManifestYaml('x.yaml', manifestYaml([object]))).to.deep.equal([object]);
    expect(manifestYaml([object])).to.match(/: "on"$/m).and.to.match(/: "0644"$/m).and.to.match(/: "12:30:45"$/m);
  });

  it('write out what several objects share', () => {
    const labels = { name: 'a' };
    expect(manifestYaml([{ one: labels, two: labels }])).to.equal('one:\n  name: a\ntwo:\n  name: a\n');
  });

  for (const [what, text] of [['a list', '- a\n'], ['broken YAML', 'a: [\n'], ['a text', 'hello\n']] as const) {
    it(`refuses ${what} with the file`, () => {
      expect(() => readManifestYaml('kubernetes/40-api.yaml', text)).to.throw(MeridianError, /^Manifest kubernetes\/40-api\.yaml unreadable: .*\. Run "meridian build" again\.$/);
    });
  }
});
