/** Resolved system, SLA figures and assumptions → availability and minutes lost. */
export { minutesDown, minutesOfThirtyDays } from './arithmetic';
export { assumptions, reasons, type Assumptions } from './assumptions';
export { availabilityOf, type Availability } from './availability';
export type { Figured } from './dependency';
export type { Estimate } from './estimate';
export { readSlaFigures, type SlaFigure } from './sla';
