/** Finds what a person names: by its id, or by what it is called. */
import { z } from 'zod';
import { badInput, notFound, Problem } from '../errors.ts';
import type { Backend } from './backend.ts';

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** What a kind of record is called, where it is listed, and by which field, which is also the filter of the list. */
interface Noun {
  readonly word: string;
  readonly path: string;
  readonly field: string;
}

export interface Found {
  readonly id: string;
  readonly name: string;
}

const nouns = {
  application: { word: 'application', path: '/applications', field: 'label' },
  user: { word: 'user', path: '/users', field: 'username' },
  group: { word: 'group', path: '/groups', field: 'name' },
} as const satisfies Record<string, Noun>;

const recordSchema = z.looseObject({ id: z.string() });
const listSchema = z.object({ items: z.array(recordSchema) });

const found = (record: z.infer<typeof recordSchema>, { field }: Noun): Found => ({
  id: record.id,
  name: z.string().catch(record.id).parse(record[field]),
});

function onlyOne(noun: Noun, text: string, matching: readonly Found[]): Found {
  const [first] = matching;
  if (first === undefined) throw notFound(`The ${noun.word} "${text}"`);
  if (matching.length === 1) return first;
  const ids = matching.map(({ id }) => id).join(', ');
  throw badInput(`${matching.length} ${noun.word}s are called "${text}". Name one by its id: ${ids}.`);
}

/** Of records whose names differ in case alone, those that are spelled exactly so, where there are any. */
function closest(text: string, called: readonly Found[]): readonly Found[] {
  const exact = called.filter(({ name }) => name === text.trim());
  return exact.length > 0 ? exact : called;
}

/** The record of that id. Throws a `Problem` with the id where there is none: the command may name several. */
async function withId(backend: Backend, noun: Noun, id: string): Promise<Found> {
  try {
    return found(await backend.call(recordSchema, 'GET', `${noun.path}/${id}`), noun);
  } catch (error) {
    if (error instanceof Problem && error.kind === 'not-found') throw notFound(`The ${noun.word} "${id}"`);
    throw error;
  }
}

/** The record of that id or name; case counts only between several. Throws a `Problem` where nothing is named, or there is none, or more than one. */
export async function find(backend: Backend, kind: keyof typeof nouns, text: string): Promise<Found> {
  const noun: Noun = nouns[kind];
  if (text.trim() === '') throw badInput(`Which ${noun.word}? Give the ${noun.field}, or the id.`);
  if (UUID.test(text)) return withId(backend, noun, text);
  const query = new URLSearchParams({ [noun.field]: text, limit: '1000' });
  const { items } = await backend.call(listSchema, 'GET', `${noun.path}?${query.toString()}`);
  const called = items.map((item) => found(item, noun));
  return onlyOne(noun, text, closest(text, called));
}
