/**
 * What the portal has promised its users: of all requests of thirty days, this percentage is answered without an error of ours, and
 * the same percentage within these seconds. docs/systems/financial-portal-slo.md says what follows from it.
 */
export const objectives = { goodPercent: 99.95, answersWithin: 2 } as const;
