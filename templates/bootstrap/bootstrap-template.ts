import { TemplateBuilder, type Parameters } from '../../src/cfn';
import { render } from '../../src/cfn/render';

/** A plain stack that an account needs before anything is rolled into it. */
export interface BootstrapTemplate {
  readonly stackName: string;
  /** `global` stands once in an account, in us-east-1; `regional` in every region in use. */
  readonly scope: 'global' | 'regional';
  /** The template as text, without white space: it must fit into a request, because there is no bucket to read it from yet. */
  readonly body: string;
}

/** Builds a bootstrap template: there is one copy of it, so it has no environment suffix and its names follow no environment. */
export function bootstrapTemplate(name: string, scope: BootstrapTemplate['scope'], description: string, body: (t: TemplateBuilder<Parameters, unknown>) => void): BootstrapTemplate {
  const t = new TemplateBuilder<Parameters, unknown>(name, { description, parameters: {} }, {
    system: 'meridian',
    environment: 'shared',
    shortEnvironment: 'all',
    namePattern: '{system}-{resource}',
    regions: { primary: 'us-east-1', secondary: 'ap-southeast-1' },
    settings: {},
    tags: { CostCenter: 'platform', Environment: 'shared', Compliance: 'internal', System: 'meridian' },
    bounded: false,
    instances: new Map(),
  });
  delete t.template.Parameters['EnvironmentSuffix'];
  body(t);
  t.finish({});
  return { stackName: `meridian-bootstrap-${name}`, scope, body: JSON.stringify(JSON.parse(render(t.template))) };
}
