/** Resolved system and what people have committed themselves to → recovery times and what they are made of. */
export { aliasTtlSeconds, recoveryOf, type Commitments, type Recovery } from './recovery';
export { detectionSeconds } from './detection';
export { duration, timeParts, type TimePart } from './time-parts';
