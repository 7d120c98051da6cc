/** What a group may be. */
import { z } from 'zod';
import { emptyIsNull, lines, visibleLine } from './text.ts';

/** What the directory says of a group. Its members are kept apart. */
interface GroupFields {
  readonly name: string;
  readonly description: string | null;
}

export interface Group extends GroupFields {
  readonly id: string;
  readonly memberCount: number;
  /** Another one after each change of name, description or members; the ETag. */
  readonly version: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

const name = visibleLine(200);
const description = lines(2000).nullable().transform(emptyIsNull).optional();

export const groupInputSchema = z.strictObject({ name, description }).meta({ id: 'NewGroup' });

/** A change to a group: what is left out stays. */
export const groupPatchSchema = z
  .strictObject({ name: name.optional(), description })
  .meta({ id: 'GroupChange' });

export type GroupInput = z.infer<typeof groupInputSchema>;
export type GroupPatch = z.infer<typeof groupPatchSchema>;

/** The group after a change. */
export function patchedGroup(before: GroupFields, patch: GroupPatch): GroupFields {
  return {
    name: patch.name ?? before.name,
    description: patch.description === undefined ? before.description : patch.description,
  };
}
