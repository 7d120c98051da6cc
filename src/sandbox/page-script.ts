/**
 * The little that runs in the browser: it asks for the page again each second and takes over the parts that changed, so
 * that the server's HTML is the only place that knows what things look like; it copies fields; it sends toggles.
 */
export const script = `
const last = new Map();

function renew(part, fresh) {
  if (!fresh || last.get(part.id) === fresh.innerHTML) return;
  last.set(part.id, fresh.innerHTML);
  const open = new Set(Array.from(part.querySelectorAll('details[open]'), (one) => one.dataset.key));
  const focus = document.activeElement?.closest('details')?.dataset.key;
  part.innerHTML = fresh.innerHTML;
  for (const one of part.querySelectorAll('details')) {
    one.open = open.has(one.dataset.key);
    if (focus && one.dataset.key === focus) one.querySelector('summary').focus();
  }
}

async function refresh() {
  if (document.hidden) return;
  const page = await fetch(location.href).then((answer) => answer.text()).catch(() => undefined);
  document.getElementById('gone').hidden = page !== undefined;
  if (page === undefined) return;
  const fresh = new DOMParser().parseFromString(page, 'text/html');
  for (const part of document.querySelectorAll('[data-live]')) renew(part, fresh.getElementById(part.id));
}

function say(text) {
  document.getElementById('said').textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => say(''), 6000);
}

function valueOf(field) {
  if (field.dataset.kind === 'list') return field.value.split(/[\\s,]+/).filter(Boolean);
  return field.dataset.kind === 'number' ? Number(field.value) : JSON.parse(field.value);
}

async function setToggle(field) {
  const body = JSON.stringify({ [field.name]: valueOf(field) });
  const answer = await fetch('/_control/behaviour', { method: 'PATCH', body });
  const said = await answer.json();
  say(answer.ok ? field.name + ' is set.' : said.errors.map((error) => error.path + ': ' + error.message).join(' '));
}

document.addEventListener('change', (event) => {
  if (event.target.closest('.toggle')) void setToggle(event.target);
});

document.addEventListener('click', async (event) => {
  const field = document.getElementById(event.target.dataset.copy);
  if (!field) return;
  field.select();
  await navigator.clipboard.writeText(field.value).catch(() => document.execCommand('copy'));
  say('Copied.');
});

if (location.pathname === '/token') history.replaceState(null, '', '/');
setInterval(refresh, 1000);
`;
