/** What the mapping makes of somebody, and what the application holds or keeps for itself. */
import { Notice } from '../../../../ui/notice';
import { Empty } from '../../../../ui/page-state';
import { Section } from '../../../../ui/section';
import { MappingTable } from '../mapping-table';
import type { AccountInFull } from '../queries';

export const Mapped = ({ account: { mapping, notAccepted } }: { readonly account: AccountInFull }) => (
  <Section title="From what to what" about="What the mapping makes of them, and what the application holds.">
    {mapping.length === 0 ? (
      <Empty title="Nothing is mapped">They are deleted from the directory.</Empty>
    ) : (
      <MappingTable rows={mapping} />
    )}
    {notAccepted.length > 0 && (
      <Notice tone="info" title="What the application keeps for itself">
        {notAccepted.map(({ path, sentence }) => (
          <div key={path}>{sentence}</div>
        ))}
        It is tried again once when it changes in the directory.
      </Notice>
    )}
  </Section>
);
