import { duration } from './figures';
import type { ResolvedEnvironment } from './environment';
import { table } from './table';

/** What the time until the other region writes is made of, in the worst case, and how it and the loss compare with what the system has promised. */
export function recoveryTargetsTable(environments: readonly ResolvedEnvironment[]): string {
  const promised = environments.flatMap(({ environment, recovery }) => (recovery ? [{ environment, recovery }] : []));
  const parts = [...new Set(promised.flatMap(({ recovery }) => recovery.parts.map(({ what }) => what)))];
  const secondsOf = (part: string): string[] =>
    promised.map(({ recovery }) => {
      const found = recovery.parts.find(({ what }) => what === part);
      return found ? duration(found.seconds) : '–';
    });
  const sums: readonly (readonly string[])[] = [
    ['**RTO, writing**: the sum', ...promised.map(({ recovery }) => `**${duration(recovery.writesSeconds)}** of ${duration(recovery.targets.timeMinutes * 60)}`)],
    ['**RTO, reading**: the first two', ...promised.map(({ recovery }) => `**${duration(recovery.readsSeconds)}**`)],
    ['**RPO**: lag that no alarm tells of', ...promised.map(({ recovery }) => `**${duration(recovery.lostSeconds)}** of ${duration(recovery.targets.pointSeconds)}`)],
    ['Lag at which an alarm has told that replication stopped', ...promised.map(({ recovery }) => `${duration(recovery.toldSeconds)} of ${duration(recovery.targets.toldSeconds)}`)],
  ];
  return table(['Until', ...promised.map(({ environment }) => `\`${environment}\``)], [...parts.map((part) => [part, ...secondsOf(part)]), ...sums]);
}
