import { z } from 'zod';

const text = z.string();
const optionalValue = z.unknown().optional();

const property = z.object({
  /** From the resource's properties down, for example `Tags.0.Value`; for what stands beside the properties its own name, for example `DeletionPolicy`. */
  property: text,
  /** Undefined when it was not there. */
  before: optionalValue,
  /** Undefined when it goes. What is known only after an earlier node is an intrinsic function here. */
  after: optionalValue,
  /** Whether this property makes CloudFormation replace the resource. */
  replaces: z.enum(['never', 'maybe', 'always']),
});

const action = z.enum(['add', 'change', 'replace', 'may-replace', 'remove']);

const resource = z.object({
  /** Logical ids of the nested stacks from the root down. */
  path: z.array(text),
  logicalId: text,
  type: text,
  action,
  /** What becomes of the one that stands, by its policies. Only where one goes. */
  old: z.enum(['deleted', 'kept', 'snapshot']).optional(),
  /** Whether it holds what exists only there. */
  storesData: z.boolean(),
  properties: z.array(property),
});

const sign = z.enum(['+', '-']);
const permission = z.object({ sign, resource: text, effect: text, action: text, principal: text, condition: text });
const rule = z.object({ sign, group: text, direction: z.enum(['in', 'out']), protocol: text, peer: text });

/** Values by parameter; for a wire the value that it carries. `null` is known only after an earlier node. `****` is not shown. */
const parameters = z.record(text, text.nullable());
const state = z.object({ /** SHA-256 of the packaged root, which names its nested templates by their hashes. */ template: text, parameters });

/** What CloudFormation foresees by change sets. */
const foresight = z.object({
  /** Resources that it says will change, nested stacks not counted. */
  changes: z.number(),
  /** Where its word is another than the templates': what it does not foresee has no `foreseen`, what the templates do not tell no `planned`. */
  differs: z.array(z.object({ resource: text, planned: action.optional(), foreseen: action.optional() })),
  /** Nested stacks that will change and of which it tells nothing more. */
  unseen: z.array(text),
});

const node = z.object({
  node: z.object({ system: text, environment: text, deployment: text, region: text }),
  /** Only where the node has more than one. */
  account: text.optional(),
  stackSet: text,
  action: z.enum(['create', 'update', 'recreate', 'none', 'delete']),
  /** For example `template`, `parameter DomainName`, `wire FoundationVpcId`, `outdated`. */
  reasons: z.array(text),
  /** How it stands; undefined when it doesn't. */
  before: state.optional(),
  after: state,
  /** Why what stands could not be resolved, so that templates are compared as they are written: a changed parameter shows nothing there. */
  unresolved: text.optional(),
  resources: z.array(resource),
  permissions: z.array(permission),
  rules: z.array(rule),
  /** Only where change sets were asked for. */
  foresight: foresight.optional(),
  limits: z.object({
    rootBytes: z.number(),
    /** The most that one template of the deployment has, nested ones included. */
    resources: z.number(),
  }),
});

const plan = z.object({
  version: z.literal(1),
  system: text,
  environment: text,
  suffix: text,
  target: z.object({ kind: z.enum(['local', 'aws']), account: text }),
  /** In the order in which they are rolled. */
  nodes: z.array(node),
});

/** The form of `plan.json`. */
export const planDocument = plan;

/** What a rollout would do, as data: `plan.json`. */
export type RolloutPlan = Readonly<z.infer<typeof plan>>;
/** What happens to one deployment in one region. */
export type NodePlan = RolloutPlan['nodes'][number];
/** What happens to one resource. */
export type ResourceChange = NodePlan['resources'][number];
/** One value in a resource that changes. */
export type PropertyChange = ResourceChange['properties'][number];
/** A policy statement, or a part of one, that comes or goes. */
export type PermissionChange = NodePlan['permissions'][number];
/** A rule of a security group that comes or goes. */
export type RuleChange = NodePlan['rules'][number];
