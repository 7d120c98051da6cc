/** The parts that forms are made of. */
import type { FieldError } from '../errors.ts';
import { html, type Html, type Part } from '../html.ts';

/** What proves that a form came from a page of the visitor's own (`isOwn`). */
export const csrfField = (csrf: string): Html => html`<input type="hidden" name="csrf" value="${csrf}" />`;

/** A value that a form sends back as it is. */
export const hidden = (name: string, value: string): Html =>
  html`<input type="hidden" name="${name}" value="${value}" />`;

/** What went wrong with a form: a sentence for the whole, and one for each field. */
export interface Fault {
  readonly status: number;
  readonly message: string;
  readonly errors: readonly FieldError[];
}

/** The sentence at the top; where each field says its own, only that there is something. */
export const alert = (fault: Fault | undefined): Part =>
  fault &&
  html`<p class="alert" role="alert">
    ${fault.errors.length === 0 ? fault.message : 'This cannot be used yet: see the fields below.'}
  </p>`;

interface Field {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'password' | 'email';
  /** WCAG 2.2 SC 1.3.5: what a browser or password manager may fill in. */
  readonly autocomplete: string;
  readonly value?: string | undefined;
  readonly hint?: string;
  readonly optional?: true;
  /** The digits of a code. */
  readonly code?: true;
  readonly first?: boolean;
}

/** What is said of a field goes on from its name, and begins a sentence under it. */
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A field with its label; what is wrong with it is tied to it for those who hear the page. */
export function field(given: Field, fault?: Fault): Html {
  const { name, label, type = 'text', autocomplete, value = '', hint } = given;
  const wrong = fault?.errors.find(({ path }) => path === name)?.message;
  const focused = wrong !== undefined || (given.first === true && (fault?.errors ?? []).length === 0);
  const below =
    wrong === undefined
      ? hint && ([`${name}-hint`, 'hint', hint] as const)
      : ([`${name}-wrong`, 'wrong', capital(wrong)] as const);
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      autocomplete="${autocomplete}"
      value="${value}"
      spellcheck="false"
      autocapitalize="none"
      ${!given.optional && html`required`}
      ${given.code && html`class="code" inputmode="numeric" maxlength="9"`}
      ${focused && html`autofocus`}
      ${below && html`aria-describedby="${below[0]}"`}
      ${wrong !== undefined && html`aria-invalid="true"`}
    />
    ${below && html`<p class="${below[1]}" id="${below[0]}">${below[2]}</p>`}
  </div>`;
}

const PASSWORD_HINT = 'At least 12 characters. A few words that do not belong together are easy to remember.';

/** A new password, twice; `requireRepeated` compares them. */
export const newPassword = (fault?: Fault): Html =>
  html`${field({ name: 'password', label: 'New password', type: 'password', autocomplete: 'new-password', hint: PASSWORD_HINT }, fault)}
  ${field({ name: 'repeated', label: 'New password, once more', type: 'password', autocomplete: 'new-password' }, fault)}`;

/** Signs in with a passkey, where script.ts finds that the browser has them. */
export const passkeyButton = (next: string): Html =>
  html`<div hidden>
    <p class="or">or</p>
    <p id="passkey-said" class="alert" role="alert" hidden></p>
    <button type="button" data-passkey="sign-in" data-next="${next}">Use a passkey</button>
  </div>`;
