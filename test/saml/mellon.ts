/** Apache with mod_auth_mellon (lasso). */
import { join } from 'node:path';
import { freePort } from '../../scripts/lib/postgres.mjs';
import { unescaped } from '../../src/cli/demo-browser.ts';
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

/** Mellon makes its own metadata from these. */
const linesFor = (directory: string, entityId: string): string[] => [
  'LoadModule auth_mellon_module /usr/lib/apache2/modules/mod_auth_mellon.so',
  '<Location />',
  '  MellonEnable info',
  '  MellonEndpointPath /mellon',
  `  MellonSPentityId ${entityId}`,
  `  MellonSPPrivateKeyFile ${join(directory, 'sp.key')}`,
  `  MellonSPCertFile ${join(directory, 'sp.crt')}`,
  `  MellonIdPMetadataFile ${join(directory, 'idp.xml')}`,
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
  const directory = newDirectory({ 'sp.key': key, 'sp.crt': cert, 'idp.xml': idpMetadataXml });
  const entityId = `${origin}/mellon/metadata`;
  const apache = startApache(directory, port, variables, linesFor(directory, entityId));
  const metadataXml = await textWhenReady(entityId, apache);
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
