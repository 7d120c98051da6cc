/** Single sign-on in the demo: set up on both sides, and one person who goes all the way through it. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Application } from './demo-application.ts';
import { Browser, formOf, type Page } from './demo-browser.ts';
import { readUsers, type DirectoryUser } from './demo-directory.ts';
import type { JsonClient } from './demo-http.ts';
import type { Run } from './demo-run.ts';

/** What each side has to know of the other. */
export async function setUpSignOn({ sandbox, screen }: Run, application: Application): Promise<void> {
  const { customerId, acsUrl } = await sandbox.saml();
  const { certificate, signOnUrl } = await application.enableSso(customerId, acsUrl);
  await sandbox.trust(signOnUrl, certificate);
  screen.notes('single sign-on', [
    `SAML 2.0, which Segment needs first. Customer ID ${customerId}, from Segment to Rollcall; a sign-on URL and a certificate, from Rollcall to Segment.`,
  ]);
}

const linkSchema = z.object({ link: z.string() });

/** A password of their own, by the link that a help desk hands out. */
export async function choosePassword(api: JsonClient, { id }: Pick<DirectoryUser, 'id'>): Promise<string> {
  const password = randomBytes(18).toString('base64url');
  const { link } = await api.call('POST', `/users/${id}/password-reset`, linkSchema, { deliver: 'link' });
  const browser = new Browser();
  const { action, fields } = formOf(await browser.open(link));
  await browser.submit({ action, fields: { ...fields, password, repeated: password } });
  return password;
}

/** From Segment's sign-in page to Rollcall's, and back with an assertion. Answers where that ends. */
async function signIn(segmentUrl: string, username: string, password: string): Promise<Page> {
  const browser = new Browser();
  await browser.open(`${segmentUrl}/login`);
  const { action, fields } = formOf(await browser.open(`${segmentUrl}/login/sso`));
  const assertion = await browser.submit({ action, fields: { ...fields, username, password } });
  return browser.submit(formOf(assertion));
}

/** Has somebody sign in, as they would with a browser. Answers whether they are in. */
export async function showSignIn({ api, screen, stage }: Run, username: string): Promise<boolean> {
  const person = (await readUsers(api)).find((one) => one.username === username);
  if (person === undefined) throw new Error(`There is no ${username} in the directory.`);
  screen.heading('Signing in to Segment');
  const password = await choosePassword(api, person);
  screen.notes(person.firstname ?? username, [
    'chooses a password, at the link that her help desk gave her',
    'Segment: Sign in with SSO → Rollcall: user name and password → back, with a signed assertion',
  ]);
  const page = await signIn(stage.segmentUrl, username, password);
  const isIn = page.url.pathname === '/app' && page.text.includes(username);
  screen.verdict(isIn, isIn ? `She is in Segment, as ${username}.` : `Segment says: ${page.url.pathname}`);
  return isIn;
}
