import { zoneTemplate } from '../../modules/dns/zone-template';

/** The public hosted zone of the domain itself in the DNS account, when that has none yet. It is emptied and deleted with its environment: who shares a domain between environments gives them one. */
export const parentZone = zoneTemplate('LookCard domain', undefined, 'parent-zone');
