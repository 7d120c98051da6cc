/** The same ways through every service provider, for one identity provider. */
import { beforeAll, describe, expect, it } from 'vitest';
import { checkServiceProviders } from '../../scripts/lib/service-providers.mjs';
import { Browser, formOf, type Form } from '../../src/cli/demo-browser.ts';
import { encoded } from '../support/samlp-messages.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { startMellon } from './mellon.ts';
import { startNodeSaml } from './node-saml.ts';
import { startShibboleth } from './shibboleth.ts';
import { startSimpleSamlPhp } from './simplesamlphp.ts';
import type { ServiceProvider, SignedIn, StartServiceProvider } from './service-provider.ts';
import { xmlsecAgrees } from './xmlsec.ts';

/** Set by `npm test` where the service providers could not be installed, which it then says. */
const leftOut = process.env.ROLLCALL_TEST_SAML === 'none';

const serviceProviders: [name: string, start: StartServiceProvider][] = [
  ['mod_auth_mellon', startMellon],
  ['Shibboleth', startShibboleth],
  ['SimpleSAMLphp', startSimpleSamlPhp],
  ['node-saml', startNodeSaml],
];

const responseIn = ({ fields }: Form): string =>
  Buffer.from(fields['SAMLResponse'] ?? '', 'base64').toString();

/** The form with the Response altered after it was signed. */
function altered(form: Form, from: string, to: string): Form {
  const xml = responseIn(form);
  if (!xml.includes(from)) throw new Error(`The Response does not say ${from}.`);
  return { ...form, fields: { ...form.fields, SAMLResponse: encoded(xml.replaceAll(from, to)) } };
}

/**
 * @param start starts the identity provider, once for each service provider
 * @param person who signs in there
 */
export function roundTrips(start: () => Promise<IdentityProvider>, person: SignedIn): void {
  describe.skipIf(leftOut).each(serviceProviders)('%s', (_, startServiceProvider) => {
    let idp: IdentityProvider;
    let sp: ServiceProvider;
    let browser: Browser;

    beforeAll(async () => {
      checkServiceProviders();
      idp = await start();
      sp = await startServiceProvider(idp.metadataXml);
      await idp.trust(sp);
      return async () => {
        await sp.close();
        await idp.close();
      };
    });

    /** The way from the protected page to the form that goes back. */
    const signIn = async (): Promise<Form> => {
      browser = new Browser();
      return formOf(await idp.signIn(browser, await browser.open(sp.protectedUrl)));
    };

    const whoIsIn = async (): Promise<SignedIn | undefined> =>
      sp.whoIsSignedIn(await browser.open(sp.protectedUrl));

    it('publishes the metadata that it is known by', () => {
      expect(sp.metadataXml).toContain(`entityID="${sp.entityId}"`);
      expect(sp.metadataXml).toContain(`Location="${sp.acsUrl}"`);
    });

    it('SP-initiated: the person comes back with name and attributes', async () => {
      const form = await signIn();
      const page = await browser.submit(form);
      expect(page.url.href).toBe(sp.protectedUrl);
      expect(sp.whoIsSignedIn(page)).toEqual(person);
    });

    it('IdP-initiated: a Response that nobody asked for signs in', async () => {
      browser = new Browser();
      await browser.submit(formOf(await idp.launch(browser, sp)));
      expect(await whoIsIn()).toEqual(person);
    });

    const alterations: [what: string, of: (person: SignedIn) => string][] = [
      ['an attribute value', ({ attributes }) => attributes.name[0] ?? ''],
      ['the NameID', ({ nameId }) => nameId],
    ];

    it.each(alterations)('refuses a Response with %s altered', async (_, of) => {
      const page = await browser.submit(altered(await signIn(), of(person), 'eve@example.org'));
      expect(sp.whoIsSignedIn(page)).toBeUndefined();
      expect(await whoIsIn()).toBeUndefined();
    });

    it('is sent signatures that xmlsec1 accepts, and refuses once altered', async () => {
      const form = await signIn();
      const broken = responseIn(altered(form, person.nameId, 'eve@example.org'));
      for (const part of ['Response', 'Assertion'] as const) {
        expect(xmlsecAgrees(responseIn(form), part, idp.certificate)).toBe(true);
        expect(xmlsecAgrees(broken, part, idp.certificate)).toBe(false);
      }
    });
  });
}
