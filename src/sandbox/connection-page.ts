/** The page in the place of Segment's Settings › Authentication › Connections. */
import { X509Certificate } from 'node:crypto';
import type { FieldError } from '../errors.ts';
import { fieldErrorsOf } from '../fields.ts';
import { html, type Html } from '../html.ts';
import type { Answer } from './http.ts';
import type { Actions, PageCall } from './page-action.ts';
import { goTo, settingsPage, shown } from './page-shell.ts';
import { acsUrlOf, audienceOf, identityProviderSchema, type IdentityProvider } from './saml-connection.ts';
import { signInsSection } from './sign-ins-section.ts';
import type { World } from './world.ts';

/** The form as it was sent, and what is wrong with it. */
interface Draft {
  readonly values: IdentityProvider;
  readonly errors: readonly FieldError[];
}

const EMPTY: IdentityProvider = { signOnUrl: '', certificate: '' };

const copyable = (id: string, label: string, value: string): Html => html`
  <div class="field">
    <label for="${id}">${label}</label>
    <div class="row">
      <input id="${id}" class="token" readonly value="${value}" />
      <button type="button" data-copy="${id}" aria-label="Copy ${label}">Copy</button>
    </div>
  </div>
`;

const givenSection = ({ origin, saml }: World): Html => html`
  <section aria-labelledby="gives">
    <h2 id="gives">What the identity provider needs</h2>
    ${copyable('customer-id', 'Customer ID', saml.customerId)}
    ${copyable('acs-url', 'Single Sign-On URL (ACS)', acsUrlOf(origin, saml))}
    ${copyable('audience', 'Audience URI (SP entity ID)', audienceOf(saml))}
    <p class="soft">
      NameID format <code>emailAddress</code>, one attribute <code>email</code>, Response and Assertion signed
      with RSA-SHA256. Segment's own ACS is at <code>segment-prod.auth0.com</code>; here it is this machine.
    </p>
  </section>
`;

/** How a certificate is told from another. */
function certificateFacts(pem: string): Html {
  const { subject, validTo, fingerprint256 } = new X509Certificate(pem);
  return html`<dl class="facts">
    <dt>Certificate of</dt>
    <dd>${subject.replaceAll('\n', ', ')}</dd>
    <dt>Until</dt>
    <dd>${new Date(validTo).toISOString().slice(0, 10)}</dd>
    <dt>SHA-256</dt>
    <dd><code>${fingerprint256}</code></dd>
  </dl>`;
}

const faultOf = ({ errors }: Draft, name: string): Html | undefined => {
  const found = errors.find(({ path }) => path === name);
  return found && html`<p id="${name}-fault" class="fault">${found.message}</p>`;
};

function takenForm(draft: Draft): Html {
  const { signOnUrl, certificate } = draft.values;
  const urlFault = faultOf(draft, 'signOnUrl');
  const certificateFault = faultOf(draft, 'certificate');
  return html`<form method="post" action="/connections">
    <div class="field">
      <label for="sign-on-url">SAML 2.0 Endpoint URL (the sign-on URL)</label>
      <input
        id="sign-on-url"
        name="signOnUrl"
        value="${signOnUrl}"
        inputmode="url"
        ${urlFault && html`aria-invalid="true" aria-describedby="signOnUrl-fault"`}
      />
      ${urlFault}
    </div>
    <div class="field">
      <label for="certificate">X.509 certificate (PEM)</label>
      <textarea
        id="certificate"
        name="certificate"
        class="token"
        rows="7"
        spellcheck="false"
        ${certificateFault && html`aria-invalid="true" aria-describedby="certificate-fault"`}
      >
${certificate}</textarea>
      ${certificateFault}
    </div>
    <button class="main">Save connection</button>
  </form>`;
}

const takenSection = ({ saml }: World, draft: Draft, saved: boolean): Html => html`
  <section aria-labelledby="takes">
    <h2 id="takes">What the identity provider gives</h2>
    ${saved && html`<p class="done" role="status">The connection is saved.</p>`}
    ${saml.identityProvider && certificateFacts(saml.identityProvider.certificate)} ${takenForm(draft)}
  </section>
`;

function signInSection({ saml }: World): Html {
  if (!saml.identityProvider)
    return html`<section aria-labelledby="use">
      <h2 id="use">Sign-in</h2>
      <p class="soft">Save the connection first. Then it can be tested and required here.</p>
    </section>`;
  return html`<section aria-labelledby="use">
    <h2 id="use">Sign-in</h2>
    <div class="row apart">
      <p>
        <strong>Require SSO</strong> is ${saml.requireSso ? 'on: nobody signs in with a password.' : 'off.'}
      </p>
      <form method="post" action="/connections/require-sso">
        <button name="required" value="${saml.requireSso ? 'no' : 'yes'}">
          ${saml.requireSso ? 'Turn off' : 'Require SSO'}
        </button>
      </form>
    </div>
    <p>
      <a href="/login/sso">Test sign-in</a>
      <span class="soft">goes to the identity provider with an AuthnRequest.</span>
    </p>
  </section>`;
}

function connectionPage(world: World, draft: Draft, saved = false): Html {
  return settingsPage('/connections', {
    title: 'Connections',
    trail: 'Settings › Authentication › Connections',
    sections: html`<a href="#gives">To give</a> <a href="#takes">To take</a> <a href="#use">Sign-in</a>
      <a href="#sign-ins">Journal</a>`,
    content: [
      givenSection(world),
      takenSection(world, draft, saved),
      signInSection(world),
      signInsSection(world),
    ],
  });
}

function show({ world, query }: PageCall): Answer {
  const values = world.saml.identityProvider ?? EMPTY;
  return shown(connectionPage(world, { values, errors: [] }, query?.has('saved')));
}

function save({ world, form }: PageCall): Answer {
  const values = { signOnUrl: form.get('signOnUrl') ?? '', certificate: form.get('certificate') ?? '' };
  const parsed = identityProviderSchema.safeParse(values);
  if (!parsed.success)
    return shown(connectionPage(world, { values, errors: fieldErrorsOf(parsed.error) }), 400);
  world.saml.identityProvider = parsed.data;
  return goTo('/connections?saved#takes');
}

/** Nobody could sign in at all if it were required before there is a connection. */
function setRequired({ world, form }: PageCall): Answer {
  if (world.saml.identityProvider) world.saml.requireSso = form.get('required') === 'yes';
  return goTo('/connections#use');
}

export const connectionActions: Actions = {
  'GET /connections': show,
  'POST /connections': save,
  'POST /connections/require-sso': setRequired,
};
