import { zoneTemplate } from '../../modules/dns/zone-template';

/** The public hosted zone of the domain, when the parameters name no existing one. */
export const zone = zoneTemplate('FinTech Global', 400);
