/**
 * Mail, by SMTP. This folder owns what a message says and how it is handed to the mail server; when one is sent is
 * decided in `sign-in/`.
 */
import { createTransport } from 'nodemailer';
import type { Config } from '../config.ts';

export interface Message {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Mailer {
  /** Resolves when the mail server has taken the message. */
  readonly send: (message: Message) => Promise<void>;
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
  return {
    send: async (message) => {
      await transport.sendMail({ ...message, from: mailFrom });
    },
  };
}
