import { stackSetRootBytes, templateQuotas } from '../../cfn/quotas';
import { allowOptions, describeLoss, type Loss, type NodePlan, type RolloutPlan } from '../../rollout';
import { resultPaint, type Terminal } from '../terminal';
import { entriesOf, isAlike, nameOf, regionDifference } from './plan-entries';
import { entryLines } from './plan-lines';

/** What a plan is shown with. */
export interface PlanView {
  /** Losses that nobody allowed. */
  readonly forbidden: readonly Loss[];
  /** The file that it was written to. */
  readonly out?: string;
  /** The account, in words. */
  readonly where: string;
}

type Paint = ReturnType<typeof resultPaint>;

/** A plan as text: what would be lost, then each deployment, its first region in full and the others by how they differ. */
export function renderPlan(plan: RolloutPlan, { forbidden, out, where }: PlanView, terminal: Pick<Terminal, 'colors'>): string {
  const paint = resultPaint(terminal);
  const command = `meridian rollout ${plan.system} ${plan.environment}`;
  const allow = forbidden.length === 0 ? '' : ` ${allowOptions(forbidden)}`;
  return [
    `${paint.bold(`${plan.system} ${plan.environment}`)}  planned for ${where}`,
    ...(forbidden.length === 0 ? [] : ['', paint.red('Data at stake'), ...forbidden.map((loss) => `  ${paint.red('!')} ${describeLoss(loss)}`)]),
    ...deploymentsOf(plan).flatMap((nodes) => ['', ...deploymentLines(nodes, paint)]),
    '',
    ...(out === undefined ? [] : [`Saved  ${out}   → ${command} --plan ${out}${allow}`]),
    ...(allow === '' ? [] : [paint.red(`Not rolled without${allow}.`)]),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function deploymentsOf({ nodes }: RolloutPlan): NodePlan[][] {
  const byStackSet = new Map<string, NodePlan[]>();
  for (const node of nodes) byStackSet.set(node.stackSet, [...(byStackSet.get(node.stackSet) ?? []), node]);
  return [...byStackSet.values()];
}

function deploymentLines(nodes: readonly NodePlan[], paint: Paint): string[] {
  const [first] = nodes;
  if (!first) return [];
  const title = `${paint.bold(`${first.node.system} ${first.node.deployment}`)}  ${paint.dim(limits(first))}`;
  if (nodes.every(({ action }) => action === 'none')) return [title, `  ${nodes.map(placeIn).join(', ')}  no change`];
  return [title, ...nodes.flatMap((node, index) => nodeLines(node, nodes.slice(0, index).find((earlier) => isAlike(earlier, node)), paint))];
}

function nodeLines(node: NodePlan, base: NodePlan | undefined, paint: Paint): string[] {
  const region = placeIn(node);
  if (!base || node.action !== 'update') return [`  ${region}  ${intent(node)}`, ...indented([...(node.unresolved === undefined ? [] : [paint.yellow(`Compared as written, without values: ${node.unresolved}`)]), ...entryLines(entriesOf(node), paint), ...foresightLines(node, paint)])];
  const { extra, missing } = regionDifference(base, node);
  const alike = `as in ${placeIn(base)}`;
  const count = extra.length + missing.length;
  if (count === 0) return [`  ${region}  ${alike}`, ...indented(foresightLines(node, paint))];
  return [`  ${region}  ${alike} except ${count}`, ...indented([...entryLines(extra, paint), ...missing.map((entry) => paint.dim(`= ${nameOf(entry)}  unchanged here`)), ...foresightLines(node, paint)])];
}

const words = { add: 'adds it', change: 'changes it', replace: 'replaces it', 'may-replace': 'may replace it', remove: 'removes it' } as const;

/** What CloudFormation says of a node, where it was asked: that it agrees, or where not. */
function foresightLines({ foresight }: NodePlan, paint: Paint): string[] {
  if (!foresight) return [];
  const { changes, differs, unseen } = foresight;
  const unknown = unseen.map((stack) => paint.dim(`CloudFormation tells nothing of the nested stack ${stack}`));
  if (differs.length === 0) return [paint.dim(`CloudFormation foresees the same${unseen.length > 0 ? ' elsewhere' : `, ${changes} ${changes === 1 ? 'resource' : 'resources'}`}`), ...unknown];
  return [...differs.map(({ resource, planned, foreseen }) => paint.yellow(`▲ ${resource}: the template ${planned ? words[planned] : 'does nothing'}, CloudFormation ${foreseen ? words[foreseen] : 'foresees nothing'}`)), ...unknown];
}

/** The region of a node, and its account where there is a choice. */
function placeIn({ node, account }: NodePlan): string {
  return account === undefined ? node.region : `${node.region} ${account}`;
}

function intent({ action, reasons, resources }: NodePlan): string {
  const because = reasons.length > 0 ? ` (${reasons.join(', ')})` : '';
  switch (action) {
    case 'create':
      return `create  ${resources.length} resources`;
    case 'recreate':
      return `make anew  ${resources.length} resources${because}`;
    case 'none':
      return 'no change';
    default:
      return `${action}${because}${resources.length === 0 ? '  no resource changes' : ''}`;
  }
}

/** `root 38 KB of 461 KB · 143 of 500 resources` */
function limits({ limits: { rootBytes, resources } }: NodePlan): string {
  const kilobytes = (bytes: number): string => `${Math.ceil(bytes / 1_000)} KB`;
  return `root ${kilobytes(rootBytes)} of ${kilobytes(stackSetRootBytes)} · ${resources} of ${templateQuotas.resources} resources`;
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `    ${line}`);
}
