import type { SarifRuleBuilder, SarifRunBuilder } from 'node-sarif-builder';
import { controlsOf, type Framework, type Register } from '../controls/register';

type Taxonomy = NonNullable<SarifRunBuilder['run']['taxonomies']>[number];

type Relationship = NonNullable<SarifRuleBuilder['rule']['relationships']>[number];

/**
 * The frameworks that some rules serve, as SARIF taxonomies: each with those of its controls that are named.
 * @param named the controls of all rules reported, by name
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html (3.19.3, taxonomies)
 */
export function taxonomies({ frameworks }: Register, named: ReadonlySet<string>): Taxonomy[] {
  return frameworks
    .map((framework) => ({ framework, controls: controlsOf(framework).filter(({ name }) => named.has(name)) }))
    .filter(({ controls }) => controls.length > 0)
    .map(({ framework: { short, framework: fullName, version, source }, controls }) => ({
      name: short,
      fullName,
      version,
      informationUri: source,
      isComprehensive: false,
      taxa: controls.map(({ id, title }) => ({ id, shortDescription: { text: title } })),
    }));
}

/** How a rule relates to the controls that it serves: it is relevant for them, never all that they ask. */
export function relationships({ frameworks }: Register, controls: readonly string[]): Relationship[] {
  return controls.flatMap((control) => {
    const framework = frameworks.find((each) => serves(each, control));
    return framework ? [{ target: { id: control.slice(framework.short.length + 1), toolComponent: { name: framework.short } }, kinds: ['relevant'] }] : [];
  });
}

function serves({ short, controls }: Framework, control: string): boolean {
  return control.startsWith(`${short} `) && controls[control.slice(short.length + 1)] !== undefined;
}
