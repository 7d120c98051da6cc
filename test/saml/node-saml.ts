/** @node-saml/node-saml behind a bare server, as an application of that kind would have it. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { SAML, ValidateInResponseTo, type Profile } from '@node-saml/node-saml';
import { freePort } from '../../scripts/lib/postgres.mjs';
import { selfSigned } from '../support/certificate.ts';
import { readIdpMetadata } from './idp-metadata.ts';
import { PROTECTED, whoIsSignedIn } from './json-page.ts';
import type { StartServiceProvider } from './service-provider.ts';

const goTo = (response: ServerResponse, location: string, cookie?: string): void => {
  response.writeHead(303, { location, ...(cookie && { 'set-cookie': cookie }) }).end();
};

function serviceProvider(origin: string, idpMetadataXml: string, key: string): SAML {
  const { signOnUrl, certificates } = readIdpMetadata(idpMetadataXml);
  return new SAML({
    entryPoint: signOnUrl,
    idpCert: [...certificates],
    issuer: `${origin}/metadata`,
    audience: `${origin}/metadata`,
    callbackUrl: `${origin}/acs`,
    decryptionPvk: key,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: true,
    validateInResponseTo: ValidateInResponseTo.ifPresent,
  });
}

/** The routes of the application; who is in is kept by cookie. */
function application(saml: SAML, origin: string) {
  const sessions = new Map<string, Profile>();
  const show = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const profile = sessions.get(request.headers.cookie ?? '');
    if (profile) response.end(JSON.stringify({ nameId: profile.nameID, attributes: profile['attributes'] }));
    else goTo(response, await saml.getAuthorizeUrlAsync('', undefined, {}));
  };
  const consume = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = new URLSearchParams(await text(request));
    const SAMLResponse = form.get('SAMLResponse') ?? '';
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse });
    if (!profile) throw new Error('The Response signs nobody in.');
    const cookie = `session=${randomUUID()}`;
    sessions.set(cookie, profile);
    goTo(response, `${origin}${PROTECTED}`, cookie);
  };
  return (request: IncomingMessage, response: ServerResponse): Promise<void> =>
    request.method === 'POST' ? consume(request, response) : show(request, response);
}

export const startNodeSaml: StartServiceProvider = async (idpMetadataXml) => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const { key, cert } = selfSigned('rsa');
  const saml = serviceProvider(origin, idpMetadataXml, key);
  const answer = application(saml, origin);
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(403).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    name: 'node-saml',
    entityId: `${origin}/metadata`,
    metadataXml: saml.generateServiceProviderMetadata(cert),
    acsUrl: `${origin}/acs`,
    protectedUrl: `${origin}${PROTECTED}`,
    whoIsSignedIn,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
