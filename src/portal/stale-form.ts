/**
 * A form whose token is not that of the browser's session: its page is from before somebody signed in or out, in another tab or by
 * the first of two clicks. Or a page of somebody else has made it up. Nothing is done that it asks for.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../errors.ts';
import { goTo } from '../http/page.ts';
import { signInAddress, signOutAddress } from '../http/session-principal.ts';
import { nextOf } from './visits.ts';

/** Whoever is signed in by now goes on from there to where the form would have led. */
const signInAnew = (next: string): string => `${signInAddress(next)}&said=anew`;

/** The page that asks again, for forms that would be of use only anew. */
const ANEW: Readonly<Record<string, (next: string) => string>> = {
  '/sign-in': signInAnew,
  '/sign-in/second-factor': signInAnew,
  '/sign-out': signOutAddress,
};

/** Leads to where the form can be sent anew. Throws a `Problem` where only the person knows which page that is. */
export function answerStaleForm({ body, routeOptions }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const anew = ANEW[routeOptions.url ?? ''];
  if (anew !== undefined) return goTo(reply, anew(nextOf(body)));
  throw new Problem(
    'forbidden',
    'This page was opened before somebody signed in or out in this browser, so what it sent was not used. Open it again, and repeat what you did.',
  );
}
