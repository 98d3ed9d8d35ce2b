/** Resolved system → who can open which TCP port on what, and what load balancers pass on. */
export { attempts, type Attempt, type RegionReach } from './answer';
export type { Connection, ConnectionState, Outcome } from './connection';
export { openPaths, type OpenPath } from './open-paths';
export type { Place } from './place';
export { portText } from './ports';
export { regionReach, regionsWithNetwork } from './region-reach';
export type { RequestRoute } from './requests';
export type { Hop } from './step';
