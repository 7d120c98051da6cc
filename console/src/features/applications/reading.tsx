/** How reading what the application holds stands, where people are to know: nothing is sent before, or it was of no use. */
import { useQuery } from '@tanstack/react-query';
import { Notice } from '../../ui/notice';
import { statusQuery, type Application } from './queries';

export function Reading({ application: { id, label } }: { readonly application: Application }) {
  const status = useQuery(statusQuery(id)).data;
  if (status?.state !== 'active') return null;
  const { inventoryError, unsure } = status;
  return (
    <>
      {unsure && (
        <Notice tone="info">
          Since the address or the token was changed, accounts are made sure of first: nothing is sent before
          what {label} holds has been read.
        </Notice>
      )}
      {inventoryError !== null && (
        <Notice tone="warn" title={`The last reading of what ${label} holds was of no use`}>
          {inventoryError.message}
        </Notice>
      )}
    </>
  );
}
