import { TemplateBuilder } from '../../src/cfn';
import type { BuildContext } from '../../src/cfn/context';

/** The context of a system named kasha in production. */
export const context: BuildContext = {
  system: 'kasha',
  environment: 'production',
  shortEnvironment: 'prod',
  namePattern: '{system}-{resource}-{environment}-{suffix}',
  regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
  settings: {},
  tags: { CostCenter: 'tests', Environment: 'production', Compliance: 'none', System: 'kasha' },
  bounded: true,
  instances: new Map(),
};

/** A builder of an empty template. */
export const builderOf = (): TemplateBuilder<Record<string, never>, unknown> => new TemplateBuilder('test', { description: 'test', parameters: {} }, context);
