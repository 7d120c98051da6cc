/** The pages between Rollcall and a service provider. */
import { html, type Html } from '../html.ts';
import { alonePage } from '../http/frame.ts';
import { signOutAddress } from '../http/session-principal.ts';
import type { PostForm } from '../saml/bindings.ts';
import type { Refusal } from './outcome.ts';

export const SCRIPT_PATH = '/saml/submit.js';

/** The only script: what the button would do. */
export const script = 'document.forms[0].submit();\n';

/** A form that sends itself; the button is for browsers without scripts. */
export const postPage = ({ action, fields }: PostForm): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>One moment – Rollcall</title>
        <link rel="stylesheet" href="/portal/style.css" />
        <script src="${SCRIPT_PATH}" defer></script>
      </head>
      <body class="alone">
        <main id="main">
          <h1>One moment</h1>
          <form method="post" action="${action}">
            ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
            <button class="main">Go on</button>
          </form>
        </main>
      </body>
    </html>`;

/** A page that leads elsewhere by itself. */
export const leavePage = (url: string): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="refresh" content="0; url=${url}" />
        <title>One moment – Rollcall</title>
        <link rel="stylesheet" href="/portal/style.css" />
      </head>
      <body class="alone">
        <main id="main">
          <h1>One moment</h1>
          <p><a class="button" href="${url}">Go on</a></p>
        </main>
      </body>
    </html>`;

/** A page that says why it did not go on, and what else there is to do. */
export const problemPage = (title: string, sentence: string, otherwise?: Html): Html =>
  alonePage({
    title,
    csrf: '',
    body: html`<h1>${title}</h1>
      <p>${sentence}</p>
      ${otherwise}
      <p class="foot"><a href="/portal">Your applications</a></p>`,
  });

const notYou = (next: string): Html =>
  html`<p>Not you? <a href="${signOutAddress(next)}">Sign in as somebody else</a></p>`;

/** The same in the words that the log has of it. Where it is about a person, somebody else can go on to `next`. */
export const refusedPage = ({ event, title }: Refusal, next: string): Html =>
  problemPage(title, event.sentence, event.subject.kind === 'user' ? notYou(next) : undefined);
