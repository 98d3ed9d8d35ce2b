/** Resolved system and what people have committed themselves to → recovery times and what they are made of. */
export { recoveryOf, type Commitments, type Recovery } from './recovery';
export { detectionSeconds } from './detection';
export { duration, timeParts } from './time-parts';
