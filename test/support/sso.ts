/** Single sign-on where a test is about something else: on, so that the connection can be activated (R2). */
import { ssoSettingsSchema } from '../../src/saml/settings.ts';
import type { Application } from '../../src/store/applications.ts';
import type { Tx } from '../../src/store/database.ts';
import { updateSso } from '../../src/store/sso.ts';

/** What a connector that asks for a Customer ID is told. */
export const SSO_ENABLED = { enabled: true, answers: { customerId: 'acme' } };

/** The same past the API, for worlds without one; nobody can sign in, as there is no certificate. */
export async function enableSso(tx: Tx, application: Application): Promise<void> {
  const settings = { enabled: true, spEntityId: 'urn:sp', acsUrls: ['https://sp.test/acs'] };
  await updateSso(tx, application, ssoSettingsSchema.parse(settings), false);
}
