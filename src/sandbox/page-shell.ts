/** What all pages share: the frame, the headers, the answers. */
import { html, type Html, type Part } from '../html.ts';
import type { Answer } from './http.ts';

const TITLE = 'Sandbox — not Segment; a stand-in';

const headers = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const document = (title: string, script: Html | false, content: Part): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${TITLE}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/style.css" />
        ${script}
      </head>
      <body>
        <div class="banner"><strong>${TITLE}</strong></div>
        ${content}
      </body>
    </html>`;

const settings = [
  { path: '/', label: 'SSO Sync' },
  { path: '/connections', label: 'Connections' },
] as const;

type SettingsPath = (typeof settings)[number]['path'];

const pageLink = (here: SettingsPath, { path, label }: (typeof settings)[number]): Html =>
  html`<a href="${path}" ${path === here && html`aria-current="page"`}>${label}</a> `;

/** A page for administrators, which keeps itself up to date (page-script.ts); its `trail` says where it is found in Segment. */
export function settingsPage(
  here: SettingsPath,
  page: { readonly title: string; readonly trail: string; readonly sections: Html; readonly content: Part },
): Html {
  const { title, trail, sections, content } = page;
  const script = html`<script type="module" src="/script.js"></script>`;
  return document(
    title,
    script,
    html`<header>
        <nav class="tabs" aria-label="Settings">
          ${settings.map((one) => pageLink(here, one))} <a href="/login">Sign-in page</a>
        </nav>
        <p class="trail">${trail}</p>
        <h1>${title}</h1>
        <nav aria-label="On this page">${sections}</nav>
      </header>
      <main>
        <p id="gone" class="once" role="alert" hidden>The sandbox does not answer any more.</p>
        ${content}
        <p id="said" role="status"></p>
      </main>`,
  );
}

/** A page for the people who sign in: one narrow card. */
export const personPage = (title: string, content: Part): Html =>
  document(
    title,
    false,
    html`<main class="narrow">
      <section aria-labelledby="title">
        <h1 id="title">${title}</h1>
        ${content}
      </section>
    </main>`,
  );

/** An answer of text. */
export const plain = (status: number, body: string, type = 'text/plain'): Answer => ({
  status,
  body,
  type: `${type}; charset=utf-8`,
  headers,
});

/** An answer of a page. */
export const shown = (content: Html, status = 200): Answer => plain(status, content.text, 'text/html');

/** Goes on with a GET, whatever it was. */
export const goTo = (location: string, more: Readonly<Record<string, string>> = {}): Answer => ({
  ...plain(303, ''),
  headers: { ...headers, location, ...more },
});
