/** How long leavers kept their accounts, from the change in the directory to the application's answer. */
import { useQuery } from '@tanstack/react-query';
import type { Column } from '../../../ui/data-table';
import { Empty, Shown } from '../../../ui/page-state';
import { Section } from '../../../ui/section';
import { count } from '../../../ui/words';
import { Figure } from './figure';
import { dayInWords, waitInWords, waitTicks } from './figures';
import { leaversQuery, type LeaversDay } from './queries';

const series = [
  { name: 'p50Seconds', label: 'Half of them at most', color: 'green' },
  { name: 'p95Seconds', label: '19 of 20 at most', color: 'amber' },
] as const;

const wait = (seconds: number | null): string => (seconds === null ? '–' : waitInWords(seconds));

const columns: readonly Column<LeaversDay>[] = [
  { header: 'Day', cell: ({ day }) => dayInWords(day) },
  { header: 'Left', align: 'end', cell: ({ count: left }) => left },
  ...series.map(({ name, label }): Column<LeaversDay> => ({
    header: label,
    align: 'end',
    cell: (day) => wait(day[name]),
  })),
];

const longestOf = (days: readonly LeaversDay[]): number =>
  Math.max(...days.map(({ p95Seconds }) => p95Seconds ?? 0));

function summaryOf(days: readonly LeaversDay[]): string {
  const left = days.reduce((sum, day) => sum + day.count, 0);
  const longest = longestOf(days);
  return `${count(left, 'leaver')}; on the slowest day 19 of 20 were removed within ${waitInWords(longest)}.`;
}

export function LeaversChart({ days }: { readonly days: number }) {
  return (
    <Section
      title="Leavers’ time to removal"
      about="From the change in the directory to the application's answer, an approval included."
    >
      <Shown query={useQuery(leaversQuery(days))} lines={6}>
        {({ days: found }) =>
          found.every((day) => day.count === 0) ? (
            <Empty title="Nobody left in this time">
              Whoever is suspended, deleted or in no bound group any more counts as a leaver.
            </Empty>
          ) : (
            <Figure
              label="Leavers’ time to removal"
              summary={summaryOf(found)}
              data={found.map((day) => ({ ...day, day: dayInWords(day.day) }))}
              of="day"
              series={series}
              valueInWords={waitInWords}
              ticks={waitTicks(longestOf(found))}
              rows={found.toReversed()}
              columns={columns}
              idOf={({ day }) => day}
            />
          )
        }
      </Shown>
    </Section>
  );
}
