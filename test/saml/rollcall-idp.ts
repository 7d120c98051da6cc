/** Rollcall as the identity provider of the suite: a whole server, with one application for each service provider. */
import { z } from 'zod';
import { made } from '../support/api.ts';
import { startRollcall } from '../support/rollcall.ts';
import { fillIn, givePassword, setUpSso, type Sso } from '../support/sign-on.ts';
import type { IdentityProvider } from './identity-provider.ts';
import type { SignedIn } from './service-provider.ts';

const SETTINGS = {
  nameId: { source: 'user.email' },
  attributes: [
    { name: 'email', expression: 'user.email' },
    { name: 'name', expression: 'user.displayname' },
  ],
  groupAttribute: { name: 'groups', groups: 'bound' },
};

/** The service provider is known only once it has the metadata: until then, the settings hold a place. */
const PLACE = { spEntityId: 'urn:to-come', acsUrls: ['https://sp.test/acs'] };

/** A Rollcall in which that person is in those groups, which are bound to the application. */
export async function startRollcallIdp(person: SignedIn): Promise<IdentityProvider> {
  const rollcall = await startRollcall('embedded');
  const { api } = rollcall;
  const caller = { call: api };
  const { nameId: email, attributes } = person;
  const user = { username: 'ada', email, displayname: attributes.name[0] };
  const ada = await made(caller, '/users', user);
  await givePassword(rollcall, ada);
  const id = await made(caller, '/applications', { connector: 'scim2', label: 'Round trip' });
  for (const name of attributes.groups) {
    const group = await made(caller, '/groups', { name });
    await api('POST', `/groups/${group}/members`, { add: [ada] });
    await api('POST', `/applications/${id}/groups`, { add: [group] });
  }
  const { identityProvider }: Sso = await setUpSso(rollcall, id, { ...SETTINGS, ...PLACE });
  const metadata = await api('GET', `/applications/${id}/sso/metadata`);
  return {
    name: 'Rollcall',
    metadataXml: z.string().parse(metadata.body),
    certificate: identityProvider.certificates[0]?.certificate ?? '',
    trust: async ({ metadataXml }) => {
      const answer = await api('PUT', `/applications/${id}/sso/service-provider-metadata`, undefined, {
        raw: metadataXml,
        headers: { 'content-type': 'application/xml' },
      });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      // Some metadata names the transient format alone, and takes any.
      await api('PUT', `/applications/${id}/sso`, { ...z.looseObject({}).parse(answer.body), ...SETTINGS });
    },
    signIn: (browser, page) => fillIn(browser, page, 'ada'),
    launch: async (browser) => fillIn(browser, await browser.open(identityProvider.startUrl), 'ada'),
    close: rollcall.close,
  };
}
