/** The buttons at the foot of a dialog: the one that leaves everything as it is, then the one that acts. */
import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './dialog-buttons.module.css';

export const DialogButtons = ({ children }: { readonly children: ReactNode }) => (
  <Group justify="end" gap="sm" className={classes.buttons}>
    {children}
  </Group>
);
