import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { severities } from '../../src/check/finding';
import { operators } from '../../src/mutate/operators';
import { build } from '../../src/build/build';
import { readTemplates } from '../../src/check/read-templates';
import type { Resource } from '../../src/mutate/operator';
import { waitingOperators } from '../../src/mutate/waiting';
import { systems } from '../../templates/systems';
import { networkFixtures } from './fixtures/network';
import { securityFixtures } from './fixtures/security';
import { workloadFixtures } from './fixtures/workloads';

const fixtures = [...networkFixtures, ...securityFixtures, ...workloadFixtures];
const control = /^(PCI DSS 4\.0\.1 \d+(\.\d+)*|NIST 800-53 r5 [A-Z]{2}-\d+(\(\d+\))?|SOC 2 (CC|A)\d\.\d|CIS AWS 5\.0\.0 \d+(\.\d+)+|MAS TRM 2021 \d+(\.\d+)*|GDPR Art\. \d+)$/;

describe('mutation operators', () => {
  it('are at least sixty, each with an id of its own', () => {
    const ids = operators.map(({ id }) => id);
    expect(ids.length).to.be.at.least(60);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).to.deep.equal([]);
    expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id))).to.deep.equal([]);
  });

  it('say how bad they are and which controls they violate', () => {
    const wrong = operators.filter(({ severity, controls }) => !severities.includes(severity) || controls.length === 0 || !controls.every((one) => control.test(one)));
    expect(wrong.map(({ id, controls }) => `${id}: ${controls.join(', ')}`)).to.deep.equal([]);
  });

  it('cover every severity and more than forty types', () => {
    expect(new Set(operators.map(({ severity }) => severity)).size).to.equal(severities.length);
    expect(new Set(operators.flatMap(({ types }) => types)).size).to.be.greaterThan(40);
  });

  for (const operator of operators) {
    it(`${operator.id} alters each of its types, and leaves what it was given as it was`, () => {
      for (const type of operator.types) {
        const resources = fixtures.filter(({ Type }) => Type === type);
        const before = JSON.stringify(resources);
        const alterations = resources.flatMap((resource) => operator.mistake(resource).map((alteration) => ({ resource, alteration })));
        expect(alterations, type).to.have.length.greaterThan(0);
        for (const { resource, alteration } of alterations) expect(alteration.resource, `${type} ${alteration.place}`).to.not.deep.equal(resource);
        expect(JSON.stringify(resources), type).to.equal(before);
      }
    });
  }

  describe('in the production environments of the catalogue', () => {
    const dist = mkdtempSync(join(tmpdir(), 'meridian-operators-'));
    const resources: Resource[] = [];

    before(async () => {
      const built = await build({ dist, systems, environments: ['production', 'shared'] });
      for (const manifest of built) {
        for (const { body } of readTemplates(dist, manifest)) resources.push(...Object.values(body.Resources as Readonly<Record<string, Resource>>));
      }
    });

    after(() => rmSync(dist, { recursive: true, force: true }));

    it('have a place, or are listed as waiting for one', () => {
      const waiting = waitingOperators(operators, resources);
      const list = (waitsFor: string): string => waiting.filter((one) => one.waitsFor === waitsFor).map(({ operator }) => operator.id).join(', ');
      console.log(`      ${operators.length - waiting.length} of ${operators.length} operators have a place; waiting for a type: ${list('type')}; for a place: ${list('place')}`);
      expect(operators.length - waiting.length).to.be.at.least(60);
    });
  });
});
