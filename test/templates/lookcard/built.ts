import type { TemplateDefinition } from '../../../src/cfn';
import type { BuildContext } from '../../../src/cfn/context';
import type { Outputs, Parameters } from '../../../src/cfn/parameters';
import type { ResolvedInstance, ResolvedStack, Template } from '../../../src/resolve';
import { environments, type LookcardSettings } from '../../../templates/systems/lookcard/environments';
import { builtSystem } from '../built-system';

export { jsonIn, ofType, resourceOf, resourcesOf } from '../built-system';

export type EnvironmentName = keyof typeof environments;
type Definition = TemplateDefinition<Parameters, Outputs, LookcardSettings>;

/** The environments, for what must hold in each. */
export const environmentNames: readonly EnvironmentName[] = ['production', 'staging', 'testing', 'develop', 'sandbox'];

/** Both regions of production, the primary first. */
export const bothRegions = ['ap-southeast-1', 'us-east-1'] as const;

/** The regions in which an environment stands: the second only where there is a pilot light. */
export const regionsOf = (environment: EnvironmentName): readonly [(typeof bothRegions)[number], ...(typeof bothRegions)[number][]] => (environments[environment].settings.pilotLight ? bothRegions : ['ap-southeast-1']);

/** The account of all resolved templates. */
const account = '111122223333';

const platform = builtSystem({
  system: 'lookcard',
  environments,
  regions: { primary: 'ap-southeast-1', secondary: 'us-east-1' },
  namePattern: 'lookcard-{resource}-{environment}-{suffix}',
  costCenter: 'lookcard',
  compliance: 'pci-dss soc2',
  nameTags: true,
});

/** The context in which the platform builds its templates. */
export const contextOf = (environment: EnvironmentName = 'production'): BuildContext<LookcardSettings> => platform.contextOf(environment);

/** A template of the platform's as it is emitted, before SAM is expanded. */
export const emitted = (definition: Definition, environment: EnvironmentName = 'production'): Template => platform.emitted(definition, environment);

/** A template of the platform's as its instance in a region has it; see `builtSystem`. */
export const instanceOf = (definition: Definition, environment: EnvironmentName = 'production', region = 'ap-southeast-1', parameters: Readonly<Record<string, string>> = {}): ResolvedInstance =>
  platform.instanceOf(definition, environment, region, parameters, account);

/** The one stack of such an instance. */
export const resolved = (
  definition: Definition,
  region: 'ap-southeast-1' | 'us-east-1' = 'ap-southeast-1',
  environment: EnvironmentName = 'production',
  parameters: Readonly<Record<string, string>> = {},
): ResolvedStack => platform.stackOf(definition, environment, region, parameters);
