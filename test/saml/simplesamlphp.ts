/** SimpleSAMLphp on PHP's own web server. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../scripts/lib/postgres.mjs';
import { NAME_ID_FORMAT } from '../../src/saml/names.ts';
import { selfSigned } from '../support/certificate.ts';
import { readIdpMetadata } from './idp-metadata.ts';
import { PROTECTED, whoIsSignedIn } from './json-page.ts';
import { newDirectory, startProcess, textWhenReady } from './server-process.ts';
import type { StartServiceProvider } from './service-provider.ts';

const CODE = '/usr/share/simplesamlphp';

/** PHP reads a JSON string of ours between single quotes as it is, but for these two. */
const php = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** Debian's configuration, with what has to be different here. */
const configPhp = (directory: string, origin: string): string => `<?php
require '/etc/simplesamlphp/config.php';
$config = array_merge($config, [
    'baseurlpath' => ${php(`${origin}/`)},
    'certdir' => ${php(`${directory}/`)},
    'datadir' => ${php(`${directory}/`)},
    'tempdir' => ${php(`${directory}/`)},
    'loggingdir' => ${php(`${directory}/`)},
    'logging.handler' => 'errorlog',
    'secretsalt' => 'for a test of a minute',
    'session.cookie.secure' => false,
    'session.phpsession.savepath' => ${php(directory)},
    'language.cookie.secure' => false,
    'metadata.sources' => [['type' => 'xml', 'file' => ${php(join(directory, 'idp.xml'))}]],
]);
`;

const authSourcesPhp = (entityId: string, idpEntityId: string): string => `<?php
$config = ['sp' => [
    'saml:SP',
    'entityID' => ${php(entityId)},
    'idp' => ${php(idpEntityId)},
    'privatekey' => 'sp.key',
    'certificate' => 'sp.crt',
    'WantAssertionsSigned' => true,
    'NameIDPolicy' => ['Format' => '${NAME_ID_FORMAT.emailAddress}', 'AllowCreate' => true],
]];
`;

/** The protected page is ours, everything else is SimpleSAMLphp's. */
const ROUTER = `<?php
if (parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) !== '${PROTECTED}') return false;
require '${CODE}/lib/_autoload.php';
$sp = new SimpleSAML\\Auth\\Simple('sp');
$sp->requireAuth();
header('Content-Type: application/json');
echo json_encode(['nameId' => $sp->getAuthData('saml:sp:NameID')->getValue(), 'attributes' => $sp->getAttributes()]);
`;

export const startSimpleSamlPhp: StartServiceProvider = async (idpMetadataXml) => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const entityId = `${origin}/module.php/saml/sp/metadata.php/sp`;
  const { key, cert } = selfSigned('rsa');
  const directory = newDirectory({
    'sp.key': key,
    'sp.crt': cert,
    'idp.xml': idpMetadataXml,
    'authsources.php': authSourcesPhp(entityId, readIdpMetadata(idpMetadataXml).entityId),
    'router.php': ROUTER,
  });
  await writeFile(join(directory, 'config.php'), configPhp(directory, origin));
  const command = ['php', '-S', `127.0.0.1:${port}`, '-t', join(CODE, 'www'), join(directory, 'router.php')];
  const server = startProcess(directory, 'php', command, { SIMPLESAMLPHP_CONFIG_DIR: directory });
  const metadataXml = await textWhenReady(entityId, server);
  return {
    name: 'SimpleSAMLphp',
    entityId,
    metadataXml,
    acsUrl: `${origin}/module.php/saml/sp/saml2-acs.php/sp`,
    protectedUrl: `${origin}${PROTECTED}`,
    whoIsSignedIn,
    close: server.stop,
  };
};
