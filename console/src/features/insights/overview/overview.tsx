/** What was provisioned, how long leavers waited, and what went wrong, as pictures and as tables. */
import { SegmentedControl } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { PageHeader } from '../../../ui/page-header';
import { ErrorsChart } from '../charts/errors';
import { LeaversChart } from '../charts/leavers';
import { ProvisionedChart } from '../charts/provisioned';
import { periods, type Days } from './route';

const route = getRouteApi('/insights/');

const choices = periods.map((days) => ({ value: String(days), label: `${days} days` }));

function Period({ days }: { readonly days: Days }) {
  const navigate = useNavigate();
  return (
    <SegmentedControl
      aria-label="Of how many days"
      data={choices}
      value={String(days)}
      onChange={(value) => void navigate({ to: '/insights', search: { days: Number(value) as Days } })}
    />
  );
}

export function Overview() {
  const { days = 30 } = route.useSearch();
  return (
    <>
      <PageHeader title="Insights" actions={<Period days={days} />} />
      <ProvisionedChart days={days} />
      <LeaversChart days={days} />
      <ErrorsChart days={days} />
    </>
  );
}
