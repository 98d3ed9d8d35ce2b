import { zoneTemplate } from '../../modules/dns/zone-template';

/**
 * The public hosted zone of the environment's sub-domain, when the parameters name no existing one: the root gives it that name as
 * `DomainName`.
 */
export const zone = zoneTemplate('LookCard sub-domain');
