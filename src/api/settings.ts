/** What the server was told, for administrators to look at: mail, which can be tried, and security. Settings are changed where it is started. */
import { z } from 'zod';
import { witnessOf } from '../http/act.ts';
import { routes, type Route } from '../http/routes.ts';
import { mailFault } from '../mail/fault.ts';
import type { Mailer } from '../mail/mailer.ts';
import { trialMail } from '../mail/trial-mail.ts';
import { transact } from '../store/transact.ts';
import { safeguards } from './safeguards.ts';

const mailSchema = z
  .object({
    set: z.boolean().describe('Whether there is a mail server (`SMTP_URL`).'),
    from: z.string().nullable().describe('From whom mail comes (`ROLLCALL_MAIL_FROM`).'),
    server: z
      .object({ host: z.string(), port: z.int().nullable(), tls: z.boolean() })
      .nullable()
      .describe('Where it is, without what signs in there.'),
  })
  .meta({ id: 'MailSettings' });

const trialBody = z.strictObject({ to: z.email().max(254) }).meta({ id: 'MailTrial' });

const trialSchema = z
  .object({
    sent: z.boolean(),
    message: z.string().describe('What came of it, and what to do.'),
    said: z.string().nullable().describe("The mail server's own words."),
  })
  .meta({ id: 'MailTried' });

const securitySchema = z
  .object({
    safeguards: z.array(
      z.object({
        name: z.string(),
        value: z.union([z.string(), z.number(), z.boolean()]),
        sentence: z.string().describe('What is in force.'),
        setting: z.string().nullable().describe('The variable that changes it; null where nothing does.'),
      }),
    ),
  })
  .meta({ id: 'SecuritySettings' });

async function tryMail(mailer: Mailer | undefined, to: string): Promise<z.infer<typeof trialSchema>> {
  if (mailer === undefined)
    return {
      sent: false,
      message: 'No mail server is set. Set SMTP_URL, and start the server again.',
      said: null,
    };
  try {
    const said = await mailer.send(trialMail(to));
    return {
      sent: true,
      message: `The mail server took the message to ${to}. See whether it arrives.`,
      said,
    };
  } catch (error) {
    return { sent: false, ...mailFault(error) };
  }
}

const tags = ['Settings'];

const readMail: Route = (api, { mailer }) =>
  api.get(
    '/settings/mail',
    {
      config: { allow: 'administer' },
      schema: { tags, summary: 'See how mail is sent', response: { 200: mailSchema } },
    },
    () => ({ set: mailer !== undefined, from: mailer?.from ?? null, server: mailer?.server ?? null }),
  );

const sendTrial: Route = (api, { database, mailer }) =>
  api.post(
    '/settings/mail/test',
    {
      config: { allow: 'administer', audit: 'mail.tried' },
      schema: {
        tags,
        summary: 'Send a message to see that mail arrives',
        description: "Waits for the mail server's answer.",
        body: trialBody,
        response: { 200: trialSchema },
      },
    },
    async (request) => {
      const { to } = request.body;
      const tried = await tryMail(mailer, to);
      const subject = { kind: 'mail', id: null, name: to };
      await transact(database, witnessOf(request, { subject, after: { sent: tried.sent } }));
      return tried;
    },
  );

const readSecurity: Route = (api, { config, secrets }) =>
  api.get(
    '/settings/security',
    {
      config: { allow: 'administer' },
      schema: {
        tags,
        summary: 'See what is in force',
        description: 'Read only: settings are changed in the environment of the server.',
        response: { 200: securitySchema },
      },
    },
    () => ({ safeguards: safeguards(config, secrets.keyId) }),
  );

export const settingRoutes = routes(readMail, sendTrial, readSecurity);
