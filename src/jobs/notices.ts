/** Mail to administrators about what waits for them: as soon as it happens, at every start, and each minute. */
import { noticeMail } from '../mail/notice-mail.ts';
import { NOTICES_CHANNEL, noticeSent, takeNotice, type Notice } from '../store/notices.ts';
import type { Job } from './job.ts';
import { sendOwed, type Owed } from './owed-mail.ts';

const owed: Owed<Notice> = {
  name: 'A message to an administrator',
  take: takeNotice,
  message: noticeMail,
  sent: noticeSent,
  about: ({ application, kind }) => ({ application: application.id, kind }),
};

/** Tells each administrator once of each pause of a connection (R44) and of each hold (R46). */
export const notices: Job = {
  name: 'notices',
  cron: '* * * * *',
  atStart: true,
  wakeOn: NOTICES_CHANNEL,
  run: (deps) => sendOwed(deps, owed),
};
