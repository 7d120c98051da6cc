/** One's own password. */
import { html, type Html } from '../html.ts';
import { ownWitness } from '../http/act.ts';
import { goTo, page, show } from '../http/page.ts';
import { routes, type Route } from '../http/routes.ts';
import type { OwnVisit } from '../http/visit.ts';
import { changePassword } from '../sign-in/password.ts';
import { alert, csrfField, field, newPassword, type Fault } from './form.ts';
import { othersOver, ownPage } from './own-page.ts';
import { fieldsOf, requireRepeated, signedIn, submit } from './visits.ts';

const saved = (ended: string | false): Html =>
  html`<p class="note" role="status">Your new password is set. ${ended}</p>`;

const passwordPage = ({ csrf, session }: OwnVisit, said: Html | false, fault?: Fault): Html =>
  ownPage({
    title: fault === undefined ? 'Password' : 'Error: Password',
    csrf,
    place: '/password',
    session,
    body: html`<div class="narrow">
      <h1>Password</h1>
      <p class="soft">When you change it, you are signed out everywhere else.</p>
      ${said}${alert(fault)}
      <form method="post" action="/password">
        ${csrfField(csrf)}
        <input type="hidden" autocomplete="username" value="${session.username}" />
        ${field({ name: 'current', label: 'Current password', type: 'password', autocomplete: 'current-password' }, fault)}
        ${newPassword(fault)}<button class="main">Change the password</button>
      </form>
    </div>`,
  });

const askPassword: Route = (api, deps) =>
  api.get(
    '/password',
    page('self'),
    signedIn(deps, async (visit, request, reply) => {
      const said = fieldsOf(request.query)('said') === 'saved' && saved(await othersOver(deps, visit));
      return show(reply, passwordPage(visit, said));
    }),
  );

const setPassword: Route = (api, deps) =>
  api.post(
    '/password',
    page('self', 'password.changed'),
    signedIn(deps, async (visit, request, reply) => {
      const form = fieldsOf(request.body);
      return submit(
        reply,
        async () => {
          const password = requireRepeated(form);
          const change = { current: form('current'), password };
          await changePassword(deps, visit.session, change, visit, ownWitness(request));
          return goTo(reply, '/password?said=saved');
        },
        (fault) => passwordPage(visit, false, fault),
      );
    }),
  );

export const passwordPages = routes(askPassword, setPassword);
