/** The frame of every page, and the page with nobody signed in; the other one is `portal/own-page.ts`. */
import { html, type Html, type Part } from '../html.ts';

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

/** Leads to the beginning. */
export const brand = html`<a class="brand" href="/">${mark} Rollcall</a>`;

/** The same for the browser's tab; in the page, where it costs no request. */
const icon =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 26 26%22%3E%3Crect width=%2226%22 height=%2226%22 rx=%227%22 fill=%22%230b6b4f%22/%3E%3Cpath d=%22M7 13.5l4 4 8-9%22 fill=%22none%22 stroke=%22%23fff%22 stroke-width=%222.6%22/%3E%3C/svg%3E';

export interface Frame {
  readonly title: string;
  /** For the script of passkeys. */
  readonly csrf: string;
  readonly body: Part;
}

/** A page around what is inside: narrow and `alone`, or `wide`. */
export const frame = (kind: 'alone' | 'wide', { title, csrf }: Frame, inside: Part): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – Rollcall</title>
        <link rel="icon" href="${icon}" />
        <link rel="stylesheet" href="/portal/style.css" />
        <script type="module" src="/portal/page.js"></script>
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
