/** Signing out: for good, or so that somebody else can go on where a page asked who is there. */
import { html, type Html } from '../html.ts';
import { act } from '../http/act.ts';
import { alonePage } from '../http/frame.ts';
import { goTo, page, show } from '../http/page.ts';
import { routes, type Route } from '../http/routes.ts';
import { clearCookie } from '../http/session-cookie.ts';
import { signInAddress } from '../http/session-principal.ts';
import type { OwnVisit } from '../http/visit.ts';
import { finish } from '../idp/finish.ts';
import { signOutElsewhere } from '../idp/single-logout.ts';
import { signOutDeed } from '../sign-in/trail.ts';
import { listParticipants } from '../store/saml-sessions.ts';
import { dropSession } from '../store/sessions.ts';
import { csrfField, hidden } from './form.ts';
import { anybody, nextOf, signedIn } from './visits.ts';

const signOutPage = ({ csrf, session }: OwnVisit, next: string): Html =>
  alonePage({
    title: 'Sign out?',
    csrf,
    body: html`<h1>Sign out?</h1>
      <p class="soft">You are signed in as ${session.username}.</p>
      <form method="post" action="/sign-out">
        ${csrfField(csrf)}${hidden('next', next)}
        <button class="main">${next === '/' ? 'Sign out' : 'Sign in as somebody else'}</button>
      </form>
      <p class="foot"><a href="${next}">Go on as ${session.username}</a></p>`,
  });

const ask: Route = (api, deps) =>
  api.get(
    '/sign-out',
    page('public'),
    anybody(deps, async (visit, request, reply) => {
      const next = nextOf(request.query);
      const { session } = visit;
      if (session === null) return goTo(reply, signInAddress(next));
      return show(reply, signOutPage({ ...visit, session }, next));
    }),
  );

const signOut: Route = (api, deps) =>
  api.post(
    '/sign-out',
    page('self', 'session.ended'),
    signedIn(deps, async ({ session }, request, reply) => {
      const participants = await act(deps.database, request, async (tx) => {
        const known = await listParticipants(tx, session.id);
        await dropSession(tx, session.id);
        return [known, signOutDeed(session)];
      });
      clearCookie(reply, deps.config, 'session');
      const next = nextOf(request.body);
      return finish(deps, request, reply, await signOutElsewhere(deps, request, participants, next));
    }),
  );

export const signOutPages = routes(ask, signOut);
