import { expect } from 'chai';
import fc from 'fast-check';
import { checkedWindows } from '../../../../templates/modules/data/database-windows';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const minutesOfDay = 1440;
const minutesOfWeek = 7 * minutesOfDay;

function clock(minute: number): string {
  const inDay = minute % minutesOfDay;
  return [Math.floor(inDay / 60), inDay % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

const inWeek = (minute: number): string => `${days[Math.floor((minute % minutesOfWeek) / minutesOfDay)]}:${clock(minute)}`;

describe('Database windows', () => {
  const refused: readonly (readonly [string, string, string, RegExp])[] = [
    ['a maintenance window within the backup', '03:00-04:00', 'sun:03:10-sun:03:50', /overlaps the backup window "03:00-04:00"/],
    ['a maintenance window that ends within the backup', '03:00-04:00', 'sun:02:30-sun:03:01', /overlaps/],
    ['a backup over midnight that meets the week’s first minutes', '23:30-00:30', 'mon:00:00-mon:00:30', /overlaps/],
    ['a maintenance window over the end of the week', '00:00-00:30', 'sun:23:45-mon:00:15', /overlaps/],
    ['a window shorter than half an hour', '03:00-03:20', 'sun:08:00-sun:09:00', /it is 20 minutes long\. RDS needs at least 30/],
    ['a time that is none', '3am-4am', 'sun:08:00-sun:09:00', /Write hh:mm-hh:mm in UTC/],
    ['a day that is none', '03:00-04:00', 'Sunday:08:00-Sunday:09:00', /Write ddd:hh:mm-ddd:hh:mm in UTC/],
  ];
  for (const [what, backup, maintenance, message] of refused) {
    it(`refuse ${what}`, () => expect(() => checkedWindows({ backup, maintenance })).to.throw(message));
  }

  for (const [what, backup, maintenance, busy, message] of [
    ['a backup in the busy hours', '09:00-10:00', 'sat:18:00-sat:19:00', '00:30-09:16', /Backup window "09:00-10:00": it is in the busy hours, 00:30-09:16 UTC/],
    ['maintenance in the busy hours of any day', '10:00-11:00', 'sun:23:45-mon:00:45', '00:30-09:16', /Maintenance window "sun:23:45-mon:00:45": it is in the busy hours/],
    ['maintenance in busy hours over midnight', '10:00-11:00', 'mon:00:00-mon:00:30', '23:00-00:10', /it is in the busy hours/],
    ['busy hours that are none', '10:00-11:00', 'sat:18:00-sat:19:00', 'nine to five', /^Busy hours "nine to five": it is not two times/],
  ] as const) {
    it(`refuse ${what}`, () => expect(() => checkedWindows({ backup, maintenance }, busy)).to.throw(message));
  }

  it('may touch the busy hours without being in them', () => {
    const windows = { backup: '09:16-10:16', maintenance: 'sat:18:00-sat:19:00' };
    expect(checkedWindows(windows, '00:30-09:16')).to.equal(windows);
  });

  it('are refused exactly when some minute of the week lies in both', () => {
    const start = fc.nat(minutesOfWeek - 1);
    const length = fc.integer({ min: 30, max: 600 });
    fc.assert(
      fc.property(fc.nat(minutesOfDay - 1), length, start, length, (backupStart, backupLength, maintenanceStart, maintenanceLength) => {
        const windows = {
          backup: `${clock(backupStart)}-${clock(backupStart + backupLength)}`,
          maintenance: `${inWeek(maintenanceStart)}-${inWeek(maintenanceStart + maintenanceLength)}`,
        };
        const inBackup = (minute: number): boolean => (minute - backupStart + minutesOfWeek) % minutesOfDay < backupLength;
        const overlap = Array.from({ length: maintenanceLength }, (_, minute) => maintenanceStart + minute).some(inBackup);
        if (overlap) expect(() => checkedWindows(windows)).to.throw(/overlaps/);
        else expect(checkedWindows(windows)).to.equal(windows);
      }),
    );
  });
});
