/** What was done in all applications, day by day. */
import { useQuery } from '@tanstack/react-query';
import type { Column } from '../../../ui/data-table';
import { Empty, Shown } from '../../../ui/page-state';
import { Section } from '../../../ui/section';
import { count, written } from '../../../ui/words';
import { Figure } from './figure';
import { dayInWords } from './figures';
import { provisionedQuery, type ProvisionedDay } from './queries';

type Counted = Exclude<keyof ProvisionedDay, 'day'>;

const series = [
  { name: 'created', label: 'Created', color: 'green' },
  { name: 'reactivated', label: 'Reactivated', color: 'blue' },
  { name: 'updated', label: 'Updated', color: 'violet' },
  { name: 'deactivated', label: 'Deactivated', color: 'red' },
  { name: 'groupChanges', label: 'Group changes', color: 'amber' },
] as const satisfies readonly { name: Counted; label: string; color: string }[];

const others = [
  { name: 'refused', label: 'Refused' },
  { name: 'failed', label: 'Tried again' },
] as const satisfies readonly { name: Counted; label: string }[];

const columns: readonly Column<ProvisionedDay>[] = [
  { header: 'Day', cell: ({ day }) => dayInWords(day) },
  ...[...series, ...others].map(({ name, label }): Column<ProvisionedDay> => ({
    header: label,
    align: 'end',
    cell: (day) => day[name],
  })),
];

const sumOf = (days: readonly ProvisionedDay[], name: Counted): number =>
  days.reduce((sum, day) => sum + day[name], 0);

function summaryOf(days: readonly ProvisionedDay[]): string {
  const [created, deactivated] = [sumOf(days, 'created'), sumOf(days, 'deactivated')];
  return `What was provisioned in ${count(days.length, 'day')}: ${count(created, 'account')} created, ${written(deactivated)} deactivated.`;
}

export function ProvisionedChart({ days }: { readonly days: number }) {
  return (
    <Section title="Provisioned over time" about={`In all applications, in the last ${count(days, 'day')}.`}>
      <Shown query={useQuery(provisionedQuery(days))} lines={6}>
        {({ days: found }) =>
          series.every(({ name }) => sumOf(found, name) === 0) ? (
            <Empty title="Nothing was provisioned in this time">
              Once a connection is active and groups are bound to it, each day shows what was done.
            </Empty>
          ) : (
            <Figure
              label="Provisioned over time"
              summary={summaryOf(found)}
              data={found.map((day) => ({ ...day, day: dayInWords(day.day) }))}
              of="day"
              series={series}
              stacked
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
