/** A forgotten password: asking for a link, and the page that it opens. */
import { html, type Html } from '../html.ts';
import { alonePage } from '../http/frame.ts';
import { goTo, page, show } from '../http/page.ts';
import { routes, type Route } from '../http/routes.ts';
import { linkBase, type Visit } from '../http/visit.ts';
import { ownerOfLink, requestReset, resetPassword } from '../sign-in/password-reset.ts';
import { alert, csrfField, field, hidden, newPassword, type Fault } from './form.ts';
import { anybody, fieldsOf, requireRepeated, submit } from './visits.ts';

const forgottenPage = ({ csrf }: Visit): Html =>
  alonePage({
    title: 'Forgotten password',
    csrf,
    body: html`<h1>Forgotten password</h1>
      <p class="soft">We send a link to the address of your account. It works once, within the hour.</p>
      <form method="post" action="/forgotten-password">
        ${csrfField(csrf)}
        ${field({ name: 'username', label: 'User name or email', autocomplete: 'username', first: true })}
        <button class="main">Send the link</button>
      </form>
      <p class="foot"><a href="/sign-in">Back to signing in</a></p>`,
  });

const sentPage = ({ csrf }: Visit): Html =>
  alonePage({
    title: 'Look into your mail',
    csrf,
    body: html`<h1>Look into your mail</h1>
      <p>
        If there is such an account, and it has an address, a link is on its way. It works once, within the
        hour.
      </p>
      <p class="soft">Nothing came? Look among the unwanted mail, or ask your help desk.</p>
      <p class="foot"><a href="/sign-in">Back to signing in</a></p>`,
  });

const noMailPage = ({ csrf }: Visit): Html =>
  alonePage({
    title: 'Forgotten password',
    csrf,
    body: html`<h1>Forgotten password</h1>
      <p>This server sends no mail. Your help desk can give you a link that sets a new password.</p>
      <p class="foot"><a href="/sign-in">Back to signing in</a></p>`,
  });

const resetPage = ({ csrf }: Visit, token: string, username: string, fault?: Fault): Html =>
  alonePage({
    title: fault === undefined ? 'New password' : 'Error: New password',
    csrf,
    body: html`<h1>New password</h1>
      <p class="soft">For ${username}. Wherever you are signed in, you will be signed out.</p>
      ${alert(fault)}
      <form method="post" action="/reset-password">
        ${csrfField(csrf)}${hidden('token', token)}
        <input type="hidden" autocomplete="username" value="${username}" />${newPassword(fault)}
        <button class="main">Set the password</button>
      </form>`,
  });

const askName: Route = (api, deps) =>
  api.get(
    '/forgotten-password',
    page('public'),
    anybody(deps, async (visit, _request, reply) =>
      show(reply, deps.mailer === undefined ? noMailPage(visit) : forgottenPage(visit)),
    ),
  );

const sendLink: Route = (api, deps) =>
  api.post(
    '/forgotten-password',
    page('public', 'passwordLink.made'),
    anybody(deps, async (visit, request, reply) => {
      const name = fieldsOf(request.body)('username').trim();
      const asked = requestReset(deps, name, linkBase(deps.config, request), visit);
      deps.behind.run(asked, 'A link for a new password could not be sent.');
      return show(reply, sentPage(visit));
    }),
  );

const askNew: Route = (api, deps) =>
  api.get(
    '/reset-password',
    page('public'),
    anybody(deps, async (visit, request, reply) => {
      const token = fieldsOf(request.query)('token');
      const { username } = await ownerOfLink(deps, token);
      return show(reply, resetPage(visit, token, username));
    }),
  );

const setNew: Route = (api, deps) =>
  api.post(
    '/reset-password',
    page('public', 'password.reset'),
    anybody(deps, async (visit, request, reply) => {
      const form = fieldsOf(request.body);
      const { username } = await ownerOfLink(deps, form('token'));
      return submit(
        reply,
        async () => {
          await resetPassword(deps, form('token'), requireRepeated(form), visit);
          return goTo(reply, '/sign-in?said=password');
        },
        (fault) => resetPage(visit, form('token'), username, fault),
      );
    }),
  );

export const forgottenPasswordPages = routes(askName, sendLink, askNew, setNew);
