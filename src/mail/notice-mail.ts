/** The messages to administrators when something waits for them: a paused connection (R44), leavers that are held (R46). */
import { count } from '../count.ts';
import type { Notice } from '../store/notices.ts';
import type { Message } from './mailer.ts';

const deactivations = (number: number): string => count(number, 'deactivation');

const pausedMail = ({ to, application, reason }: Notice, link: string): Message => ({
  to,
  subject: `Rollcall paused the connection of ${application.label}`,
  text: `Rollcall cannot go on at ${application.label} and has paused its connection. Nothing is sent there until an administrator acts.

Why: ${reason}

Nothing is lost: what changes in the directory meanwhile waits, and is sent once the connection goes on. Until then, people who leave keep their accounts there.

Put it right here:

${link}/identity-management
`,
});

const heldMail = ({ to, application, reason, held }: Notice, link: string): Message => ({
  to,
  subject: `${deactivations(held)} in ${application.label} ${held === 1 ? 'waits' : 'wait'} for your approval`,
  text: `Rollcall holds ${deactivations(held)} in ${application.label} until an administrator has seen the list.

Why: ${reason}

Nothing is lost, and everything else goes on. Until somebody decides, whoever waits keeps their account there as it is.

Look at the list, then approve or reject it:

${link}/plan
`,
});

/** What an administrator is told; `address` is where people reach Rollcall. */
export function noticeMail(notice: Notice, address: string): Message {
  const link = `${address}/console/applications/${notice.application.id}`;
  return notice.kind === 'paused' ? pausedMail(notice, link) : heldMail(notice, link);
}
