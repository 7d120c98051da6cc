/** Apache on a port of its own, with one protected page that shows the variables that a SAML module set. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unescaped, type Page } from '../../src/cli/demo-browser.ts';
import { startProcess, type ServerProcess } from './server-process.ts';
import { ATTRIBUTES, type SignedIn } from './service-provider.ts';

const MODULES = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'dir', 'mime', 'include'];

/** One small server. The users are for where it starts as root, whose children Apache refuses to be. */
const configOf = (directory: string, port: number, lines: readonly string[]): string =>
  [
    ...MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`),
    'User www-data',
    'Group www-data',
    `ServerName http://127.0.0.1:${port}`,
    'UseCanonicalName On',
    `Listen 127.0.0.1:${port}`,
    `PidFile ${join(directory, 'apache.pid')}`,
    `Mutex file:${directory} default`,
    'ErrorLog /dev/stderr',
    'StartServers 1',
    'TypesConfig /etc/mime.types',
    `DocumentRoot ${join(directory, 'htdocs')}`,
    'DirectoryIndex index.shtml',
    'AddType text/html .shtml',
    'AddOutputFilter INCLUDES .shtml',
    `<Directory ${join(directory, 'htdocs')}>`,
    '  Options +Includes',
    '</Directory>',
    ...lines,
    '',
  ].join('\n');

/** Where the person and each attribute are among the variables. */
export interface Variables {
  readonly nameId: string;
  readonly attribute: (name: string) => string;
  /** Between several values of one attribute. */
  readonly separator: string;
  /** What the module did to each value is undone. */
  readonly decode: (value: string) => string;
}

/** The page whose lines say who it is (mod_include escapes what it echoes). */
function protectedPage({ nameId, attribute }: Variables): string {
  const line = (name: string, variable: string): string => `${name}=<!--#echo var="${variable}" -->`;
  const attributes = ATTRIBUTES.map((name) => line(name, attribute(name)));
  return `<pre>signed in\n${[line('nameId', nameId), ...attributes].join('\n')}\n</pre>\n`;
}

const NOT_SET = '(none)';

/** Reads that page again. */
export function whoIsSignedIn(
  { separator, decode }: Variables,
  { text, status }: Page,
): SignedIn | undefined {
  if (status !== 200 || !text.startsWith('<pre>signed in')) return undefined;
  const valueOf = (name: string): string =>
    unescaped(new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1] ?? NOT_SET);
  const valuesOf = (name: string): string[] => {
    const value = valueOf(name);
    return value === NOT_SET ? [] : value.split(separator).map(decode);
  };
  return {
    nameId: decode(valueOf('nameId')),
    attributes: { email: valuesOf('email'), name: valuesOf('name'), groups: valuesOf('groups') },
  };
}

/** Starts Apache; `/protected/` is what the lines have to protect. */
export function startApache(
  directory: string,
  port: number,
  variables: Variables,
  lines: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ServerProcess {
  const folder = join(directory, 'htdocs', 'protected');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.shtml'), protectedPage(variables));
  writeFileSync(join(directory, 'apache.conf'), configOf(directory, port, lines));
  const command = ['/usr/sbin/apache2', '-f', join(directory, 'apache.conf'), '-DFOREGROUND'];
  return startProcess(directory, 'apache', command, env);
}
