/** What came of something, in a sentence in a corner of the page; also to those who hear the page. */
import { notifications } from '@mantine/notifications';

const shared = { withBorder: true, closeButtonProps: { 'aria-label': 'Close' } } as const;

/** What was done; it goes by itself. */
export const notify = (message: string): void => {
  notifications.show({ ...shared, message, role: 'status' });
};

/** What could not be done, and what to do next; it stays until somebody has read it. */
export const notifyFailure = (message: string): void => {
  notifications.show({ ...shared, message, role: 'alert', color: 'red', autoClose: false });
};
