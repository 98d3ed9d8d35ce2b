import { costTemplate } from '../../modules/cost/cost-template';

/** What the cost centre may spend in a month, and who hears when it does. */
export const cost = costTemplate('LookCard');
