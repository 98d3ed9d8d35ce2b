import { minutesDown, reasons, type Assumptions, type Availability, type Estimate, type Figured, type SlaFigure } from '../../src/analyse/availability';
import { duration, minutes, percent } from './figures';
import { table } from './table';

/** Availability by environment. */
export type ByEnvironment = ReadonlyMap<string, Availability>;

const causes: Readonly<Record<keyof Estimate['minutes'], string>> = {
  edge: 'CloudFront, its firewall or DNS fail',
  uncovered: 'the region fails in a way that another region doesn’t end',
  both: 'both regions fail at once',
  takingOver: 'the region is lost and the other has not taken over yet',
  restarts: 'the database restarts for patches',
};

const withMinutes = (share: number): string => `${percent(share)}, ${minutes(minutesDown(share))}`;

const named = (environment: string): string => `\`${environment}\``;

/**
 * Contract and estimate of each environment, with the minutes that each leaves, and what the goal would leave.
 * @param goal percent that the service level objective asks for
 */
export function availabilityTable(environments: ByEnvironment, goal: number): string {
  const rows = [...environments].map(([environment, { composedSla, ceiling, reads, writes }]) => [named(environment), withMinutes(composedSla), withMinutes(ceiling), withMinutes(reads.availability), withMinutes(writes.availability)]);
  const [weakest] = [...environments.values()].flatMap(({ edge }) => edge).sort((a, b) => a.percent - b.percent);
  const verdict =
    weakest && weakest.percent < goal
      ? `It is not reached, by no number of regions: every request goes through ${weakest.service}, whose own commitment of ${weakest.percent} % leaves ${minutes(minutesDown(weakest.percent / 100))}`
      : 'Nothing that every request goes through stands against it';
  return [
    table(['Environment', 'Composed SLA: edge and one region', 'Edge alone', 'Estimate, reading', 'Estimate, writing'], rows),
    '',
    `The goal of ${goal} % leaves ${minutes(minutesDown(goal / 100))} in thirty days. ${verdict}.`,
  ].join('\n');
}

/** The commitments that a request needs, edge first, then those of the region that answers it. */
export function requestPathTable(environments: ByEnvironment): string {
  const paths = [...environments].map(([environment, { edge, regions }]) => ({ environment, figures: [...edge, ...(regions[0]?.figures ?? [])] }));
  const keyOf = ({ service, region, resources }: Figured): string => `${service} | ${region} | ${resources.join(', ')}`;
  const keys = [...new Set(paths.flatMap(({ figures }) => figures.map(keyOf)))];
  const rows = keys.map((key) => {
    const [service = '', region = '', resources = ''] = key.split(' | ');
    const cells = paths.map(({ figures }) => {
      const figure = figures.find((each) => keyOf(each) === key);
      return figure ? `${figure.percent} % (${figure.configuration})` : '–';
    });
    return [service, region, resources.split(', ').map((id) => `\`${id}\``).join(', '), ...cells];
  });
  return table(['Service', 'Where', 'Resource', ...paths.map(({ environment }) => named(environment))], rows);
}

/** How each environment comes back when its first region is lost. */
export function recoveryTable(environments: ByEnvironment): string {
  const rows = [...environments].map(([environment, { recovery }]) =>
    recovery
      ? [
          named(environment),
          `${recovery.intervalSeconds} s × ${recovery.failureThreshold}`,
          `${recovery.ttlSeconds} s`,
          duration(recovery.readsSeconds),
          duration(recovery.writesSeconds),
          recovery.lostSeconds === undefined ? 'not watched' : duration(recovery.lostSeconds),
        ]
      : [named(environment), ...Array.from({ length: 5 }, () => 'no other region')],
  );
  return table(['Environment', 'Found out in', 'Answers remembered for', 'RTO, reading', 'RTO, writing', 'RPO'], rows);
}

/** The minutes of the estimate for writing, by cause. */
export function lostMinutesTable(environments: ByEnvironment): string {
  const behindCloudFront = [...environments.values()].some(({ edge }) => edge.some(({ service }) => service === 'CloudFront'));
  const said = (cause: keyof typeof causes): string => (cause === 'edge' && !behindCloudFront ? 'DNS fails' : causes[cause]);
  const rows = (Object.keys(causes) as (keyof typeof causes)[]).map((cause) => [said(cause), ...[...environments.values()].map(({ writes }) => minutes(writes.minutes[cause]))]);
  return table(['Minutes in thirty days without writes, because', ...[...environments.keys()].map(named)], rows);
}

/** The SLA figures with their pages. */
export function slaTable(figures: readonly SlaFigure[]): string {
  const rows = figures.map(({ service, configuration, percent: committed, per, page, asOf, verified, note }) => [service, configuration, `${committed} %`, per, `[${asOf}](${page})`, verified ? 'yes' : `no. ${note ?? ''}`.trim()]);
  return table(['Service', 'Configuration', 'Commitment', 'For each', 'Page of', 'Verified'], rows);
}

/** The assumptions with their reasons. */
export function assumptionsTable(assumptions: Assumptions): string {
  const shown = (value: Assumptions[keyof Assumptions]): string => (typeof value === 'number' ? String(value) : Object.entries(value).map(([configuration, each]) => `${configuration} ${each}`).join(', '));
  const words = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const rows = (Object.keys(reasons) as (keyof Assumptions)[]).map((name) => [words(name), shown(assumptions[name]), reasons[name]]);
  return table(['Assumption', 'Value', 'Why'], rows);
}
