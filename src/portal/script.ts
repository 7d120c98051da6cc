/**
 * The only script of the pages. A form is sent once: a second click would be told that the code, link or session of the first is
 * used up. And passkeys, which can be used in no other way; for them it calls the API, as anybody could.
 */
export const script = `
const setDisabled = (form, disabled) => {
  for (const button of form.querySelectorAll('button')) button.disabled = disabled;
};
addEventListener('submit', ({ target }) => setDisabled(target, true));
addEventListener('pageshow', () => {
  for (const form of document.forms) setDisabled(form, false);
});

const post = async (path, body) => {
  const answer = await fetch('/api/v1' + path, {
    method: 'POST',
    headers: { 'x-csrf-token': document.body.dataset.csrf, ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.detail);
  return said;
};

const signIn = async (button) => {
  const options = PublicKeyCredential.parseRequestOptionsFromJSON(await post('/session/passkey/options'));
  const credential = await navigator.credentials.get({ publicKey: options });
  await post('/session/passkey', credential.toJSON());
  location.assign(button.dataset.next);
};

const add = async (button) => {
  const options = PublicKeyCredential.parseCreationOptionsFromJSON(await post('/me/factors/passkeys/options'));
  const credential = await navigator.credentials.create({ publicKey: options });
  const label = document.getElementById('label').value || 'Passkey';
  const { recoveryCodes } = await post('/me/factors/passkeys', { label, response: credential.toJSON() });
  if (recoveryCodes === null) location.assign(button.dataset.next === '/' ? '/factors?said=added' : button.dataset.next);
  else show(recoveryCodes);
};

const show = (codes) => {
  const list = document.querySelector('#codes ul');
  list.replaceChildren(...codes.map((code) => Object.assign(document.createElement('li'), { textContent: code })));
  document.getElementById('factors').hidden = true;
  document.getElementById('codes').hidden = false;
  document.querySelector('#codes h1').focus();
};

const tell = (error) => {
  const place = document.getElementById('passkey-said');
  const cancelled = error.name === 'NotAllowedError' || error.name === 'AbortError';
  place.textContent = cancelled ? 'No passkey was used. Try again, or use another way.' : error.message;
  place.hidden = false;
};

const can = typeof PublicKeyCredential !== 'undefined' && PublicKeyCredential.parseRequestOptionsFromJSON;
for (const [name, act] of Object.entries({ 'sign-in': signIn, add })) {
  const button = document.querySelector('[data-passkey="' + name + '"]');
  if (!can || !button) continue;
  button.closest('[hidden]').hidden = false;
  button.addEventListener('click', () => act(button).catch(tell));
}
`;
