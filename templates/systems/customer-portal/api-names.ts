import type { Name, Parameters, TemplateBuilder } from '../../../src/cfn';

/** The first part of the paths that the backend serves; the frontend serves everything else. */
export const apiPath = 'api';

/** Name of the stage of API Gateway that clients with a key call. */
export const apiStageName = (t: TemplateBuilder<Parameters, unknown>): Name => t.resourceName('stage');
