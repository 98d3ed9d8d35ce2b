import type { TemplateDefinition } from '../../../src/cfn';
import type { BuildContext } from '../../../src/cfn/context';
import type { Outputs, Parameters } from '../../../src/cfn/parameters';
import type { ResolvedInstance, ResolvedStack, Template } from '../../../src/resolve';
import { environments, type FintechGlobalSettings } from '../../../templates/systems/fintech-global/environments';
import { builtSystem } from '../built-system';

export { jsonIn, ofType, resourceOf, resourcesOf } from '../built-system';

export type EnvironmentName = keyof typeof environments;
type Definition = TemplateDefinition<Parameters, Outputs, FintechGlobalSettings>;

/** The environments, for what must hold in each. */
export const environmentNames: readonly EnvironmentName[] = ['production', 'staging', 'develop'];

/** Both regions, the primary first. */
export const bothRegions = ['us-east-1', 'ap-southeast-1'] as const;

/** The account of all resolved templates. */
export const account = '111122223333';

const platform = builtSystem({
  system: 'fintech-global',
  environments,
  regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
  namePattern: 'fintechglobal-{resource}-{environment}-{suffix}',
  costCenter: 'fintech-global',
  compliance: 'pci-dss soc2',
  nameTags: true,
});

/** The context in which the platform builds its templates. */
export const contextOf = (environment: EnvironmentName = 'production'): BuildContext<FintechGlobalSettings> => platform.contextOf(environment);

/** A template of the platform's as it is emitted, before SAM is expanded. */
export const emitted = (definition: Definition, environment: EnvironmentName = 'production'): Template => platform.emitted(definition, environment);

/** A template of the platform's as its instance in a region has it; see `builtSystem`. */
export const instanceOf = (definition: Definition, environment: EnvironmentName = 'production', region = 'us-east-1', parameters: Readonly<Record<string, string>> = {}): ResolvedInstance =>
  platform.instanceOf(definition, environment, region, parameters, account);

/** The one stack of such an instance. */
export const resolved = (
  definition: Definition,
  region: 'us-east-1' | 'ap-southeast-1' = 'us-east-1',
  environment: EnvironmentName = 'production',
  parameters: Readonly<Record<string, string>> = {},
): ResolvedStack => platform.stackOf(definition, environment, region, parameters);
