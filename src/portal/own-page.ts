/** Pages of somebody who is signed in, and the list of their recovery codes. */
import { html, type Html } from '../html.ts';
import type { ApiDeps } from '../http/deps.ts';
import { brand, frame, type Frame } from '../http/frame.ts';
import type { OwnVisit } from '../http/visit.ts';
import { listSessions, type LiveSession } from '../store/sessions.ts';
import { csrfField } from './form.ts';

const PLACES = [
  ['/portal', 'Applications'],
  ['/password', 'Password'],
  ['/factors', 'Second factors'],
  ['/sessions', 'Sessions'],
] as const;

type Place = (typeof PLACES)[number][0];

/** Whose page it is. People who hold a role have the console as well. */
type Own = Pick<LiveSession, 'username' | 'role'>;

/** A page of somebody who is signed in. */
export const ownPage = (given: Frame & { readonly place: Place; readonly session: Own }): Html =>
  frame(
    'wide',
    given,
    html`<header class="top">
        <div>
          ${brand}
          <nav aria-label="Your account">
            ${PLACES.map(
              ([path, label]) =>
                html`<a href="${path}" ${path === given.place && html`aria-current="page"`}>${label}</a>`,
            )}
            ${given.session.role !== null && html`<a href="/console/">Console</a>`}
          </nav>
          <form method="post" action="/sign-out">
            ${csrfField(given.csrf)}
            <button class="link">Sign out<span class="small"> (${given.session.username})</span></button>
          </form>
        </div>
      </header>
      <main id="main">${given.body}</main>`,
  );

/** Said after a change to how one signs in. */
const othersEnded = 'You are signed in only here now.';

/** The same on a page that anybody's link can lead to: only where it is so. */
export async function othersOver({ database }: ApiDeps, { session }: OwnVisit): Promise<string | false> {
  return (await listSessions(database.db, session.userId)).length === 1 && othersEnded;
}

/** Recovery codes, which are shown once; from there one goes on to `next`. */
export const codesList = (codes: readonly string[], next = '/'): Html =>
  html`<div class="narrow">
    <h1 tabindex="-1">Keep your recovery codes</h1>
    <p>
      If you lose your phone or your passkey, each of these signs you in once. Print them, or put them into
      your password manager. They are not shown again. ${othersEnded}
    </p>
    <ul class="codes">
      ${codes.map((code) => html`<li>${code}</li>`)}
    </ul>
    <p><a class="button" href="${next}">I have kept them</a></p>
  </div>`;
