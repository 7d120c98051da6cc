/** The sign-ins of late, with what became of each. */
import { html, type Html } from '../html.ts';
import type { SignIn } from './sign-in-journal.ts';
import type { World } from './world.ts';

const SHOWN = 50;

function wayOf({ method, initiatedBy }: SignIn): string {
  if (method === 'password') return 'password';
  return initiatedBy === 'service-provider' ? 'SAML, began here' : 'SAML, began there';
}

const row = (entry: SignIn): Html => html`
  <li class="entry">
    <div class="row apart">
      <span>
        <span class="soft">${new Date(entry.time).toISOString().slice(11, 19)}</span>
        <strong>${entry.email ?? 'unknown person'}</strong>
      </span>
      <span>
        <span class="soft">${wayOf(entry)}</span>
        <span class="status ${entry.result === 'refused' && 'bad'}">
          ${entry.result === 'refused' ? 'refused' : 'signed in'}
        </span>
      </span>
    </div>
    <p>${entry.reason}</p>
  </li>
`;

/** The last sign-ins, and why each was refused that was. */
export function signInsSection({ signIns }: World): Html {
  const entries = signIns.entries().slice(-SHOWN).reverse();
  return html`
    <section aria-labelledby="sign-ins">
      <h2 id="sign-ins">Journal</h2>
      <p class="soft">Sign-ins as they come, the newest first. Times are UTC.</p>
      <div id="sign-in-list" class="long" data-live tabindex="0" role="group" aria-label="The sign-ins">
        ${
          entries.length === 0
            ? html`<p>None yet.</p>`
            : html`<ul>
                ${entries.map(row)}
              </ul>`
        }
      </div>
    </section>
  `;
}
