import { MeridianError } from '../../../src/errors';

/** What a service asks of its windows. */
export interface WindowRules {
  /** Its name in messages. */
  readonly service: string;
  /** Minutes that each of its windows has at least. */
  readonly shortestMinutes: number;
  /** Why the two may not overlap. */
  readonly whyApart: string;
}

const rds: WindowRules = { service: 'RDS', shortestMinutes: 30, whyApart: 'RDS refuses that' };

/** When RDS, or ElastiCache, may work on an instance, in UTC. */
export interface DatabaseWindows {
  /** Daily start and end of the automated backup: `hh:mm-hh:mm`, at least 30 minutes, for a cache an hour. */
  readonly backup: string;
  /** Weekly start and end of patches and upgrades: `ddd:hh:mm-ddd:hh:mm`, as long as the backup's at least. */
  readonly maintenance: string;
}

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const minutesOfDay = 24 * 60;
const minutesOfWeek = days.length * minutesOfDay;
const time = '([01]\\d|2[0-3]):([0-5]\\d)';
const backupPattern = new RegExp(`^${time}-${time}$`);
const maintenancePattern = new RegExp(`^(${days.join('|')}):${time}-(${days.join('|')}):${time}$`);

/**
 * Returns the windows when the service would take them.
 * @param busy  daily start and end, `hh:mm-hh:mm` in UTC, of the hours in which neither window may be. @default none
 * @param rules what the service asks. @default as RDS does: half an hour at least
 * @throws MeridianError for a window that is malformed or too short, for a maintenance window that overlaps the
 *   backup, and for either in the busy hours
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Maintenance.html
 */
export function checkedWindows(windows: DatabaseWindows, busy?: string, rules: WindowRules = rds): DatabaseWindows {
  const backup = parseDaily('Backup window', windows.backup, rules);
  const maintenance = parseMaintenance(windows.maintenance, rules);
  if (meetsDaily(maintenance, backup)) {
    throw new MeridianError(`Maintenance window "${windows.maintenance}": it overlaps the backup window "${windows.backup}" and ${rules.whyApart}. Move one of them.`, 2);
  }
  if (busy !== undefined) {
    const hours = parseDaily('Busy hours', busy, rules);
    for (const [name, span] of [['Backup', backup], ['Maintenance', maintenance]] as const) {
      if (meetsDaily(span, hours)) throw new MeridianError(`${name} window "${windows[name === 'Backup' ? 'backup' : 'maintenance']}": it is in the busy hours, ${busy} UTC. Move it out of them.`, 2);
    }
  }
  return windows;
}

/** Whether a span meets another that comes back every day. */
function meetsDaily(span: Span, daily: Span): boolean {
  for (let start = daily.start - minutesOfDay; start <= minutesOfWeek + minutesOfDay; start += minutesOfDay) {
    if (start < span.end && span.start < start + (daily.end - daily.start)) return true;
  }
  return false;
}

/** Minutes since the day, or the week, began; the end is behind the start even when midnight lies between. */
interface Span {
  readonly start: number;
  readonly end: number;
}

function parseDaily(name: string, window: string, rules: WindowRules): Span {
  const match = backupPattern.exec(window);
  if (!match) throw new MeridianError(`${name} "${window}": it is not two times. Write hh:mm-hh:mm in UTC, such as 03:00-04:00.`, 2);
  const [startHour = 0, startMinute = 0, endHour = 0, endMinute = 0] = match.slice(1).map(Number);
  return span(`${name} "${window}"`, startHour * 60 + startMinute, endHour * 60 + endMinute, minutesOfDay, rules);
}

function parseMaintenance(window: string, rules: WindowRules): Span {
  const match = maintenancePattern.exec(window);
  if (!match) throw new MeridianError(`Maintenance window "${window}": it is not two times of the week. Write ddd:hh:mm-ddd:hh:mm in UTC, such as sun:08:00-sun:09:00.`, 2);
  const [, startDay = '', startHour, startMinute, endDay = '', endHour, endMinute] = match;
  const at = (day: string, hour: string | undefined, minute: string | undefined): number => days.indexOf(day) * minutesOfDay + Number(hour) * 60 + Number(minute);
  return span(`Maintenance window "${window}"`, at(startDay, startHour, startMinute), at(endDay, endHour, endMinute), minutesOfWeek, rules);
}

function span(name: string, start: number, end: number, cycle: number, { service, shortestMinutes }: WindowRules): Span {
  const behind = end > start ? end : end + cycle;
  if (behind - start < shortestMinutes) throw new MeridianError(`${name}: it is ${behind - start} minutes long. ${service} needs at least ${shortestMinutes}; move its end.`, 2);
  return { start, end: behind };
}
