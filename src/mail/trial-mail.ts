/** The message that tries the mail server. */
import type { Message } from './mailer.ts';

/** What an administrator sends themselves, to see that mail arrives. */
export const trialMail = (to: string): Message => ({
  to,
  subject: 'Mail from Rollcall arrives',
  text: `An administrator of Rollcall asked for this message, to see that mail arrives. There is nothing to do.
`,
});
