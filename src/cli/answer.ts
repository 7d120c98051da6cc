/** Judges what the API answered, of this version or another one: the value that was asked for, or a `Problem`. */
import { z } from 'zod';
import { isProblemKind, Problem } from '../errors.ts';
import { ServerFault } from './exit.ts';
import type { RawAnswer } from './route.ts';

const problemSchema = z.object({
  type: z.string(),
  detail: z.string(),
  requestId: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
  /** What became of each of many rows. */
  results: z.array(z.unknown()).optional(),
});

function parsed(body: string): unknown {
  try {
    return body === '' ? undefined : JSON.parse(body);
  } catch {
    return undefined;
  }
}

const notRollcall = (status: number, where: string): Problem =>
  new Problem(
    'unavailable',
    `What answers as ${where} (status ${status}) is not Rollcall, or not this version of it. Check the address, and the version that runs there.`,
  );

function problemOf({ status, body }: RawAnswer, where: string): Problem | ServerFault {
  const problem = problemSchema.safeParse(parsed(body));
  if (!problem.success) return notRollcall(status, where);
  const { type, detail, errors, requestId, results } = problem.data;
  if (type.endsWith(':internal')) return new ServerFault(detail, requestId);
  const named = type.slice(type.lastIndexOf(':') + 1);
  const kind = isProblemKind(named) ? named : status >= 500 ? 'unavailable' : 'bad-input';
  return new Problem(kind, detail, errors, results && { results });
}

/**
 * The answer's body as the schema has it. Throws a `Problem` for an error's answer, and for one that is not Rollcall's; a
 * `ServerFault` where the server says that it is at fault itself.
 */
export function readAnswer<T>(schema: z.ZodType<T>, answer: RawAnswer, where: string): T {
  if (answer.status >= 400) throw problemOf(answer, where);
  const read = schema.safeParse(parsed(answer.body));
  if (read.success) return read.data;
  throw notRollcall(answer.status, where);
}
