/** That another application is called so already: allowed, and yet people tell applications apart by their labels. */
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { SEARCH_DELAY_MS } from '../../ui/list-state';
import { Notice } from '../../ui/notice';
import { labelQuery } from './queries';

interface Props {
  readonly label: string;
  /** Of the application that is called so itself; none, where it is still to be made. */
  readonly id?: string;
}

export function LabelTaken({ label, id }: Props) {
  const [asked] = useDebouncedValue(label.trim(), SEARCH_DELAY_MS);
  const { data } = useQuery({ ...labelQuery(asked), enabled: asked !== '' });
  const other = data?.items.find((application) => application.id !== id);
  if (other === undefined || asked !== label.trim()) return null;
  return (
    <div role="status">
      <Notice tone="warn">
        There is an application called “{other.label}” already. People tell applications apart by their
        labels: give this one another.
      </Notice>
    </div>
  );
}
