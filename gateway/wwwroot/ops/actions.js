import { h, plural } from './dom.js';

// What operators may do. Each asks first, in words, and says what came of it.

let toastTimer;

/** Says something for a while. */
export function toast(text, isWrong = false) {
  const place = document.getElementById('toast');
  place.textContent = text;
  place.classList.toggle('wrong', isWrong);
  place.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { place.hidden = true; }, isWrong ? 15_000 : 8_000);
}

export async function post(path, body) {
  const answer = await fetch(path, {
    method: 'POST', headers: body ? { 'content-type': 'application/json' } : {}, body: body ? JSON.stringify(body) : undefined,
  }).catch(() => null);
  if (!answer) return { isDone: false, text: 'The gateway did not answer: it may have been done or not. Look at the audit.' };
  const told = await answer.json().catch(() => ({}));
  if (answer.status === 401) location.assign('/ops/login');
  return { isDone: answer.ok, text: answer.ok ? told.result : `Not done: ${told.detail ?? `the gateway answered ${answer.status}`}` };
}

/**
 * Asks before something is done. The safe answer has the focus.
 * @param fields elements with a name, whose values go to send().
 */
export function confirm({ title, text, button, isDangerous = true, fields = [], send }) {
  const told = h('p', { class: 'told', role: 'alert' });
  const cancel = h('button', { type: 'button', class: 'quiet', onclick: () => dialog.close() }, 'Cancel');
  const go = h('button', { type: 'submit', class: isDangerous ? 'danger' : 'primary' }, button);
  const form = h('form', { onsubmit: act }, h('h2', { id: 'asked' }, title), h('p', {}, text), ...fields, told, h('div', { class: 'row end' }, cancel, go));
  const dialog = h('dialog', { 'aria-labelledby': 'asked', onclose: () => dialog.remove() }, form);
  document.body.append(dialog);
  dialog.showModal();
  cancel.focus();

  async function act(event) {
    event.preventDefault();
    go.disabled = true;
    const outcome = await send(new FormData(form));
    go.disabled = false;
    if (!outcome.isDone) { told.textContent = outcome.text; return; }
    dialog.close();
    toast(`${title.replace(/\?$/, '')}: ${outcome.text}.`);
  }
}

const path = (...parts) => ['/ops/api', ...parts.map(encodeURIComponent)].join('/');

export const endCall = (call, title) => confirm({
  title: 'End the call?',
  text: `${title ? `“${title}” (${call})` : call} ends for everybody in it. What was said is finished and recorded first, which may take up to 20 s.`,
  button: 'End the call',
  send: () => post(path('calls', call, 'end')),
});

export const disconnect = (call, participant) => confirm({
  title: 'Take the participant out of the call?',
  text: `${participant} leaves ${call} at once, and their client does not come back by itself. Whoever has a valid ticket may join again.`,
  button: 'Take them out',
  send: () => post(path('calls', call, 'participants', participant, 'disconnect')),
});

export const move = (call, participant) => confirm({
  title: 'Move the participant to another silo?',
  text: `${participant} goes on at another silo from their next pause on, within 2 s. Nobody misses a word.`,
  button: 'Move',
  isDangerous: false,
  send: () => post(path('calls', call, 'participants', participant, 'move')),
});

export const drain = (process) => confirm({
  title: `Drain ${process.name}?`,
  text: process.kind === 'silo'
    ? `${plural(process.participants, 'participant')} and ${plural(process.calls, 'call')} move to other silos while they talk, each participant at their next pause; then the process ends. Nobody misses a word. Whatever started the process may start it again.`
    : `${plural(process.connections, 'client')} are told to connect to other gateways, which they do before they leave this one; then the process ends. If you are looking through this gateway, open another one.`,
  button: `Drain ${process.name}`,
  send: () => post(path(`${process.kind}s`, process.name, 'drain')),
});

export const logLevel = (process) => confirm({
  title: `Log level of ${process.name}`,
  text: process.logLevel ? `It logs at ${process.logLevel} now, because an operator asked for it.` : 'It logs as its settings say now.',
  button: 'Set',
  isDangerous: false,
  fields: [
    select('Level', 'level', [['debug', 'Debug: everything but what is said'], ['information', 'Information'], ['warning', 'Warning'], ['error', 'Error'], ['', 'As the settings say']]),
    minutes('Back to the settings after'),
  ],
  send: (form) => post(path(`${process.kind}s`, process.name, 'log-level'), { level: form.get('level') || null, minutes: Number(form.get('minutes')) }),
});

export const openBreaker = (engine) => confirm({
  title: `Keep everybody from ${engine.name}?`,
  text: `The ${engine.stage} ${engine.name} gets no new work for a while; the next engine in the order is used instead. What it is doing now it finishes.`,
  button: 'Open the breaker',
  fields: [minutes('Open for')],
  send: (form) => post(path('breakers'), { engine: engine.key, state: 'open', minutes: Number(form.get('minutes')) }),
});

export const closeBreaker = (engine) => confirm({
  title: `Let everybody use ${engine.name} again?`,
  text: `The ${engine.stage} ${engine.name} gets work again at once. If it still fails, the breaker opens by itself.`,
  button: 'Close the breaker',
  isDangerous: false,
  send: () => post(path('breakers'), { engine: engine.key, state: 'closed' }),
});

function select(label, name, options) {
  return h('label', {}, label, h('select', { name }, ...options.map(([value, text]) => h('option', { value }, text))));
}

function minutes(label) {
  return select(label, 'minutes', [[5, '5 min'], [15, '15 min'], [60, '1 hour'], [240, '4 hours'], [1440, '24 hours']].map(([value, text]) => [value, text]));
}

/** A small button of a row. */
export const action = (text, label, act) => h('button', { type: 'button', class: 'act', 'aria-label': label, onclick: act }, text);
