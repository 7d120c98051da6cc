import { notifications } from '@mantine/notifications';

/** Says in a corner of the page what was done, in a sentence, for some seconds; also to those who hear the page. */
export const notify = (message: string): void => {
  notifications.show({
    message,
    withBorder: true,
    role: 'status',
    closeButtonProps: { 'aria-label': 'Close' },
  });
};
