/** A change to a connection's settings: what may be said, what is refused, and what results. Pure. */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Connector } from '../connectors/connector.ts';
import {
  effectiveBaseUrl,
  effectiveBehaviour,
  settingsSchema,
  takesDeprovision,
  thresholdSchema,
  type Settings,
} from '../connectors/settings.ts';
import { line } from '../directory/text.ts';
import { badInput, conflict, type FieldError } from '../errors.ts';
import { summary } from '../fields.ts';
import type { Application } from '../store/applications.ts';
import { mappingErrors } from './mapping-errors.ts';

const behaviourOverrides = settingsSchema.shape.behaviour.unwrap();

export const connectionPatchSchema = z
  .strictObject({
    baseUrl: line(2000)
      .pipe(z.url({ protocol: /^https?$/ }))
      .nullable()
      .optional()
      .describe("The SCIM base URL; null is the connector's own."),
    token: z
      .string()
      .trim()
      .max(4096)
      .regex(/^[\x21-\x7e]+$/, 'must be the token alone, without spaces or line breaks.')
      .optional()
      .describe('Written and never read. Only while the connection is inactive.'),
    groupManagement: z.boolean().optional(),
    mapping: behaviourOverrides.shape.mapping
      .unwrap()
      .nullable()
      .optional()
      .describe("The whole attribute mapping; null is the connector's own."),
    threshold: thresholdSchema.nullable().optional(),
    behaviour: behaviourOverrides
      .omit({ mapping: true })
      .nullable()
      .optional()
      .describe("What to set over the connector's behaviour; null takes back all that was set."),
  })
  .meta({ id: 'IdentityManagementChange' });

export type ConnectionPatch = z.infer<typeof connectionPatchSchema>;

function baseUrlErrors(baseUrl: string, allowPrivateTargets: boolean): FieldError[] {
  const url = new URL(baseUrl);
  const error = (message: string): FieldError[] => [{ path: 'baseUrl', message }];
  if (url.protocol !== 'https:' && !allowPrivateTargets) {
    return error(
      'must begin with https://, because the token would travel in the clear otherwise; for a test, as of the sandbox, start the server with ROLLCALL_ALLOW_PRIVATE_TARGETS=true.',
    );
  }
  if (url.username !== '' || url.password !== '') return error('must hold no user name or password.');
  return url.search !== '' || url.hash !== '' ? error('must end before any ? or #.') : [];
}

/** R12: some connectors never delete. */
function deprovisionErrors(connector: Connector, { behaviour }: ConnectionPatch): FieldError[] {
  const deprovision = behaviour?.users?.deprovision;
  if (deprovision === undefined || takesDeprovision(connector, deprovision)) return [];
  const { deprovisions, name } = connector;
  const message = `must be one of ${deprovisions.join(', ')}: ${name} takes nothing else.`;
  return [{ path: 'behaviour.users.deprovision', message }];
}

/** Throws a `Problem` that names each field which cannot be used. */
export function checkConnectionPatch(
  connector: Connector,
  patch: ConnectionPatch,
  allowPrivateTargets: boolean,
): void {
  const errors = [
    ...(patch.baseUrl ? baseUrlErrors(patch.baseUrl, allowPrivateTargets) : []),
    ...(patch.mapping ? mappingErrors(patch.mapping) : []),
    ...deprovisionErrors(connector, patch),
  ];
  if (errors.length > 0) throw badInput(summary(errors), errors);
}

/**
 * Throws a `Problem` when the token or the address may not be changed now: only while the connection is inactive, not while
 * it is paused either (R4).
 */
export function checkInactive(application: Application, connector: Connector, patch: ConnectionPatch): void {
  if (application.state === 'inactive') return;
  const refuse = (what: string): never => {
    throw conflict(
      `The ${what} can be changed only while the connection is inactive, and it is ${application.state}: deactivate it, change the ${what}, activate it again.`,
    );
  };
  if (patch.token !== undefined) refuse('token');
  const { after, before } = addresses(connector, application.settings, patch);
  if (after !== before) refuse('address');
}

/**
 * Throws a `Problem` when a token that is set would be sent to another host than the one that it was given for: a token goes nowhere
 * but to its own target, and whoever changes the address may not know it.
 */
export function checkTokenStays(
  application: Application,
  connector: Connector,
  patch: ConnectionPatch,
  tokenSet: boolean,
): void {
  const { after, before } = addresses(connector, application.settings, patch);
  if (!tokenSet || patch.token !== undefined || before === null || originOf(after) === originOf(before))
    return;
  throw conflict(
    'The token that is set belongs to the address that it was given for. Give the token of the new address in the same change.',
  );
}

/** Where the application is before the change, and after it. */
function addresses(connector: Connector, settings: Settings, patch: ConnectionPatch) {
  const changed = { ...settings, baseUrl: next(settings.baseUrl, patch.baseUrl) };
  return { before: effectiveBaseUrl(connector, settings), after: effectiveBaseUrl(connector, changed) };
}

function originOf(baseUrl: string | null): string | null {
  return baseUrl === null ? null : new URL(baseUrl).origin;
}

/** What stays, what is new, and null takes away. */
const next = <T>(before: T | undefined, given: T | null | undefined): T | undefined =>
  given === undefined ? before : (given ?? undefined);

function nextBehaviour(before: Settings['behaviour'], patch: ConnectionPatch): Settings['behaviour'] {
  const { mapping: earlier, ...rest } = before ?? {};
  const mapping = next(earlier, patch.mapping);
  const kept: Omit<NonNullable<Settings['behaviour']>, 'mapping'> = patch.behaviour === null ? {} : rest;
  const given = patch.behaviour ?? {};
  const behaviour = {
    ...kept,
    ...given,
    ...((kept.users ?? given.users) ? { users: { ...kept.users, ...given.users } } : {}),
    ...((kept.groups ?? given.groups) ? { groups: { ...kept.groups, ...given.groups } } : {}),
    ...((kept.rate ?? given.rate) ? { rate: { ...kept.rate, ...given.rate } } : {}),
    ...((kept.probe ?? given.probe) ? { probe: { ...kept.probe, ...given.probe } } : {}),
    ...(mapping && { mapping }),
  };
  return Object.keys(behaviour).length === 0 ? undefined : behaviour;
}

/** As it is kept: what is undefined is not there. */
const stored = (settings: Settings): unknown => JSON.parse(JSON.stringify(settings));

interface ChangedConnection {
  readonly settings: Settings;
  readonly groupManagement: boolean;
  /** Any of it is another than before. */
  readonly differs: boolean;
  /** The wish has changed: everything is to be looked at again. */
  readonly look: boolean;
  /** The address has changed: another target may be there. */
  readonly moves: boolean;
  /** In how many hours it is read again from now on; null where that has not changed. */
  readonly inventoryHours: number | null;
}

/** The connection after a change (R7: group management turned on again brings all bound groups in line). */
export function changedConnection(
  connector: Connector,
  before: Application,
  patch: ConnectionPatch,
): ChangedConnection {
  const settings: Settings = {
    baseUrl: next(before.settings.baseUrl, patch.baseUrl),
    threshold: next(before.settings.threshold, patch.threshold),
    behaviour: nextBehaviour(before.settings.behaviour, patch),
  };
  const groupManagement = patch.groupManagement ?? before.groupManagement;
  const wish = (of: Settings): string => {
    const { mapping, users } = effectiveBehaviour(connector, of);
    return JSON.stringify([effectiveBaseUrl(connector, of), mapping, users.deprovision]);
  };
  const turnedOn = groupManagement && !before.groupManagement;
  const look = turnedOn || wish(settings) !== wish(before.settings);
  const moves = effectiveBaseUrl(connector, settings) !== effectiveBaseUrl(connector, before.settings);
  const differs =
    groupManagement !== before.groupManagement ||
    !isDeepStrictEqual(stored(settings), stored(before.settings));
  const { inventoryHours } = effectiveBehaviour(connector, settings);
  const isReadAnew = inventoryHours !== effectiveBehaviour(connector, before.settings).inventoryHours;
  return {
    settings,
    groupManagement,
    differs,
    look,
    moves,
    inventoryHours: isReadAnew ? inventoryHours : null,
  };
}
