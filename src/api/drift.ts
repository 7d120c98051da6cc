/** What the last inventory found of a record and left as it is, with a sentence for people. Pure. */
import { z } from 'zod';
import { count } from '../count.ts';
import { attributeLabel } from '../provisioning/explain.ts';
import type { GroupInApplication } from '../store/group-links.ts';
import type { UserInApplication } from '../store/user-links.ts';
import { valueSchema } from './link-schemas.ts';

const FOUND = 'What the last inventory found in the application and, as it was told to, left as it is.';

const recordSchema = z.object({
  missing: z.boolean(),
  values: z
    .record(z.string(), valueSchema)
    .nullable()
    .describe('What the record holds; null where it is missing or is as it was accepted.'),
  sentence: z.string().describe('The same, for people.'),
});

export const driftSchema = recordSchema.extend({ active: z.boolean() }).describe(FOUND);

export const groupDriftSchema = recordSchema
  .extend({
    members: z
      .object({
        missing: z.int().describe('Members whom the application accepted and holds no longer.'),
        extra: z.int().describe('Others who are in the group.'),
      })
      .nullable()
      .describe('Null where nobody is missing and nobody else is in it.'),
  })
  .describe(FOUND);

const list = new Intl.ListFormat('en');

const inWords = (found: readonly string[]): string =>
  `When the application was last read, ${list.format(found)}. That is left as it is.`;

type Account = Pick<UserInApplication, 'drift' | 'state' | 'accepted'>;

/** Null where the inventory found the account as it was accepted. */
export function driftOfUser({ drift, ...link }: Account): z.infer<typeof driftSchema> | null {
  return drift && { ...drift, sentence: inWords(foundOfUser(drift, link)) };
}

function foundOfUser(
  { missing, active, values }: NonNullable<Account['drift']>,
  { state, accepted }: Omit<Account, 'drift'>,
): string[] {
  if (missing) return ['the account was missing'];
  const wasActive = state === 'active';
  const others = Object.entries(values ?? {}).filter(([path, value]) => accepted[path] !== value);
  return [
    ...(active === wasActive ? [] : [`the account was ${active ? 'active' : 'inactive'}`]),
    ...others.map(([path, value]) => `the ${attributeLabel(path)} was "${value}"`),
  ];
}

type Group = Pick<GroupInApplication, 'drift'>;

/** The same of a group. */
export function driftOfGroup({ drift }: Group): z.infer<typeof groupDriftSchema> | null {
  if (drift === null) return null;
  const { missing = false, values = null, members = null } = drift;
  return { missing, values, members, sentence: inWords(foundOfGroup(drift)) };
}

function foundOfGroup({ missing, values, members }: NonNullable<Group['drift']>): string[] {
  if (missing === true) return ['the group was missing'];
  const { missing: gone = 0, extra = 0 } = members ?? {};
  const name = values?.['displayName'];
  return [
    ...(name === undefined ? [] : [`the group was called "${name}"`]),
    ...(gone === 0 ? [] : [`${count(gone, 'member was', 'members were')} missing from the group`]),
    ...(extra === 0 ? [] : [`${count(extra, 'other member was', 'other members were')} in the group`]),
  ];
}
