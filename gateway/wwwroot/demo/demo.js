// The first page: two listeners show the demo call in English and Spanish, with its figures; whoever wants joins it.

import { $, fillBar, kept } from '../page.js';
import { Captions } from '../captions.js';
import { preferred } from '../languages.js';
import { Player, originals } from '../mixing.js';
import { lastLines } from '../transcript.js';
import { Call } from '../voicegrains.js';
import { Node } from './node.js';

const slowest = 500; // milliseconds: a full bar
const retryAfter = 1000, mostRetryAfter = 5000;
const names = new Map();
const listeners = {};
const columns = Object.fromEntries([['en', 'left'], ['es', 'right']].map(([language, list]) =>
  [language, new Captions($(list), { name: (speaker) => names.get(speaker) ?? speaker })]));
const node = new Node();
let player, listening = 'none';
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function ask(path, body) {
  const response = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.detail ?? 'The demo call can’t be reached.'), { code: answer.title });
  return answer;
}

// Listens until the call is over or another one is going on, then again.
async function keepListening(language) {
  for (let attempt = 0; ; attempt++) {
    try {
      const { call: id, socket, ticket } = await ask('demo/tickets', { language, listens: true });
      const code = await new Promise((closed) => {
        const call = new Call({ socket, ticket, language, wants: wants(listening === language), on: { ...events(language), closed } });
        call.id = id;
        listeners[language] = call;
        call.ready.then(() => { attempt = 0; setStatus('live', true); recall(call, language); }, () => closed(1006));
      });
      setStatus(code === 4501 ? 'The call is over; another one is opened …' : 'Connecting again …');
    } catch (error) {
      setStatus(error.code ? error.message : 'The server can’t be reached. Trying again …');
    }
    await sleep(Math.min(mostRetryAfter, retryAfter * 2 ** attempt) * (0.5 + Math.random() / 2));
  }
}

// What was just said is there at once, and not with the next sentence.
async function recall(call, language) {
  const rows = await lastLines(call, language, 6);
  for (const { speaker, name } of rows) if (!names.has(speaker)) names.set(speaker, name);
  columns[language].recall(rows, language);
}

const events = (language) => ({
  lost: () => setStatus('Connecting again …'),
  back: () => setStatus('live', true),
  caption: (caption) => columns[language].show(caption, language),
  roster: ({ participants }) => {
    for (const { participant, name } of participants) names.set(participant, name);
    columns[language].rename();
  },
  'speech.begin': ({ latency }) => showLatency(latency ?? {}),
  audio: (kind, speaker, samples) => {
    if (listening === language) player?.play(kind, speaker, samples, listeners[language].isTranslated(speaker));
  },
});

function showLatency({ recognize, translate, speak }) {
  for (const [id, value] of Object.entries({ recognize, translate, speak })) {
    if (value == null) continue;
    $(id).textContent = `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
    fillBar($(`${id}Bar`), value / slowest);
  }
  if (recognize != null) $('total').textContent = `${Math.round(recognize + (translate ?? 0) + (speak ?? 0))} ms`;
}

function setStatus(text, isLive = false) {
  $('status').textContent = text;
  $('status').classList.toggle('live', isLive);
}

// Originals come only to who hears them.
const wants = (isHeard) => ['captions', 'speech', ...(isHeard && $('original').value !== 'muted' ? ['original'] : [])];

function wantWhatIsHeard() {
  for (const [language, call] of Object.entries(listeners)) call.want(wants(listening === language));
}

function listen(language) {
  listening = language;
  player ??= new Player();
  player.original = $('original').value;
  player.resume();
  wantWhatIsHeard();
  for (const button of choices) {
    const isChosen = button.dataset.listen === language;
    button.setAttribute('aria-checked', isChosen);
    button.tabIndex = isChosen ? 0 : -1;
  }
}

async function join(event) {
  event.preventDefault();
  $('joinButton').disabled = true;
  try {
    const { ticket } = await ask('demo/tickets', { language: kept.get('language', preferred()) });
    location.href = `join#ticket=${ticket}`;
  } catch (error) {
    $('joinNote').textContent = error.code ? error.message : 'The server can’t be reached.';
  }
  $('joinButton').disabled = false;
}

const choices = [...document.querySelectorAll('[data-listen]')];
for (const [at, button] of choices.entries()) {
  button.addEventListener('click', () => listen(button.dataset.listen));
  button.addEventListener('keydown', ({ key }) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
    if (!step) return;
    const next = choices[(at + step + choices.length) % choices.length];
    next.focus();
    listen(next.dataset.listen);
  });
}
if (originals.includes(kept.get('original'))) $('original').value = kept.get('original');
$('original').addEventListener('change', () => {
  kept.set('original', $('original').value);
  if (player) player.original = $('original').value;
  wantWhatIsHeard();
});
$('joinForm').addEventListener('submit', join);

keepListening('en');
keepListening('es');
// When another call took the place of this one, who listens to the old one would stay there.
node.watch((id) => { for (const call of Object.values(listeners)) if (call.id !== id && call.isOpen) call.leave(); });
