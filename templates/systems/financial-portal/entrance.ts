import type { Parameters, TemplateBuilder } from '../../../src/cfn';
import { originEntrance, type EntranceSettings, type OriginEntrance } from '../../modules/compute/origin-entrance';
import { originHeaderValue } from '../../modules/edge/origin-header';
import type { FinancialPortalSettings } from './environments';
import { nextOriginHeaderSecretName, originHeaderSecretName } from './secret-names';

/**
 * Seconds in which a target that leaves may finish its requests: as long as the load balancer and CloudFront wait for an answer,
 * and less than the two minutes that a Fargate Spot task has after its warning.
 */
export const drainingSeconds = 60;

/** What the API serves; the web service serves everything else. */
const apiPaths = ['/api/*', '/accounts/*', '/transactions/*'];

/**
 * The entrance for CloudFront, without a port 80. It accepts the header value that CloudFront sends and the one that it sends
 * after the next rotation. A region in which either service has only one healthy task left gives way to the other region.
 */
export function entrance(t: TemplateBuilder<Parameters, FinancialPortalSettings>, settings: EntranceSettings): OriginEntrance<'Web' | 'Api'> {
  const { services, healthPaths } = t.settings;
  const targets = (port: number) => ({ port, healthPath: healthPaths.ready, drainingSeconds, healthyTargetsForDns: 2 });
  return originEntrance(t, {
    ...settings,
    targets: { Web: targets(services.web.port), Api: targets(services.api.port) },
    healthPath: healthPaths.deep,
    healthTarget: 'Api',
    headerValues: [originHeaderValue(originHeaderSecretName(t)), originHeaderValue(nextOriginHeaderSecretName(t))],
    routes: [
      { id: 'ApiRule', priority: 20, paths: apiPaths, to: 'Api' },
      { id: 'WebRule', priority: 30, paths: ['/*'], to: 'Web' },
    ],
    deletionProtection: false,
    crossZone: true,
  });
}
