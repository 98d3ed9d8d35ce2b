import { Fn, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { internalEntrance } from '../../modules/compute/internal-entrance';
import { originEntrance, type Entrance, type EntranceSettings, type OriginEntrance } from '../../modules/compute/origin-entrance';
import type { TargetGroupSettings } from '../../modules/compute/target-group';
import { originHeaderValue } from '../../modules/edge/origin-header';
import { apiPath, apiStageName } from './api-names';
import type { CustomerPortalSettings } from './environments';
import { nextOriginHeaderSecretName, originHeaderSecretName } from './secret-names';

type Builder = TemplateBuilder<Parameters, CustomerPortalSettings>;

/**
 * How a load balancer looks after the tasks of a service. A task that fails is out after 20 seconds. One that leaves has a minute for
 * its requests: longer than API Gateway waits for an answer, and less than the two minutes that a Fargate Spot task has after its
 * warning.
 */
function targets({ settings }: Builder, name: keyof CustomerPortalSettings['services']): Omit<TargetGroupSettings, 'vpcId'> {
  return { port: settings.services[name].port, healthPath: settings.healthPaths.ready, intervalSeconds: 10, unhealthyThreshold: 2, drainingSeconds: 60 };
}

/**
 * The entrance for CloudFront. It accepts the header value that CloudFront sends and the one that it sends after the next rotation.
 * Port 80 redirects to HTTPS, as the requirements ask, although no security group lets anyone reach it.
 */
export function publicEntrance(t: Builder, settings: EntranceSettings): OriginEntrance<'Frontend' | 'Backend'> {
  return originEntrance(t, {
    ...settings,
    targets: { Frontend: targets(t, 'frontend'), Backend: targets(t, 'backend') },
    healthPath: t.settings.healthPaths.deep,
    healthTarget: 'Backend',
    headerValues: [originHeaderValue(originHeaderSecretName(t)), originHeaderValue(nextOriginHeaderSecretName(t))],
    routes: [
      { id: 'BackendRule', priority: 20, paths: [`/${apiPath}/*`], to: 'Backend' },
      { id: 'FrontendRule', priority: 30, paths: ['/*'], to: 'Frontend' },
    ],
    redirect: true,
    deletionProtection: false,
  });
}

/**
 * The entrance for API Gateway, whose requests carry a key instead of CloudFront's header. It leads to the backend's API alone.
 * AWS says that API Gateway puts the stage's name before the path of a private integration, and shows examples without it; the
 * backend gets the same path either way.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/private-integration.html
 */
export function apiEntrance(t: Builder, settings: EntranceSettings): Entrance {
  const stage = apiStageName(t).text;
  return internalEntrance(t, 'Api', {
    ...settings,
    name: 'api-alb',
    port: 443,
    target: targets(t, 'backend'),
    paths: [`/${apiPath}/*`, Fn.Sub(`/${stage}/${apiPath}/*`)],
    rewrite: { pattern: Fn.Sub(`^/${stage}(/${apiPath}/.*)$`), replacement: '$1' },
    deletionProtection: false,
  });
}
