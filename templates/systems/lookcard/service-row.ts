import type { CountsByEnvironmentKind } from './settings';

/** The six ECS clusters, each with a deployment of its own. */
export type ClusterName = 'core-application' | 'composite-application' | 'listener' | 'administrative' | 'cronjob' | 'supabase';

/** Keys that the code of a service may use, beside the one under which everything is stored. */
export type KeyName = 'crypto-signing' | 'crypto-wrapping' | 'liquidity';

/** Secrets that a service may read. Who fills them in, and how they are rotated: docs/runbooks/lookcard/secrets.md. */
export type SecretName = 'cache-token' | 'issuer-credentials' | 'notification-credentials' | 'supabase-jwt';

/**
 * How requests come to a service from outside its VPC: through the Application Load Balancer by path, through the Network Load
 * Balancer behind API Gateway by port, or not at all.
 */
export type Entrance =
  | {
      readonly kind: 'alb';
      /** Path patterns of its listener rule; with two header values at most three. */
      readonly paths: readonly [string, ...string[]];
      /** Of the rule, unique among all services, 100 to 49,999. */
      readonly priority: number;
    }
  | {
      readonly kind: 'nlb';
      /** Port of its TCP listener, unique among all services. */
      readonly listenerPort: number;
      /** First part of the path under which API Gateway sends requests to it. */
      readonly apiPath: string;
    };

/** A DynamoDB table that belongs to a service: nobody else reads or writes it. */
export interface TableRow {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey?: string;
  /** Attribute with the second since 1970 from which an item is deleted. @default items stay */
  readonly endsAt?: string;
}

/**
 * One service. Everything about it follows from its row: task role, security group and rules, Cloud Map name, target group and listener
 * rule, scaling, tables, queue, alarms, log, registry, dashboard.
 */
export interface ServiceRow {
  /** Kebab case; also its registry, Cloud Map name, log stream and nested stack. It never changes: another name is another service. */
  readonly name: string;
  readonly cluster: ClusterName;
  /**
   * The part of its cluster's deployment in which its stack stands. A deployment takes so many services and no more: the build says how
   * many, and the rows that come then are of the next part. A row keeps its part, because its stack would be made anew in another.
   * @default 1
   */
  readonly part?: number;
  /** The owner's document speaks of more services than it names; these are the ones that it must mean. Take the row out and they are gone. */
  readonly inferred?: true;
  /** Fargate CPU units: 1,024 are one vCPU. */
  readonly cpu: 256 | 512 | 1024 | 2048;
  /** MiB, a size that Fargate has for `cpu`. */
  readonly memory: number;
  /** TCP port of the container. A cron job, which nobody connects to, has none. */
  readonly port?: number;
  /** Path that answers 200 while the process serves. */
  readonly healthPath?: string;
  /** @default none: only other services reach it, by its Cloud Map name */
  readonly entrance?: Entrance;
  /** Whether Route 53's health checkers ask it whether the region works: exactly one service. @default false */
  readonly answersForRegion?: true;
  /** Services that it connects to by their Cloud Map names. @default none */
  readonly calls?: readonly string[];
  /** Tasks by kind of environment. @default those of a small API */
  readonly tasks?: CountsByEnvironmentKind;
  /** When its task runs, instead of running always: a cron job. */
  readonly schedule?: { readonly expression: string; readonly timeZone: string };
  /** Its database user's rights come with the first schema; this opens the way through the proxy. @default none */
  readonly database?: 'read' | 'write';
  /** @default false */
  readonly cache?: true;
  /** Tables that it owns. @default none */
  readonly tables?: readonly TableRow[];
  /** The queue that it works through, with a dead-letter queue; its part of the name. @default none */
  readonly queue?: string;
  /**
   * Services to whose queues a function sends on what the service has put into its own queue: to each the messages whose `type` begins
   * with one of its topics and a dot. @default none: the service itself works through its queue
   */
  readonly fansOut?: Readonly<Record<string, readonly string[]>>;
  /**
   * It works without being asked, so that two regions would do the same thing twice: the pilot light has none of its tasks until the
   * region takes over. @default it answers requests, and the pilot light runs a task of it
   */
  readonly actsUnasked?: true;
  /** Whether it runs on App Runner in environments whose `webAppHosting` says so. @default false */
  readonly appRunner?: true;
  /** Services to whose queues it sends. @default none */
  readonly sendsTo?: readonly string[];
  readonly keys?: readonly KeyName[];
  readonly secrets?: readonly SecretName[];
  /** Whether it calls services outside AWS, through the NAT gateways and their fixed addresses. @default false */
  readonly internet?: true;
}
