/** How a page's handler gets at who asks, at a form's fields, and at what went wrong. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isStorable } from '../directory/text.ts';
import { badInput, Problem } from '../errors.ts';
import type { Html } from '../html.ts';
import type { ApiDeps } from '../http/deps.ts';
import { goTo, show, statusOf } from '../http/page.ts';
import { lacksSecondFactor, localPath, signInAddress } from '../http/session-principal.ts';
import { isFresh, keepSession, ownVisit, visitOf, type OwnVisit, type Visit } from '../http/visit.ts';
import type { Started } from '../sign-in/session.ts';
import type { Fault } from './form.ts';

/** Lets in somebody who has proved who they are. */
export function welcome(reply: FastifyReply, deps: ApiDeps, started: Started, next: string): FastifyReply {
  keepSession(reply, deps.config, started);
  return goTo(reply, next);
}

/** The page that was asked for, to come back to; what a form asked for is not repeated. */
export const pageOf = ({ method, url }: FastifyRequest, otherwise: string): string =>
  method === 'GET' ? url : otherwise;

type Handler<V extends Visit> = (visit: V, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** A handler for anybody. */
export const anybody =
  (deps: ApiDeps, handler: Handler<Visit>) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> =>
    handler(await visitOf(deps, request, reply), request, reply);

const FACTORS = '/factors';

/** The page of factors, for somebody who was on the way to `next` and has to set one up first. */
export const factorsAddress = (next: string, page = FACTORS): string =>
  next === '/' ? page : `${page}?next=${encodeURIComponent(next)}`;

/** A handler for who is signed in, of a page that asks for that. Who has to set up a second factor does that first. */
export const signedIn =
  (deps: ApiDeps, handler: Handler<OwnVisit>) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const visit = await ownVisit(deps, request, reply);
    const [path = '/'] = request.url.split('?');
    if (lacksSecondFactor(deps.config, visit.session) && !path.startsWith(FACTORS) && path !== '/sign-out')
      return goTo(reply, factorsAddress(localPath(pageOf(request, '/'))));
    return handler(visit, request, reply);
  };

/** The same for changes of factors: who signed in a while ago, or without one, does so again. */
export const freshlySignedIn = (deps: ApiDeps, handler: Handler<OwnVisit>) =>
  signedIn(deps, async (visit, request, reply) =>
    (await isFresh(deps, visit.session))
      ? handler(visit, request, reply)
      : goTo(reply, signInAddress(pageOf(request, factorsAddress(nextOf(request.body))), true)),
  );

const textSchema = z
  .string()
  .max(2000)
  .transform((text) => (isStorable(text) ? text : ''));
const fieldsSchema = z.record(z.string(), textSchema).catch({});

/** The fields of a form, or of an address; one that is missing, or that no form of ours can hold, is empty. */
export function fieldsOf(given: unknown): (name: string) => string {
  const fields = fieldsSchema.parse(given);
  return (name) => fields[name] ?? '';
}

const idSchema = z.guid();

/** The id in a form's field `id`. Throws a `Problem` where a form that is not ours sent none. */
export function idOf(given: unknown): string {
  const id = idSchema.safeParse(fieldsOf(given)('id'));
  if (id.success) return id.data;
  throw badInput('The form does not say which record it is about. Load the page again.');
}

/** Where a form or an address leads on to, which is a path of ours. */
export const nextOf = (given: unknown): string => localPath(fieldsOf(given)('next'));

/** Does what a form asks for; where it is refused, shows the form again with what was wrong. */
export async function submit(
  reply: FastifyReply,
  work: () => Promise<unknown>,
  again: (fault: Fault) => Html,
): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const status = statusOf(error);
    const seconds = error.extensions.retryAfter;
    if (typeof seconds === 'number') void reply.header('retry-after', String(seconds));
    return show(reply, again({ status, message: error.message, errors: error.errors }), status);
  }
}

/** The new password of a form. Throws a `Problem` where it was not typed twice alike. */
export function requireRepeated(field: (name: string) => string): string {
  const password = field('password');
  if (password === field('repeated')) return password;
  const message = 'The two passwords differ. Type the new one twice.';
  throw badInput(message, [{ path: 'repeated', message }]);
}
