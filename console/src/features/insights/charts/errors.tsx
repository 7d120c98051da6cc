/** What went wrong, the application with the most first. */
import { Anchor, List } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Column } from '../../../ui/data-table';
import { Empty, Shown } from '../../../ui/page-state';
import { Section } from '../../../ui/section';
import { count } from '../../../ui/words';
import { Figure } from './figure';
import { errorsQuery, type ErrorsOfApplication } from './queries';

const series = [
  { name: 'refused', label: 'Given up', color: 'red' },
  { name: 'later', label: 'Tried again', color: 'amber' },
  { name: 'stopped', label: 'Stopped or held', color: 'violet' },
] as const;

const columns: readonly Column<ErrorsOfApplication>[] = [
  {
    header: 'Application',
    cell: ({ application: { id, label } }) => (
      <Anchor component={Link} to={`/applications/${id}/log`}>
        {label}
      </Anchor>
    ),
  },
  ...series.map(({ name, label }): Column<ErrorsOfApplication> => ({
    header: label,
    align: 'end',
    cell: (errors) => errors[name],
  })),
];

function Frequent({ of }: { readonly of: ErrorsOfApplication }) {
  return (
    <>
      <h3>{of.application.label}: said most often</h3>
      <List>
        {of.frequent.map(({ sentence, count: times }) => (
          <List.Item key={sentence}>
            {sentence} ({count(times, 'time')})
          </List.Item>
        ))}
      </List>
    </>
  );
}

export function ErrorsChart({ days }: { readonly days: number }) {
  return (
    <Section title="Errors by application" about={`In the last ${count(days, 'day')}.`}>
      <Shown query={useQuery(errorsQuery(days))} lines={4}>
        {({ applications }) =>
          applications.length === 0 ? (
            <Empty title="Nothing went wrong in this time" />
          ) : (
            <>
              <Figure
                label="Errors by application"
                summary={`Errors in ${count(applications.length, 'application')}, the most in ${applications[0]?.application.label ?? ''}.`}
                data={applications.map(({ application, refused, later, stopped }) => ({
                  label: application.label,
                  refused,
                  later,
                  stopped,
                }))}
                of="label"
                series={series}
                stacked
                lying
                rows={applications}
                columns={columns}
                idOf={({ application }) => application.id}
              />
              {applications.map((each) => (
                <Frequent key={each.application.id} of={each} />
              ))}
            </>
          )
        }
      </Shown>
    </Section>
  );
}
