import type { Fault, FaultSettings } from './faults';
import { MeridianError } from '../errors';

const TIME_LIMIT_MS = 30_000;

/** Simulated provisioning time. */
export interface Pace {
  /** Share of the time that AWS typically takes: 0 is instant, 0.001 plays ten minutes in 0.6 s, 1 is real time. */
  readonly scale: number;
  /** Factors by region, for a region that is slower than the others. Default 1. */
  readonly regions: Readonly<Record<string, number>>;
  /** Seconds at scale 1 by resource type, in the place of the typical ones. */
  readonly seconds: Readonly<Record<string, number>>;
}

/** One kind of API call and how often it was made. */
export interface CallCount {
  readonly service: string;
  /** Name of the API action; method and path for REST services such as S3. */
  readonly action: string;
  readonly region: string;
  readonly account: string;
  /** Whether it may change something. */
  readonly mutating: boolean;
  readonly count: number;
}

/** Resources of one stack by what stands behind them. */
export interface StackCoverage {
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
  readonly stackId: string;
  /** The stack that nests it; null for a root. */
  readonly parentId: string | null;
  readonly emulated: number;
  readonly recorded: number;
}

/** What stands behind the resources of the stacks that exist: a service's behaviour, or a record only. */
export interface Coverage {
  readonly types: Readonly<Record<string, 'emulated' | 'recorded'>>;
  readonly stacks: readonly StackCoverage[];
}

/** An event as an AWS service sends it to the default event bus; nobody else may use such a source. */
export interface ServiceEvent {
  readonly account: string;
  readonly region: string;
  /** For example `aws.ecs`. */
  readonly source: string;
  /** For example `ECS Service Action`. */
  readonly detailType: string;
  readonly detail: Readonly<Record<string, unknown>>;
  /** ARNs. @default none */
  readonly resources?: readonly string[];
}

/** A client of the control endpoint of the local AWS, `<endpoint>/_meridian/…`. Every method throws a MeridianError when it does not answer, or refuses. */
export class LocalAwsControl {
  /** @param endpoint address of the local AWS, for example `http://127.0.0.1:4566` */
  constructor(readonly endpoint: string) {}

  /** Whether it answers, and its process id. */
  health(timeLimitMs = TIME_LIMIT_MS): Promise<{ readonly status: 'ok'; readonly pid: number }> {
    return this.call('GET', 'health', undefined, timeLimitMs);
  }

  /** The pace as it is set. */
  pace(): Promise<Pace> {
    return this.call('GET', 'pace');
  }

  /** Sets the pace, for what is under way too; what is left out goes back to its default. */
  setPace(pace: Partial<Pace>): Promise<Pace> {
    return this.call('PUT', 'pace', pace);
  }

  /** The faults that can still strike. */
  async faults(): Promise<readonly Fault[]> {
    return (await this.call<{ faults: readonly Fault[] }>('GET', 'faults')).faults;
  }

  /** Sets a fault. */
  addFault(fault: FaultSettings): Promise<Fault> {
    return this.call('POST', 'faults', fault);
  }

  /** Removes one fault by its id, or all; what hangs by it goes on. Returns how many were removed. */
  async removeFaults(id?: string): Promise<number> {
    return (await this.call<{ removed: number }>('DELETE', id ? `faults/${id}` : 'faults')).removed;
  }

  /** What stands behind the resources that exist now. */
  coverage(): Promise<Coverage> {
    return this.call('GET', 'coverage');
  }

  /** The API calls since the start or the last {@link resetCalls}. */
  async calls(): Promise<readonly CallCount[]> {
    return (await this.call<{ calls: readonly CallCount[] }>('GET', 'calls')).calls;
  }

  /** Empties the log of calls. */
  async resetCalls(): Promise<void> {
    await this.call('DELETE', 'calls');
  }

  /** Sends an event of an AWS service, which rules then match. Returns the event's id; functions run after that. */
  async publish(event: ServiceEvent): Promise<string> {
    return (await this.call<{ eventId: string }>('POST', 'events', event)).eventId;
  }

  /** Empties the local AWS: every resource of every account, faults, pace and calls. */
  async reset(): Promise<void> {
    await this.call('POST', 'reset');
  }

  private async call<T>(method: string, path: string, content?: unknown, timeLimitMs = TIME_LIMIT_MS): Promise<T> {
    const url = `${this.endpoint}/_meridian/${path}`;
    const body = content === undefined ? undefined : JSON.stringify(content);
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, { method, body, signal: AbortSignal.timeout(timeLimitMs) });
      text = await response.text();
    } catch (cause) {
      throw new MeridianError(`Local AWS at ${this.endpoint}: it does not answer. Start it with "meridian local start".`, 2, { cause });
    }
    const answer = this.parse<T>(text);
    if (!response.ok) {
      throw new MeridianError(`Local AWS refused ${method} ${path}: ${answer.message} Correct the request.`, 2);
    }
    return answer;
  }

  private parse<T>(text: string): T & { message?: string } {
    try {
      return Object(JSON.parse(text)) as T & { message?: string };
    } catch (cause) {
      throw new MeridianError(`Local AWS at ${this.endpoint}: something else answers there. End it, or start the local AWS on another port.`, 2, { cause });
    }
  }
}
