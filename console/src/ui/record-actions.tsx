/** What is done to a record as a whole, beside its heading: editing it, and what is rare or ends it behind "More". */
import { Button, Menu } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  readonly edit: () => void;
  readonly remove: () => void;
  /** More entries of the menu, before "Delete". */
  readonly children?: ReactNode;
}

export const RecordActions = ({ edit, remove, children }: Props) => (
  <>
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default">More</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {children}
        <Menu.Item c="var(--bad)" onClick={remove}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
    <Button onClick={edit}>Edit</Button>
  </>
);
