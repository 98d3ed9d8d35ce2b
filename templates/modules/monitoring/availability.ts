import type { Parameters, TemplateBuilder, Token } from '../../../src/cfn';
import { burnRateAlarms } from './burn-rate-alarms';
import type { EdgeMetrics } from './edge-alarms';
import { ofLoadBalancer } from './service-alarms';
import { serviceLevelObjective } from './service-level-objective';

/** A target over the requests of one region. */
export interface RegionAvailabilitySettings {
  /** Percent of good requests in thirty days. */
  readonly goal: number;
  readonly loadBalancer: Token<'String'>;
}

/** The objective of one region's load balancer. Health checks count too, and outweigh users where a region waits. */
export function regionAvailability(t: TemplateBuilder<Parameters, unknown>, id: string, { goal, loadBalancer }: RegionAvailabilitySettings): void {
  serviceLevelObjective(t, id, {
    name: 'availability',
    description: 'Share of requests that this region’s load balancer and its targets answered without an error of their own',
    goal,
    total: ofLoadBalancer('RequestCount', loadBalancer),
    bad: [ofLoadBalancer('HTTPCode_ELB_5XX_Count', loadBalancer), ofLoadBalancer('HTTPCode_Target_5XX_Count', loadBalancer)],
  });
}

/** A target over the requests of all users. */
export interface EdgeAvailabilitySettings {
  /** Percent of good requests in thirty days. */
  readonly goal: number;
  readonly metrics: Pick<EdgeMetrics, 'requests' | 'errors'>;
  readonly topic: Token<'String'>;
  /** What to do when the error budget goes too fast: it ends the alarms' descriptions. */
  readonly advice: string;
}

/** The objective at CloudFront, and the alarms on its error budget: what is promised to users, whichever region answers them. */
export function edgeAvailability(t: TemplateBuilder<Parameters, unknown>, id: string, { goal, metrics, topic, advice }: EdgeAvailabilitySettings): void {
  serviceLevelObjective(t, id, {
    name: 'edge-availability',
    description: 'Share of requests that CloudFront answered without an error of ours: what users see, whichever region answers',
    goal,
    total: metrics.requests,
    badPercent: metrics.errors,
  });
  burnRateAlarms(t, 'Budget', { name: 'edge-budget', objective: t.resourceName('edge-availability'), topic, advice });
}
