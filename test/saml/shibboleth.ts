/** Apache with the Shibboleth service provider: a daemon that understands SAML, and a module that asks it. */
import { existsSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../scripts/lib/postgres.mjs';
import { selfSigned } from '../support/certificate.ts';
import { startApache, whoIsSignedIn, type Variables } from './apache.ts';
import { readIdpMetadata } from './idp-metadata.ts';
import { newDirectory, startProcess, textWhenReady, type ServerProcess } from './server-process.ts';
import { ATTRIBUTES, type StartServiceProvider } from './service-provider.ts';

/** Debian's own, which are general. */
const SHIPPED = '/etc/shibboleth';

const SOCKET = 'shibd.sock';

const configXml = (directory: string, entityId: string, idpEntityId: string): string => `
<SPConfig xmlns="urn:mace:shibboleth:3.0:native:sp:config" logger="${SHIPPED}/console.logger" clockSkew="180">
  <UnixListener address="${join(directory, SOCKET)}"/>
  <ApplicationDefaults entityID="${entityId}" REMOTE_USER="nameid">
    <Sessions lifetime="28800" timeout="3600" relayState="ss:mem" checkAddress="false" handlerSSL="false"
              cookieProps="http" redirectLimit="exact">
      <SSO entityID="${idpEntityId}">SAML2</SSO>
      <Logout>SAML2 Local</Logout>
      <Handler type="MetadataGenerator" Location="/Metadata" signing="false"/>
    </Sessions>
    <Errors supportContact="root@localhost"/>
    <MetadataProvider type="XML" path="${join(directory, 'idp.xml')}"/>
    <AttributeExtractor type="XML" path="${join(directory, 'attribute-map.xml')}"/>
    <AttributeFilter type="XML" path="${SHIPPED}/attribute-policy.xml"/>
    <CredentialResolver type="File" use="signing" key="${join(directory, 'sp.key')}" certificate="${join(directory, 'sp.crt')}"/>
    <CredentialResolver type="File" use="encryption" key="${join(directory, 'sp.key')}" certificate="${join(directory, 'sp.crt')}"/>
  </ApplicationDefaults>
  <SecurityPolicyProvider type="XML" path="${SHIPPED}/security-policy.xml"/>
  <ProtocolProvider type="XML" reloadChanges="false" path="${SHIPPED}/protocols.xml"/>
</SPConfig>
`;

const FORMATS = ['basic', 'unspecified', 'uri'];

/** An attribute that is not mapped, by its name and its NameFormat, is dropped. */
const attributeMapXml = `
<Attributes xmlns="urn:mace:shibboleth:2.0:attribute-map" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <Attribute name="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress" id="nameid">
    <AttributeDecoder xsi:type="NameIDAttributeDecoder" formatter="$Name"/>
  </Attribute>
${ATTRIBUTES.flatMap((name) =>
  FORMATS.map(
    (format) =>
      `  <Attribute name="${name}" nameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:${format}" id="${name}"/>`,
  ),
).join('\n')}
</Attributes>
`;

const linesFor = (config: string): string[] => [
  'LoadModule mod_shib /usr/lib/apache2/modules/mod_shib.so',
  `ShibConfig ${config}`,
  '<Location /Shibboleth.sso>',
  '  SetHandler shib',
  '  Require all granted',
  '</Location>',
  '<Location /protected>',
  '  AuthType shibboleth',
  '  ShibRequestSetting requireSession 1',
  '  Require valid-user',
  '</Location>',
];

const variables: Variables = {
  nameId: 'REMOTE_USER',
  attribute: (name) => name,
  separator: ';',
  decode: (value) => value,
};

/** The daemon makes its socket for its own user; Apache has another. */
async function openSocket(directory: string, shibd: ServerProcess): Promise<void> {
  const socket = join(directory, SOCKET);
  for (let attempt = 0; attempt < 200 && !existsSync(socket); attempt++) await sleep(50);
  if (!existsSync(socket)) throw new Error(`shibd did not start: ${shibd.log()}`);
  await chmod(socket, 0o777);
}

export const startShibboleth: StartServiceProvider = async (idpMetadataXml) => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const entityId = `${origin}/shibboleth`;
  const { key, cert } = selfSigned('rsa');
  const directory = newDirectory({
    'sp.key': key,
    'sp.crt': cert,
    'idp.xml': idpMetadataXml,
    'attribute-map.xml': attributeMapXml,
  });
  const config = join(directory, 'shibboleth2.xml');
  await writeFile(config, configXml(directory, entityId, readIdpMetadata(idpMetadataXml).entityId));
  const env = { SHIBSP_CONFIG: config };
  const pid = join(directory, 'shibd.pid');
  const shibd = startProcess(
    directory,
    'shibd',
    ['/usr/sbin/shibd', '-f', '-F', '-c', config, '-p', pid],
    env,
  );
  await openSocket(directory, shibd);
  const apache = startApache(directory, port, variables, linesFor(config), env);
  const metadataXml = await textWhenReady(`${origin}/Shibboleth.sso/Metadata`, apache);
  return {
    name: 'Shibboleth',
    entityId,
    metadataXml,
    acsUrl: `${origin}/Shibboleth.sso/SAML2/POST`,
    protectedUrl: `${origin}/protected/`,
    whoIsSignedIn: (page) => whoIsSignedIn(variables, page),
    close: async () => {
      await apache.stop();
      await shibd.stop();
    },
  };
};
