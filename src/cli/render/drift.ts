import type { DriftedResource, DriftReport } from '../../rollout';
import { resultPaint, type Terminal } from '../terminal';
import { placeOf, resourcePath } from './place';

/** What to show of a report. */
export interface DriftDisplay {
  /** Whether differences that a healthy system shows are listed too, and not only counted. */
  readonly all: boolean;
  /** Whether what is listed has been brought back since. */
  readonly reverted: boolean;
}

/** What drifted, as text: each resource with its differences and where it was authored. */
export function renderDrift({ drifted, checked, stacks }: DriftReport, { all, reverted }: DriftDisplay, terminal: Pick<Terminal, 'colors'>): string {
  const paint = resultPaint(terminal);
  const mistakes = drifted.filter(({ expectedBecause }) => expectedBecause === undefined);
  const expected = drifted.filter(({ expectedBecause }) => expectedBecause !== undefined);
  const lines = (all ? [...mistakes, ...expected] : mistakes).flatMap((resource) => {
    const { status, type, source, differences, expectedBecause } = resource;
    const head = `${placeOf(resource.node)} ▸ ${resourcePath(resource)} (${type}) ${status === 'DELETED' ? 'is gone' : 'was changed outside'}`;
    return [
      expectedBecause === undefined ? paint.yellow(`▲ ${head}`) : paint.dim(`– ${head}: ${expectedBecause}`),
      ...differences.map(({ property, expected: before, actual }) => `    ${property.slice(1).replaceAll('/', '.')}  ${before} → ${actual}`),
      ...(source ? [`    ${paint.dim([source.from, source.at].filter((file) => file !== undefined).join('  '))}`] : []),
    ];
  });
  const hidden = all || expected.length === 0 ? [] : [`${expected.length} more ${expected.length === 1 ? 'differs as it should' : 'differ as they should'}: scaling, or roles after a failover (--all shows ${expected.length === 1 ? 'it' : 'them'}).`];
  const verdict = mistakes.length === 0 ? `Nothing drifted of ${checked} resources that can be compared, in ${stacks} stacks.` : reverted ? `Brought back to the template: ${names(mistakes)}.` : 'To bring it back: the same command with --revert.';
  return `${[...lines, ...hidden, verdict].join('\n')}\n`;
}

function names(resources: readonly DriftedResource[]): string {
  return resources.map(({ logicalId, node }) => `${logicalId} in ${node.region}`).join(', ');
}
