import type { StatusRow } from '../../rollout';
import { resultPaint, type Terminal } from '../terminal';
import { age } from './duration';
import { table } from './table';

/**
 * What stands, as text: a table a system's environment, deployments by regions. A cell holds the template's hash and the age of the
 * last change, and says what is out of order. Where there is more than one account each has a line.
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
      const accounts = [...new Set(ofEnvironment.map(({ account }) => account))].sort();
      const several = accounts.length > 1;
      const cells = deployments.flatMap((deployment) =>
        accounts.map((account, index) => [
          index === 0 ? deployment : '',
          ...(several ? [account] : []),
          ...regions.map((region) => cell(ofEnvironment.find((row) => row.account === account && row.node.deployment === deployment && row.node.region === region), now, paint)),
        ]),
      );
      return `${table([{ head: paint.bold(name) }, ...(several ? [{ head: 'Account' }] : []), ...regions.map((head) => ({ head }))], cells)}\n`;
    })
    .join('\n');
}

/** `✔ 8f31ab02  2 min`, `● 7c02ab11  OUTDATED`, `▲ 7c02ab11  another template was built`, `✖ INOPERABLE …`, `–` for what does not stand, nothing for what belongs elsewhere. */
function cell(row: StatusRow | undefined, now: Date, paint: ReturnType<typeof resultPaint>): string {
  if (!row) return '';
  if (!row.deployed) return paint.dim('–');
  const { instanceStatus, detailedStatus, statusReason, template = '', isBuilt, updated, unseen } = row;
  if (detailedStatus === 'RUNNING' || detailedStatus === 'PENDING') return paint.yellow(`● ${template}  ${detailedStatus}`);
  if (instanceStatus !== 'CURRENT') {
    const failed = instanceStatus === 'INOPERABLE' || detailedStatus === 'FAILED';
    const text = [template, instanceStatus, ...(detailedStatus && detailedStatus !== instanceStatus ? [detailedStatus] : []), ...(failed && statusReason ? [statusReason] : [])].join('  ');
    return failed ? paint.red(`✖ ${text}`) : paint.yellow(`● ${text}`);
  }
  if (unseen !== undefined) return paint.yellow(`▲ ${template}  not looked at: ${unseen}`);
  const since = updated ? `  ${age(updated, now)}` : '';
  return isBuilt ? `${paint.green('✔')} ${template}${since}` : `${paint.yellow('▲')} ${template}${since}  another template was built`;
}

function nameOf({ node }: StatusRow): string {
  return `${node.system} ${node.environment}`;
}
