import { expect } from 'chai';
import { loadWaivers } from '../../src/check/load-waivers';
import { isRequirement } from '../../src/check/waiver';
import type { Template } from '../../src/resolve';
import { checkout } from '../../src/toolchain';
import { unread } from '../requirements/recording';
import type { Whole } from './whole-system';

/** Every template of every instance, by where it stands. */
export const templatesOf = (whole: Whole): readonly (readonly [place: string, template: Template])[] =>
  unread(() => whole.deployed.flatMap(({ deployment, region, instance }) => [...instance.stacks].map(([path, { template }]) => [`${deployment} ${region} ${path}`, template] as const)));

/** What CloudFormation counts of a template. */
const sizeOf = (template: Template) => ({
  bytes: Buffer.byteLength(JSON.stringify(template)),
  resources: Object.keys(template.Resources ?? {}).length,
  parameters: Object.keys(template.Parameters ?? {}).length,
  outputs: Object.keys(template.Outputs ?? {}).length,
});

/** Asserts that every template is below what CloudFormation takes. */
export function staysBelowLimits(whole: Whole): void {
  for (const [place, template] of templatesOf(whole)) {
    const { bytes, resources, parameters, outputs } = unread(() => sizeOf(template));
    expect(bytes, place).to.be.lessThan(1_000_000);
    expect(resources, place).to.be.within(1, 500);
    expect(parameters, place).to.be.within(1, 200);
    expect(outputs, place).to.be.at.most(200);
  }
}

/**
 * Asserts that a system has waivers, and that each has an owner, a last day within a year, and a reason.
 * @param prefix what the ids of the system's requirements begin with: `CUS`
 */
export function answersForWaivers(system: string, prefix: string): void {
  const waivers = loadWaivers(checkout).filter(({ resource }) => resource.startsWith(`${system}/`));
  expect(waivers).not.to.have.length(0);
  for (const { rule, owner, expires, because, reason } of waivers) {
    expect(owner, rule).to.equal('platform engineering');
    expect(expires <= '2027-11-22', `${rule} ${expires}`).to.equal(true);
    expect(isRequirement(because) ? because.startsWith(`${prefix}-`) : because.startsWith('ADR-'), `${rule} ${because}`).to.equal(true);
    expect(reason.split(' ').length, rule).to.be.greaterThan(4);
  }
}
