import type { Value } from '../../../resolve';
import { elementsOf, objectAt } from '../../system-index';
import type { Costings, Use } from '../cost-line';
import { averageTasks, serves } from './load';

/** Zones that an application load balancer is in at the least: it has a public address in each where the internet reaches it. */
const leastSubnets = 2;

/** App Runner's sizes, `1024` or `1 vCPU`, `2048` or `2 GB`, as a number. */
const units = (size: Value): number => (/[a-z]/i.test(String(size)) ? Number.parseFloat(String(size)) : Number(size) / 1024);

/** Fargate, by the tasks that run on average: the least that scaling allows, and a share of what it may add. */
export const services: Costings = {
  'AWS::ECS::Service': (service, context) => {
    const [task] = context.index.referredBy(service.properties['TaskDefinition']);
    const tasks = averageTasks(service, context);
    const strategy = elementsOf(service.properties['CapacityProviderStrategy']);
    const onDemand = onDemandTasks(strategy, tasks);
    const billed = onDemand + (tasks - onDemand) * context.usage.spotShare;
    const hours = billed * context.usage.hours;
    const size = (property: string): number => Number(task?.properties[property]) / 1024;
    return [
      { component: 'Services', price: 'fargate-vcpu', quantity: hours * size('Cpu') },
      { component: 'Services', price: 'fargate-memory', quantity: hours * size('Memory') },
    ];
  },
  'AWS::ECR::Repository': (_, { usage }) => [{ component: 'Services', price: 'image-storage', quantity: usage.imageGigabytes }],
  'AWS::SQS::Queue': (queue, { usage, primary }) => [{ component: 'Services', price: 'queue-requests', quantity: serves(queue, primary) ? usage.queueRequests / 1e6 : 0 }],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (loadBalancer, { index, usage, primary }): Use[] => {
    const { Type, Scheme, Subnets } = loadBalancer.properties;
    const kind = Type === 'network' ? 'nlb' : 'alb';
    const addresses = Scheme === 'internet-facing' ? Math.max(leastSubnets, index.referredBy(Subnets).length) : 0;
    return [
      { component: 'Load balancing', price: `${kind}-hour`, quantity: usage.hours },
      { component: 'Load balancing', price: `${kind}-capacity`, quantity: serves(loadBalancer, primary) ? usage.hours * usage.loadBalancerUnits : 0 },
      { component: 'Load balancing', price: 'public-address', quantity: addresses * usage.hours },
    ];
  },
  'AWS::AppRunner::Service': (service, { usage }) => {
    const { Cpu = '1024', Memory = '2048' } = objectAt(service.properties, 'InstanceConfiguration');
    // One instance waits at every hour and pays its memory; its processors are paid while it works.
    return [
      { component: 'Services', price: 'app-runner-memory', quantity: usage.hours * units(Memory) },
      { component: 'Services', price: 'app-runner-vcpu', quantity: usage.hours * usage.busyShare * units(Cpu) },
    ];
  },
  'AWS::ApiGateway::RestApi': (api, { usage, primary }) => [{ component: 'API', price: 'rest-api', quantity: serves(api, primary) ? usage.apiCalls / 1e6 : 0 }],
};

/** Of so many tasks those on demand: the base, and their weight of the others. */
function onDemandTasks(strategy: readonly Readonly<Record<string, unknown>>[], tasks: number): number {
  const of = (provider: string) => strategy.find(({ CapacityProvider }) => CapacityProvider === provider);
  const [demand, spot] = [of('FARGATE'), of('FARGATE_SPOT')];
  if (!spot) return tasks;
  const base = Math.min(Number(demand?.['Base'] ?? 0), tasks);
  const weights = { demand: Number(demand?.['Weight'] ?? 0), spot: Number(spot['Weight'] ?? 0) };
  const share = weights.demand + weights.spot === 0 ? 1 : weights.demand / (weights.demand + weights.spot);
  return base + (tasks - base) * share;
}
