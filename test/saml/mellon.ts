/** Apache with mod_auth_mellon (lasso). */
import { join } from 'node:path';
import { freePort } from '../../scripts/lib/postgres.mjs';
import { unescaped } from '../../src/cli/demo-browser.ts';
import { NAME_ID_FORMAT } from '../../src/saml/names.ts';
import { selfSigned } from '../support/certificate.ts';
import { startApache, whoIsSignedIn, type Variables } from './apache.ts';
import { newDirectory, textWhenReady } from './server-process.ts';
import type { StartServiceProvider } from './service-provider.ts';

/** Mellon leaves the values escaped as they were in the XML, so that a semicolon does not separate them. */
const variables: Variables = {
  nameId: 'MELLON_NAME_ID',
  attribute: (name) => `MELLON_${name}`,
  separator: '|',
  decode: unescaped,
};

/** Mellon makes its own metadata from these, unless it gets some in a file. */
const linesFor = (directory: string, entityId: string, metadata: readonly string[]): string[] => [
  'LoadModule auth_mellon_module /usr/lib/apache2/modules/mod_auth_mellon.so',
  '<Location />',
  '  MellonEnable info',
  '  MellonEndpointPath /mellon',
  `  MellonSPentityId ${entityId}`,
  `  MellonSPPrivateKeyFile ${join(directory, 'sp.key')}`,
  `  MellonSPCertFile ${join(directory, 'sp.crt')}`,
  `  MellonIdPMetadataFile ${join(directory, 'idp.xml')}`,
  ...metadata.map((file) => `  MellonSPMetadataFile ${join(directory, file)}`),
  '  MellonSecureCookie off',
  `  MellonMergeEnvVars On "${variables.separator}"`,
  '</Location>',
  '<Location /protected>',
  '  MellonEnable auth',
  '  Require valid-user',
  '</Location>',
];

export const startMellon: StartServiceProvider = async (idpMetadataXml) => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const { key, cert } = selfSigned('rsa');
  const entityId = `${origin}/mellon/metadata`;
  const start = (files: Record<string, string>, ...metadata: string[]) => {
    const directory = newDirectory({ 'sp.key': key, 'sp.crt': cert, 'idp.xml': idpMetadataXml, ...files });
    return startApache(directory, port, variables, linesFor(directory, entityId, metadata));
  };
  const first = start({});
  // Its own metadata asks for a transient name; an application that knows people by their address says so here.
  const metadataXml = (await textWhenReady(entityId, first)).replace(
    /(<NameIDFormat>)[^<]*/,
    `$1${NAME_ID_FORMAT.emailAddress}`,
  );
  await first.stop();
  const apache = start({ 'sp.xml': metadataXml }, 'sp.xml');
  await textWhenReady(entityId, apache);
  return {
    name: 'mod_auth_mellon',
    entityId,
    metadataXml,
    acsUrl: `${origin}/mellon/postResponse`,
    protectedUrl: `${origin}/protected/`,
    whoIsSignedIn: (page) => whoIsSignedIn(variables, page),
    close: apache.stop,
  };
};
