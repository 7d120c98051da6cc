/** Why the mail server did not take a message, in words. Pure. */
import { z } from 'zod';

interface MailFault {
  readonly message: string;
  /** The server's own words. */
  readonly said: string | null;
}

const errorSchema = z.object({ code: z.string().optional(), response: z.string().optional() });

/** By nodemailer's codes. */
const MESSAGES: Readonly<Record<string, string>> = {
  EAUTH: 'The mail server refused the user name or the password. Correct them in SMTP_URL.',
  EDNS: 'The name of the mail server is not known. Correct the host in SMTP_URL.',
  ECONNECTION: 'The mail server cannot be reached. Check host and port in SMTP_URL, and that it runs.',
  ESOCKET: 'The mail server cannot be reached. Check host and port in SMTP_URL, and that it runs.',
  ETIMEDOUT: 'The mail server does not answer. Check host and port in SMTP_URL, and what stands between.',
  ETLS: 'There is no secure connection to the mail server. Check its certificate, and whether SMTP_URL begins with smtp or smtps.',
  EENVELOPE: 'The mail server refused the sender (ROLLCALL_MAIL_FROM) or the recipient.',
  EMESSAGE: 'The mail server refused the message.',
};

/** What nodemailer threw, for people. */
export function mailFault(error: unknown): MailFault {
  const { code = '', response } = errorSchema.catch({}).parse(error);
  const message = MESSAGES[code] ?? 'The mail server did not take the message.';
  return { message, said: response ?? null };
}
