/** Pages that a one-time link opens: the first administrator, and a forgotten password. */
import type { FastifyPluginCallback } from 'fastify';
import type { ApiDeps } from '../api/deps.ts';
import { keepSession, linkBase, type Visit } from '../api/visit.ts';
import { html, type Html } from '../html.ts';
import { checkAdministratorLink, createFirstAdministrator } from '../sign-in/first-administrator.ts';
import { ownerOfLink, requestReset, resetPassword } from '../sign-in/password-reset.ts';
import { startSession } from '../sign-in/session.ts';
import { alert, alonePage, csrfField, field, hidden, newPassword, type Fault } from './page.ts';
import { anybody, fieldsOf, goTo, page, requireRepeated, show, submit } from './visits.ts';

interface Given {
  readonly token: string;
  readonly username?: string;
  readonly email?: string;
}

const firstPage = ({ csrf }: Visit, { token, username, email }: Given, fault?: Fault): Html =>
  alonePage({
    title: fault === undefined ? 'First administrator' : 'Error: First administrator',
    csrf,
    body: html`<h1>First administrator</h1>
      <p class="soft">Welcome to Rollcall. This account may do everything, and gives others their roles.</p>
      ${alert(fault)}
      <form method="post" action="/first-administrator">
        ${csrfField(csrf)}${hidden('token', token)}
        ${field({ name: 'username', label: 'User name', autocomplete: 'username', value: username, first: true, hint: 'Yours in the directory, if you are there already.' }, fault)}
        ${field({ name: 'email', label: 'Email (may be left out)', type: 'email', autocomplete: 'email', value: email, optional: true }, fault)}
        ${newPassword(fault)}<button class="main">Make the account</button>
      </form>`,
  });

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

export const linkPages: FastifyPluginCallback<ApiDeps> = (api, deps, done) => {
  const asPublic = page('public');

  api.get(
    '/first-administrator',
    asPublic,
    anybody(deps, async (visit, request, reply) => {
      const token = fieldsOf(request.query)('token');
      await checkAdministratorLink(deps, token);
      return show(reply, firstPage(visit, { token }));
    }),
  );

  api.post(
    '/first-administrator',
    page('public', 'role.given'),
    anybody(deps, async (visit, request, reply) => {
      const form = fieldsOf(request.body);
      const given = { token: form('token'), username: form('username').trim(), email: form('email').trim() };
      await checkAdministratorLink(deps, given.token);
      return submit(
        reply,
        async () => {
          const password = requireRepeated(form);
          const person = await createFirstAdministrator(deps, given.token, { ...given, password }, visit);
          keepSession(reply, deps.config, await startSession(deps, person, ['password'], visit));
          return goTo(reply, '/');
        },
        (fault) => firstPage(visit, given, fault),
      );
    }),
  );

  api.get(
    '/forgotten-password',
    asPublic,
    anybody(deps, async (visit, _request, reply) =>
      show(reply, deps.mailer === undefined ? noMailPage(visit) : forgottenPage(visit)),
    ),
  );

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

  api.get(
    '/reset-password',
    asPublic,
    anybody(deps, async (visit, request, reply) => {
      const token = fieldsOf(request.query)('token');
      const { username } = await ownerOfLink(deps, token);
      return show(reply, resetPage(visit, token, username));
    }),
  );

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

  done();
};
