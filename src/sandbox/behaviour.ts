/** Reading and changing the toggles of toggles.ts. */
import { z } from 'zod';
import { badInput } from '../errors.ts';
import { fieldErrorsOf } from '../fields.ts';
import { read } from './input.ts';
import { behaviourSchema, defaultBehaviour, notes, type Behaviour, type Note } from './toggles.ts';

/**
 * The behaviour with some toggles changed. Throws a `Problem` of kind `bad-input` that names each field which is unknown or has a
 * wrong value.
 */
export function changeBehaviour(current: Behaviour, patch: unknown): Behaviour {
  const fields = z.record(z.string(), z.unknown(), 'An object of toggles is needed.').safeParse(patch);
  const changed = read(behaviourSchema, fields.success ? { ...current, ...fields.data } : patch);
  if (changed.success) return changed.data;
  throw badInput('The behaviour was not changed: see the fields.', fieldErrorsOf(changed.error));
}

/** One toggle as the web page and `GET /_control/behaviour` show it. */
export interface Toggle extends Note {
  readonly name: string;
  readonly value: unknown;
  readonly default: unknown;
  /** The values to choose from, or undefined where it is free. */
  readonly options: readonly unknown[] | undefined;
  /** Whether the default is our guess of what Segment does. */
  readonly guess: boolean;
}

const optionsOf = (schema: z.ZodDefault): readonly unknown[] | undefined => {
  const inner = schema.unwrap();
  if (inner instanceof z.ZodEnum) return inner.options;
  if (inner instanceof z.ZodLiteral) return [...inner.values];
  return inner instanceof z.ZodBoolean ? [true, false] : undefined;
};

const UNDESCRIBED: Note = { subject: 'Protocol', certainty: 'unknown', description: '' };

/** Every toggle with its value, what it means and how sure we are. */
export function describeBehaviour(behaviour: Behaviour): Toggle[] {
  const values = new Map<string, unknown>(Object.entries(behaviour));
  const defaults = new Map<string, unknown>(Object.entries(defaultBehaviour));
  return Object.entries(behaviourSchema.shape).map(([name, schema]) => {
    const note = notes.get(schema) ?? UNDESCRIBED;
    const guess = note.certainty !== null && note.certainty !== 'documented';
    return {
      name,
      value: values.get(name),
      default: defaults.get(name),
      options: optionsOf(schema),
      guess,
      ...note,
    };
  });
}
