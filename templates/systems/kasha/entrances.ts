import type { Parameters, TemplateBuilder } from '../../../src/cfn';
import { internalEntrance } from '../../modules/compute/internal-entrance';
import { originEntrance, type Entrance, type EntranceSettings } from '../../modules/compute/origin-entrance';
import { originHeaderValue } from '../../modules/edge/origin-header';
import type { KashaSettings } from './environments';
import { originHeaderSecretName } from './secret-names';

/** The entrance for CloudFront. Port 80 redirects to HTTPS, as the requirements ask, although no security group lets anyone reach it. */
export function publicEntrance(t: TemplateBuilder<Parameters, KashaSettings>, settings: EntranceSettings): Entrance {
  const { services, healthPaths } = t.settings;
  const { loadBalancer, targetGroups, ready } = originEntrance(t, {
    ...settings,
    targets: { Frontend: { port: services.frontend.port, healthPath: healthPaths.live } },
    healthPath: healthPaths.deep,
    healthTarget: 'Frontend',
    headerValues: [originHeaderValue(originHeaderSecretName(t))],
    routes: [{ id: 'CloudFrontRule', priority: 20, to: 'Frontend' }],
    redirect: true,
    deletionProtection: t.settings.protected,
  });
  return { loadBalancer, targetGroup: targetGroups.Frontend, ready };
}

/** The entrance for the frontend: HTTPS inside the VPC under the name that the private zone gives, `backend.<domain>`. */
export function backendEntrance(t: TemplateBuilder<Parameters, KashaSettings>, settings: EntranceSettings): Entrance {
  const { services, healthPaths } = t.settings;
  const { port } = services.backend;
  return internalEntrance(t, 'Backend', { ...settings, name: 'backend-alb', port, target: { port, healthPath: healthPaths.live }, deletionProtection: t.settings.protected });
}
