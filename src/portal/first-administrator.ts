/** The page that the link of the first start opens: the account of the first administrator. */
import { html, type Html } from '../html.ts';
import { alonePage } from '../http/frame.ts';
import { goTo, page, show } from '../http/page.ts';
import { routes, type Route } from '../http/routes.ts';
import { keepSession, type Visit } from '../http/visit.ts';
import { checkAdministratorLink, createFirstAdministrator } from '../sign-in/first-administrator.ts';
import { startSession } from '../sign-in/session.ts';
import { alert, csrfField, field, hidden, newPassword, type Fault } from './form.ts';
import { anybody, fieldsOf, requireRepeated, submit } from './visits.ts';

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

const ask: Route = (api, deps) =>
  api.get(
    '/first-administrator',
    page('public'),
    anybody(deps, async (visit, request, reply) => {
      const token = fieldsOf(request.query)('token');
      await checkAdministratorLink(deps, token);
      return show(reply, firstPage(visit, { token }));
    }),
  );

const make: Route = (api, deps) =>
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

export const firstAdministratorPages = routes(ask, make);
