/** Leaving a page with something on it that is not saved. */
import { Button, Group, Modal, Stack } from '@mantine/core';
import { useBlocker, type ShouldBlockFn } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** Another page of a list, or another search, is no other page. */
const isElsewhere: ShouldBlockFn = ({ current, next }) => current.pathname !== next.pathname;

/**
 * While it is rendered, whoever goes to another page is asked first, with what would be lost. Where the tab is closed or
 * loaded again, the browser asks, in words of its own.
 */
export function Unsaved({ children }: { readonly children: ReactNode }) {
  const { status, proceed, reset } = useBlocker({ shouldBlockFn: isElsewhere, withResolver: true });
  return (
    <Modal opened={status === 'blocked'} onClose={() => reset?.()} title="Leave without saving?">
      <Stack>
        <div>{children}</div>
        <Group justify="end" gap="sm">
          <Button variant="default" onClick={reset} data-autofocus>
            Stay
          </Button>
          <Button color="red" onClick={proceed}>
            Leave without saving
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
