import type { TemplateDefinition } from '../../../src/cfn';
import type { BuildContext } from '../../../src/cfn/context';
import type { Outputs, Parameters } from '../../../src/cfn/parameters';
import type { ResolvedInstance, ResolvedStack, Template } from '../../../src/resolve';
import { environments, type KashaSettings } from '../../../templates/systems/kasha/environments';
import { builtSystem } from '../built-system';

export { jsonIn, ofType } from '../built-system';

export type EnvironmentName = keyof typeof environments;
type Definition = TemplateDefinition<Parameters, Outputs, KashaSettings>;

const kasha = builtSystem({
  system: 'kasha',
  environments,
  regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
  namePattern: '{system}-{resource}-{environment}-{suffix}',
  costCenter: 'kasha',
  compliance: 'pci-dss soc2',
});

/** The context in which Kasha builds its templates. */
export const contextOf = (environment: EnvironmentName): BuildContext<KashaSettings> => kasha.contextOf(environment);

/** A template of Kasha's as it is emitted, before SAM is expanded. */
export const emitted = (definition: Definition, environment: EnvironmentName = 'production'): Template => kasha.emitted(definition, environment);

/** A template of Kasha's as its instance in a region has it; see `builtSystem`. */
export const instanceOf = (definition: Definition, environment: EnvironmentName, region: string, parameters: Readonly<Record<string, string>>, accountId: string): ResolvedInstance =>
  kasha.instanceOf(definition, environment, region, parameters, accountId);

/** The one stack of such an instance. */
export const resolved = (
  definition: Definition,
  region: 'us-east-1' | 'ap-southeast-1' = 'us-east-1',
  environment: EnvironmentName = 'production',
  parameters: Readonly<Record<string, string>> = {},
): ResolvedStack => kasha.stackOf(definition, environment, region, parameters);
