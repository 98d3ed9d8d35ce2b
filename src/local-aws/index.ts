/** The local AWS from Node: start, stop and steer it, and configure SDK clients for it. */
export { LOCAL_ACCOUNT, localClientConfig, type LocalClientConfig } from './clients';
export { type CallCount, type Coverage, LocalAwsControl, type Pace, type ServiceEvent, type StackCoverage } from './control';
export { type DetachedState, type DetachedStatus, detachedStatus, startDetached, stopDetached } from './detached';
export type { EmulatorOptions } from './emulator-process';
export type { ApiFault, Fault, FaultSettings, ResourceFault } from './faults';
export { type LocalAws, startLocalAws } from './start';
