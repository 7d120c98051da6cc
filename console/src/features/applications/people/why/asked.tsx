/** What was asked of the application for somebody, and what it answered, the newest first. */
import { useState } from 'react';
import { DataTable } from '../../../../ui/data-table';
import { Empty } from '../../../../ui/page-state';
import { Section } from '../../../../ui/section';
import { eventColumns } from '../../../events/columns';
import { EventDrawer } from '../../../events/event-drawer';
import type { LoggedEvent } from '../../../events/queries';
import type { AccountInFull } from '../queries';

export function Asked({ account: { recentEvents } }: { readonly account: AccountInFull }) {
  const [opened, setOpened] = useState<LoggedEvent | null>(null);
  return (
    <Section title="What was asked and answered last">
      {recentEvents.length === 0 ? (
        <Empty title="Nothing yet">Nothing has been asked of the application for them.</Empty>
      ) : (
        <DataTable
          label="Operations"
          rows={recentEvents}
          columns={eventColumns(setOpened)}
          idOf={({ id }) => id}
        />
      )}
      <EventDrawer event={opened} onClose={() => setOpened(null)} />
    </Section>
  );
}
