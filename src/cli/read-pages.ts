/** Lists that are longer than a page. */
import { z } from 'zod';

/** Reads what is at a path of the API, as the schema has it. */
type Read = <T>(path: string, schema: z.ZodType<T>) => Promise<T>;

/** Every item of a list, page by page. `path` has no query. */
export async function readPages<T>(read: Read, path: string, item: z.ZodType<T>): Promise<T[]> {
  const page = z.object({ items: z.array(item), nextCursor: z.string().nullable() });
  const items: T[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const found: z.output<typeof page> = await read(`${path}?limit=1000${from}`, page);
    items.push(...found.items);
    cursor = found.nextCursor;
  }
  return items;
}
