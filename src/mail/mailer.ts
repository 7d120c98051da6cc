/**
 * Mail, by SMTP. This folder owns what a message says, how it is handed to the mail server, and what is said where that
 * fails; when one is sent is decided in `sign-in/`, in `jobs/` and, for a trial, in `api/`.
 */
import { createTransport } from 'nodemailer';
import type { Config } from '../config.ts';

export interface Message {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  /** From whom mail comes. */
  readonly from: string;
  /** Where the mail server is, without what signs in there. */
  readonly server: { readonly host: string; readonly port: number | null; readonly tls: boolean };
  /** Resolves to the mail server's answer when it has taken the message. */
  readonly send: (message: Message) => Promise<string>;
}

const TIMEOUT_MS = 20_000;

/** A mailer for `SMTP_URL`; undefined where there is none. It connects for each message: there are few. */
export function makeMailer({ smtpUrl, mailFrom }: Pick<Config, 'smtpUrl' | 'mailFrom'>): Mailer | undefined {
  if (smtpUrl === undefined) return undefined;
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  const { hostname, port, protocol } = new URL(smtpUrl);
  return {
    from: mailFrom,
    server: { host: hostname, port: port === '' ? null : Number(port), tls: protocol === 'smtps:' },
    send: async (message) => (await transport.sendMail({ ...message, from: mailFrom })).response,
  };
}
