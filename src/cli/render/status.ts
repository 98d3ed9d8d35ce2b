import type { StatusRow } from '../../rollout';
import { resultPaint, type Terminal } from '../terminal';
import { age } from './duration';
import { table } from './table';

/**
 * What stands, as text: a table a system's environment, deployments by regions. A cell holds the template's hash and the age of the
 * last change, and says what is out of order.
 * @param now what ages count to
 */
export function renderStatus(rows: readonly StatusRow[], now: Date, terminal: Pick<Terminal, 'colors'>): string {
  const paint = resultPaint(terminal);
  const names = [...new Set(rows.map(nameOf))];
  return names
    .map((name) => {
      const ofEnvironment = rows.filter((row) => nameOf(row) === name);
      if (ofEnvironment.every(({ deployed }) => !deployed)) return `${paint.bold(name)}  nothing stands\n`;
      const regions = [...new Set(ofEnvironment.map(({ node }) => node.region))].sort();
      const deployments = [...new Set(ofEnvironment.map(({ node }) => node.deployment))];
      const cells = deployments.map((deployment) => [
        deployment,
        ...regions.map((region) => cell(ofEnvironment.find(({ node }) => node.deployment === deployment && node.region === region), now, paint)),
      ]);
      return `${table([{ head: paint.bold(name) }, ...regions.map((head) => ({ head }))], cells)}\n`;
    })
    .join('\n');
}

/** `✔ 8f31ab02  2 min`, `● 7c02ab11  OUTDATED`, `▲ 7c02ab11  another template was built`, `✖ INOPERABLE …`, `–` for what does not stand, nothing for what belongs elsewhere. */
function cell(row: StatusRow | undefined, now: Date, paint: ReturnType<typeof resultPaint>): string {
  if (!row) return '';
  if (!row.deployed) return paint.dim('–');
  const { instanceStatus, detailedStatus, statusReason, template = '', isBuilt, updated } = row;
  if (detailedStatus === 'RUNNING' || detailedStatus === 'PENDING') return paint.yellow(`● ${template}  ${detailedStatus}`);
  if (instanceStatus !== 'CURRENT') {
    const failed = instanceStatus === 'INOPERABLE' || detailedStatus === 'FAILED';
    const text = [template, instanceStatus, ...(detailedStatus && detailedStatus !== instanceStatus ? [detailedStatus] : []), ...(failed && statusReason ? [statusReason] : [])].join('  ');
    return failed ? paint.red(`✖ ${text}`) : paint.yellow(`● ${text}`);
  }
  const since = updated ? `  ${age(updated, now)}` : '';
  return isBuilt ? `${paint.green('✔')} ${template}${since}` : `${paint.yellow('▲')} ${template}${since}  another template was built`;
}

function nameOf({ node }: StatusRow): string {
  return `${node.system} ${node.environment}`;
}
