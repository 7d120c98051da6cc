/** How reading what the application holds stands, where people are to know: nothing is sent before, or it could not be used. */
import { useQuery } from '@tanstack/react-query';
import { Notice } from '../../ui/notice';
import { statusQuery, type Application } from './queries';

export function Reading({ application: { id, label } }: { readonly application: Application }) {
  const status = useQuery(statusQuery(id)).data;
  if (status?.state !== 'active') return null;
  const { inventoryError, note } = status;
  return (
    <>
      {note !== null && <Notice tone="info">{note}</Notice>}
      {inventoryError !== null && (
        <Notice tone="warn" title={`The last reading of what ${label} holds could not be used`}>
          {inventoryError.message}
        </Notice>
      )}
    </>
  );
}
