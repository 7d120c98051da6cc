/** What the mapping makes of somebody, and what the application holds or keeps for itself. */
import { Notice } from '../../../../ui/notice';
import { Empty } from '../../../../ui/page-state';
import { Section } from '../../../../ui/section';
import { MappingTable } from '../mapping-table';
import { keptByItself } from '../account-state';
import type { AccountInFull } from '../queries';

const KeptForItself = ({ account }: { readonly account: AccountInFull }) => {
  const kept = keptByItself(account);
  if (kept.length === 0) return null;
  return (
    <Notice tone="info" title="What the application keeps for itself">
      {kept.map(({ path, sentence }) => (
        <div key={path}>{sentence}</div>
      ))}
      It is tried again once when it changes in the directory.
    </Notice>
  );
};

export const Mapped = ({ account }: { readonly account: AccountInFull }) => (
  <Section title="From what to what" about="What the mapping makes of them, and what the application holds.">
    {account.mapping.length === 0 ? (
      <Empty title="Nothing is mapped">They are deleted from the directory.</Empty>
    ) : (
      <MappingTable rows={account.mapping} />
    )}
    <KeptForItself account={account} />
  </Section>
);
