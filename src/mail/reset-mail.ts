/** The message to somebody who forgot their password. */
import type { Message } from './mailer.ts';

/** The link for whoever forgot their password. */
export const resetMail = (to: string, username: string, link: string): Message => ({
  to,
  subject: 'Set a new password for Rollcall',
  text: `Somebody, probably you, asked to set a new password for the Rollcall account ${username}.

Open this link within the next hour; it works once:

${link}

If it was not you, there is nothing to do: your password stays as it is.
`,
});
