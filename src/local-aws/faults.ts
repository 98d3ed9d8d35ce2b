/** What every fault can be limited by. */
interface FaultLimits {
  readonly region?: string;
  readonly account?: string;
  /** How often it strikes; without it, until it is removed. */
  readonly times?: number;
  /** From 0 to 1, default 1: always. */
  readonly probability?: number;
  /** For how long it can strike, in seconds from when it is set. */
  readonly seconds?: number;
  /** The words of the failure, in the place of the usual ones. */
  readonly reason?: string;
}

/** A resource operation that fails, or hangs until the fault is removed. What is left out fits everything. */
export interface ResourceFault extends FaultLimits {
  readonly target: 'resource';
  readonly kind: 'fail' | 'hang';
  readonly stackName?: string;
  readonly logicalId?: string;
  readonly resourceType?: string;
  readonly operation?: 'CREATE' | 'UPDATE' | 'DELETE';
}

/**
 * An API call that goes wrong: refused by throttling, by an HTTP error, by expired credentials; never answered; or carried
 * out while its reply is lost. What is left out fits everything.
 */
export interface ApiFault extends FaultLimits {
  readonly target: 'api';
  readonly kind: 'throttle' | 'error' | 'expired' | 'hang' | 'drop';
  /** Service by its signing name, for example `cloudformation`. */
  readonly service?: string;
  /** Name of the action, for example `UpdateStackSet`; method and path for REST services. */
  readonly action?: string;
  /** HTTP status of an `error`. Default 503, which AWS uses for a service that is down. */
  readonly status?: number;
}

/** A fault to set. */
export type FaultSettings = ResourceFault | ApiFault;

/** A fault that is set: its id, and how often it struck. */
export type Fault = FaultSettings & { readonly id: string; readonly struck: number };
