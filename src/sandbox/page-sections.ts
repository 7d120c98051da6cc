/** The parts of the web page, each made from what the sandbox holds at that moment. */
import { html, type Html } from '../html.ts';
import type { JournalEntry } from './journal.ts';
import { STARTING_ROLE, type Account, type Group } from './state.ts';
import type { Token, World } from './world.ts';

/** A page is for looking at, so long lists are cut. */
const SHOWN = 100;
const SHOWN_REQUESTS = 50;

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const rest = (all: number): Html | false =>
  all > SHOWN && html`<p class="soft">… and ${all - SHOWN} more.</p>`;

const shownOnce = (token: Token): Html => html`
  <div class="once" role="status">
    <p><strong>Copy this token now.</strong> It is shown this once; the one before stopped working.</p>
    <div class="row">
      <input id="token" class="token" readonly aria-label="SSO token" value="${token.value}" />
      <button type="button" data-copy="token">Copy</button>
    </div>
  </div>
`;

/** The SCIM token, which is shown once. */
export const tokenSection = (world: World, fresh: Token | undefined): Html => html`
  <section aria-labelledby="sso">
    <h2 id="sso">SSO token</h2>
    <p class="soft">What an identity provider needs to provision members here over SCIM.</p>
    <dl class="facts">
      <dt>Base URL</dt>
      <dd><code>${world.base}</code></dd>
      <dt>Token</dt>
      <dd id="token-state" data-live>
        ${world.token ? `set ${world.token.createdAt.toISOString().slice(0, 19).replace('T', ' ')} UTC` : 'none yet'}
      </dd>
    </dl>
    ${fresh && shownOnce(fresh)}
    <form method="post" action="/token"><button class="main">Generate SSO Token</button></form>
  </section>
`;

const matches = (account: Account, search: string): boolean =>
  account.email.toLowerCase().includes(search) || account.displayName.toLowerCase().includes(search);

const memberRow = (account: Account): Html => html`
  <tr>
    <td>${account.email}</td>
    <td>${account.displayName}</td>
    <td class="role">${STARTING_ROLE}</td>
  </tr>
`;

function outside(world: World): Html | false {
  const away = Array.from(world.workspace.accounts()).filter((account) => account.standing !== 'member');
  if (away.length === 0) return false;
  return html`
    <details data-key="outside">
      <summary>${counted(away.length, 'account')} outside the workspace</summary>
      <ul>
        ${away.slice(0, SHOWN).map(({ email, displayName, standing }) => html`<li>${email} · ${displayName} · <span class="soft">${standing}</span></li>`)}
      </ul>
      ${rest(away.length)}
    </details>
  `;
}

const memberTable = (found: readonly Account[]): Html => html`
  <table>
    <thead>
      <tr>
        <th scope="col">Email</th>
        <th scope="col">Name</th>
        <th scope="col" class="role">Role</th>
      </tr>
    </thead>
    <tbody>
      ${found.slice(0, SHOWN).map(memberRow)}
    </tbody>
  </table>
  ${rest(found.length)}
`;

/** Members of the workspace, searched. */
export function membersSection(world: World, search: string): Html {
  const members = world.workspace.members();
  const found = search === '' ? members : members.filter((account) => matches(account, search.toLowerCase()));
  return html`
    <section aria-labelledby="members">
      <h2 id="members">Members</h2>
      <form class="row" role="search" action="/#members">
        <input
          type="search"
          name="search"
          value="${search}"
          aria-label="Search members"
          placeholder="Email or name"
        />
        <button>Search</button>
      </form>
      <div id="member-list" class="long" data-live tabindex="0" role="group" aria-label="The members">
        <p class="soft">
          ${search === '' ? counted(members.length, 'member') : `${found.length} of ${counted(members.length, 'member')}`}
        </p>
        ${found.length > 0 && memberTable(found)} ${outside(world)}
      </div>
    </section>
  `;
}

const groupItem = (group: Group): Html => html`
  <details data-key="group-${group.id}">
    <summary>${group.displayName} <span class="soft">· ${group.members.size}</span></summary>
    <ul>
      ${[...group.members].slice(0, SHOWN).map(({ email, displayName }) => html`<li>${email} <span class="soft">${displayName}</span></li>`)}
    </ul>
    ${rest(group.members.size)}
  </details>
`;

/** Groups with how many members. */
export function groupsSection({ workspace }: World): Html {
  const all = workspace.groups();
  return html`
    <section aria-labelledby="groups">
      <h2 id="groups">Groups</h2>
      <div id="group-list" class="long" data-live tabindex="0" role="group" aria-label="The groups">
        <p class="soft">${counted(all.length, 'group')}. Each starts with ${STARTING_ROLE}.</p>
        ${all.slice(0, SHOWN).map(groupItem)} ${rest(all.length)}
      </div>
    </section>
  `;
}

const body = (title: string, text: string): Html | false =>
  text !== '' &&
  html`<div>
    <span class="soft">${title}</span>
    <pre tabindex="0">${text.slice(0, 4000)}</pre>
  </div>`;

const requestItem = (entry: JournalEntry): Html => html`
  <details data-key="request-${entry.sequence}">
    <summary>
      <span class="request">
        <span class="soft">${new Date(entry.time).toISOString().slice(11, 23)}</span>
        <code>${entry.method} ${entry.path.replace('/scim/v2', '')}</code>
        <span class="status ${entry.status >= 400 || entry.fault ? 'bad' : ''}">${entry.status}</span>
        <span class="soft">${entry.durationMs.toFixed(1)} ms${entry.fault && ` · ${entry.fault}`}</span>
      </span>
    </summary>
    ${body('Asked', entry.requestBody)} ${body('Answered', entry.responseBody)}
  </details>
`;

/** The last requests. */
export const requestsSection = ({ journal, behaviour }: World): Html => html`
  <section aria-labelledby="requests">
    <h2 id="requests">Requests</h2>
    <p class="soft">As they come in, the newest first. Times are UTC.</p>
    <div id="request-list" class="long" data-live tabindex="0" role="group" aria-label="The requests">
      <div class="counts">
        ${Object.entries(journal.counts()).map(([route, count]) => html`<span><code>${route}</code> <strong>${count}</strong></span>`)}
      </div>
      ${journal.total === 0 && html`<p>None yet.</p>`}
      ${!behaviour.journal && html`<p>The journal is off: requests are counted and not kept.</p>`}
      ${journal.entries({ limit: SHOWN_REQUESTS }).reverse().map(requestItem)}
    </div>
  </section>
`;
