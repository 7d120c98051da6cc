/** The frame of every page, with and without somebody who is signed in. */
import { html, type Html, type Part } from '../html.ts';
import type { LiveSession } from '../store/sessions.ts';
import { csrfField } from './form.ts';

const mark = html`<svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true">
  <rect width="26" height="26" rx="7" fill="var(--accent)" />
  <path
    d="M7 13.5l4 4 8-9"
    fill="none"
    stroke="var(--on-accent)"
    stroke-width="2.6"
    stroke-linecap="round"
    stroke-linejoin="round"
  />
</svg>`;

const brand = html`<a class="brand" href="/">${mark} Rollcall</a>`;

/** The same for the browser's tab; in the page, where it costs no request. */
const icon =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 26 26%22%3E%3Crect width=%2226%22 height=%2226%22 rx=%227%22 fill=%22%230b6b4f%22/%3E%3Cpath d=%22M7 13.5l4 4 8-9%22 fill=%22none%22 stroke=%22%23fff%22 stroke-width=%222.6%22/%3E%3C/svg%3E';

interface Frame {
  readonly title: string;
  /** For the script of passkeys. */
  readonly csrf: string;
  readonly body: Part;
}

const frame = (kind: 'alone' | 'wide', { title, csrf }: Frame, inside: Part): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – Rollcall</title>
        <link rel="icon" href="${icon}" />
        <link rel="stylesheet" href="/portal/style.css" />
        <script type="module" src="/portal/passkeys.js"></script>
      </head>
      <body class="${kind}" data-csrf="${csrf}">
        <a class="skip" href="#main">To the content</a>${inside}
      </body>
    </html>`;

/** A page with one thing to do, for people who are not signed in, or not yet. */
export const alonePage = (given: Frame): Html =>
  frame(
    'alone',
    given,
    html`<header>${brand}</header>
      <main id="main">${given.body}</main>`,
  );

const PLACES = [
  ['/portal', 'Applications'],
  ['/password', 'Password'],
  ['/factors', 'Second factors'],
  ['/sessions', 'Sessions'],
] as const;

type Place = (typeof PLACES)[number][0];

/** Of whom a page speaks. Who holds a role has the console as well. */
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

/** Recovery codes, which are shown once; from there one goes on to `next`. */
export const codesList = (codes: readonly string[], next = '/'): Html =>
  html`<div class="narrow">
    <h1 tabindex="-1">Keep your recovery codes</h1>
    <p>
      If you lose your phone or your passkey, each of these signs you in once. Print them, or put them into
      your password manager. They are not shown again.
    </p>
    <ul class="codes">
      ${codes.map((code) => html`<li>${code}</li>`)}
    </ul>
    <p><a class="button" href="${next}">I have kept them</a></p>
  </div>`;
