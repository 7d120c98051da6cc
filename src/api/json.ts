/** Bodies of JSON, with a refusal that says where it goes wrong and repeats nothing: the body may hold a secret. */
import type { FastifyInstance } from 'fastify';
import { badInput, unreadable, type Problem } from '../errors.ts';
import { pathText, summary } from '../fields.ts';
import { repeatedField } from './repeated-field.ts';
import { utf8Text } from './utf8.ts';

function refusal(text: string): Problem {
  try {
    JSON.parse(text);
    return unreadable('The body names "__proto__" or "constructor", and no field of ours is called so.');
  } catch (error) {
    const at = /at position (\d+)/.exec(String(error))?.[1];
    return unreadable(
      `The body is not valid JSON${at === undefined ? '' : `: it goes wrong at character ${at}`}.`,
    );
  }
}

function twice(field: readonly PropertyKey[]): Problem {
  const errors = [{ path: pathText(field), message: 'is given twice: which of them counts cannot be told.' }];
  return badInput(summary(errors), errors);
}

/**
 * Parses JSON as Fastify does, which refuses prototypes, and answers in our words. Nothing at all counts as no body,
 * although Fastify refuses it: many clients say `Content-Type: application/json` with every request, also where they
 * have nothing to send. A route that needs a body says so itself.
 */
export function parseJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    const text = utf8Text(bytes);
    if (text === undefined) {
      done(unreadable('The body is not UTF-8, as JSON must be.'));
      return;
    }
    if (text === '') {
      done(null, undefined);
      return;
    }
    void parse(request, text, (error: Error | null, body?: unknown) => {
      if (error !== null) {
        done(refusal(text));
        return;
      }
      const field = repeatedField(text);
      done(field === undefined ? null : twice(field), body);
    });
  });
}
