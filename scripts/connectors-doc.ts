/**
 * What docs/connectors.md and the README say of connectors, made from the connectors themselves, so that neither can be
 * out of date. `scripts/docs.ts` writes it; test/docs.test.ts states that it was written.
 */
import { catalog, type Connector } from '../src/connectors/catalog.ts';
import type { Behaviour, Note } from '../src/connectors/connector.ts';

/** A cell: a bar would end it. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}

const yes = (is: boolean): string => (is ? 'yes' : 'no');

const MATCH: Record<Behaviour['users']['match'], string> = {
  create: 'creates; where the name is taken, the account is looked up and linked',
  lookup: 'looks the account up, then creates it',
};

const LEAVER: Record<Behaviour['users']['deprovision'], string> = {
  deactivate: '`active: false`; the account is never deleted',
  delete: '`DELETE`',
  leave: 'nothing is sent',
};

const REMOVAL: Record<Behaviour['groups']['memberRemoval'], string> = {
  filter: '`members[value eq "ID"]`',
  array: '`members`, the ids in `value`',
};

const CONFIG: Record<Behaviour['probe']['serviceProviderConfig'], string> = {
  require: 'required',
  tolerate: 'read where there is one',
  skip: 'not asked for',
};

function inventory({ drift, inventoryHours }: Behaviour): string {
  const what = drift === 'correct' ? 'differences are corrected' : 'differences are reported only';
  return inventoryHours === 0 ? 'never' : `every ${inventoryHours} hours; ${what}`;
}

/** The rows of the comparison: what it is called, and what it is for one connector. */
const CAPABILITIES: readonly (readonly [string, (connector: Connector) => string])[] = [
  ['Base URL', ({ baseUrl }) => (baseUrl === null ? 'asked of the administrator' : `\`${baseUrl}\``)],
  ['Token', ({ token }) => token.label],
  ['SSO must be enabled first', ({ requiresSso }) => yes(requiresSso)],
  ['Attributes sent', ({ behaviour }) => behaviour.mapping.map((row) => `\`${row.target}\``).join(', ')],
  ['A new user', ({ behaviour }) => MATCH[behaviour.users.match]],
  ['A changed user', ({ behaviour }) => `\`${behaviour.users.update.toUpperCase()}\``],
  ['A leaver', ({ behaviour }) => LEAVER[behaviour.users.deprovision]],
  [
    'Memberships of a leaver',
    ({ behaviour }) =>
      behaviour.users.deprovisionDropsMemberships
        ? 'go with the account; all are sent again on return'
        : 'are removed; all are sent again on return',
  ],
  [
    'A new group',
    ({ behaviour }) =>
      behaviour.groups.createWithMembers
        ? 'created with its members'
        : 'created empty, its members are added afterwards',
  ],
  ['A changed group', ({ behaviour }) => `\`${behaviour.groups.update.toUpperCase()}\``],
  ['Removing a member', ({ behaviour }) => REMOVAL[behaviour.groups.memberRemoval]],
  ['Members per request', ({ behaviour }) => `${behaviour.groups.membersPerRequest}`],
  [
    'Unknown members of a group taken over',
    ({ behaviour }) => (behaviour.groups.unknownMembers === 'remove' ? 'taken out' : 'kept'),
  ],
  [
    'Finding a record',
    ({ behaviour }) => (behaviour.filter ? 'by filter; each result is checked' : 'by reading the list'),
  ],
  [
    'Pace',
    ({ behaviour: { rate } }) =>
      `at most ${rate.requestsPerSecond} requests a second, ${rate.concurrency} at once; slower where it asks for that`,
  ],
  ['`ServiceProviderConfig`', ({ behaviour }) => CONFIG[behaviour.probe.serviceProviderConfig]],
  ['Reading everything back', ({ behaviour }) => inventory(behaviour)],
];

/** The connectors side by side. */
export function capabilityTable(): string {
  const rows = CAPABILITIES.map(([what, of]) => [what, ...catalog.map(of)]);
  return table([['', ...catalog.map(({ name }) => name)], ...rows]);
}

/** What a connector rests on, and how sure each of it is. */
export function factTable(notes: readonly Note[]): string {
  const rows = notes.map(({ text, certainty, checked }) => [text, certainty, checked]);
  return table([['fact', 'certainty', 'checked'], ...rows]);
}

function mappingTable({ mapping }: Behaviour): string {
  const rows = mapping.map((row) => [
    `\`${row.target}\``,
    row.label,
    `\`${row.expression}\``,
    yes(row.required),
    row.format === 'any' ? '' : row.format,
  ]);
  return table([['SCIM attribute', 'label', 'value (CEL)', 'required', 'format'], ...rows]);
}

function ssoPart({ sso }: Connector): string[] {
  if (sso === null) return [];
  const rows = [
    ['entity ID', `\`${sso.spEntityId}\``],
    ['ACS', sso.acsUrls.map((url) => `\`${url}\``).join(', ')],
    ['sign-on page', `\`${sso.signOnUrl ?? ''}\``],
    ['NameID format', `\`${sso.nameIdFormat}\``],
    ['attributes', sso.attributes.map((one) => `\`${one.name}\` = \`${one.expression}\``).join(', ')],
    ['signed', sso.sign === 'both' ? 'response and assertion' : sso.sign],
    ...sso.asks.map(({ name, help }) => [`\`{${name}}\``, help]),
  ];
  return [
    '### SAML',
    'What is left out of the settings is derived from this: see [single sign-on](sign-on.md).',
    table([['', ''], ...rows]),
  ];
}

function connectorPart(connector: Connector): string[] {
  const { behaviour, description, key, name, notes, token } = connector;
  return [
    `## ${name}`,
    `Key \`${key}\`, data in \`src/connectors/${key}.ts\`. ${description}`,
    `${token.label}: ${token.help}`,
    '### Mapping',
    mappingTable(behaviour),
    ...(notes.length === 0 ? [] : ['### What this rests on', factTable(notes)]),
    ...ssoPart(connector),
  ];
}

const INTRODUCTION = `# Connectors

A connector is what Rollcall knows of one kind of application, as data. This page is made from \`src/connectors\` by
\`npm run docs\`; change the data, not the page. CONTRIBUTING.md says how to add one, \`src/connectors/connector.ts\` what each
field may be.

An administrator can set every behaviour below for one application, over the connector's own:
\`PATCH /api/v1/applications/{id}/identity-management\` with \`behaviour\` and \`mapping\`.

Certainty: *documented* by the vendor or a standard, *observed* by third parties, *inferred*, or *unknown*. Nothing here was
tried against a vendor's own service.`;

/** The page docs/connectors.md. */
export function connectorsPage(): string {
  const parts = [INTRODUCTION, '## Side by side', capabilityTable(), ...catalog.flatMap(connectorPart)];
  return `${parts.join('\n\n')}\n`;
}
