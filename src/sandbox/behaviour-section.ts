/** The part of the web page with the toggles, and what is always so. */
import { html, type Html } from '../html.ts';
import { describeBehaviour, type Toggle } from './behaviour.ts';
import { facts, type Fact } from './facts.ts';
import type { Certainty, Subject } from './toggles.ts';
import type { World } from './world.ts';

const badge = (certainty: Certainty | null): Html =>
  certainty === null
    ? html`<span class="badge">for tests</span>`
    : certainty === 'documented'
      ? html`<span class="badge documented">documented</span>`
      : html`<span class="badge guess">guess · ${certainty}</span>`;

const factItem = ({ certainty, text }: Fact): Html => html`<li class="fact">${text} ${badge(certainty)}</li>`;

function control({ name, value, options }: Toggle): Html {
  const about = html`id="${name}" name="${name}" aria-describedby="${name}-about"`;
  if (options) {
    const option = (one: unknown): Html =>
      html`<option value="${JSON.stringify(one)}" ${one === value && 'selected'}>${String(one)}</option>`;
    return html`<select ${about} data-kind="json">
      ${options.map(option)}
    </select>`;
  }
  if (Array.isArray(value))
    return html`<textarea ${about} data-kind="list" rows="2">${value.join('\n')}</textarea>`;
  return html`<input
    type="number"
    step="any"
    min="0"
    ${about}
    data-kind="number"
    value="${String(value)}"
  />`;
}

const toggleRow = (toggle: Toggle): Html => html`
  <div class="toggle">
    <div>
      <label for="${toggle.name}"><strong>${toggle.name}</strong></label
      >${badge(toggle.certainty)}
    </div>
    <div class="control">${control(toggle)}</div>
    <p id="${toggle.name}-about">${toggle.description}</p>
  </div>
`;

/** Every toggle, with what is known of the real behaviour. */
export function behaviourSection(world: World): Html {
  const toggles = describeBehaviour(world.behaviour);
  const subjects: Subject[] = ['Users', 'Groups', 'Sign-in', 'Protocol', 'Refusals', 'Faults'];
  return html`
    <section aria-labelledby="behaviour">
      <h2 id="behaviour">Behaviour</h2>
      <p class="soft">
        What Segment documents is marked so. Everything else is a guess of ours, and can be set the other way,
        unless it stands under “Always so”.
      </p>
      <h3>Always so</h3>
      <ul>
        ${facts.map(factItem)}
      </ul>
      ${subjects.map(
        (subject) =>
          html`<h3>${subject}</h3>
            ${toggles.filter((toggle) => toggle.subject === subject).map(toggleRow)}`,
      )}
    </section>
  `;
}
