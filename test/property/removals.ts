/** Whom a request takes out of a group. */
import { z } from 'zod';

const removalsSchema = z.object({
  Operations: z.array(
    z.object({ op: z.string(), path: z.string().optional(), value: z.unknown() }).transform(removedBy),
  ),
});

const membersSchema = z.array(z.object({ value: z.union([z.string(), z.number()]).transform(String) }));

/** The ids of members that a PATCH takes out of a group. */
export function removedIn(body: string): string[] {
  const { data } = removalsSchema.safeParse(JSON.parse(body));
  return data?.Operations.flat() ?? [];
}

function removedBy({
  op,
  path,
  value,
}: {
  op: string;
  path?: string | undefined;
  value?: unknown;
}): string[] {
  if (op !== 'remove') return [];
  const named = /value eq "(.*)"/.exec(path ?? '')?.[1];
  return named === undefined ? (membersSchema.safeParse(value).data ?? []).map((one) => one.value) : [named];
}
