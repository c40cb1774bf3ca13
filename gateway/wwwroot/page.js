// The first page: two listeners show the demo call in English and Spanish; a third connection joins it.

import { Player, originals } from './mixing.js';
import { Call, openMicrophone } from './voicegrains.js';

const $ = (id) => document.getElementById(id);
const sides = { en: $('left'), es: $('right') };
const listeners = {};
let player, listening = 'none', me, mine, microphone;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function ticket(language, name) {
  const response = await fetch('demo/tickets', {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ language, name }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail ?? 'The demo call can’t be reached.');
  return answer;
}

// A listener keeps itself connected: the demo call may be opened anew at any time.
async function keepListening(language) {
  for (let attempt = 0; ; attempt++) {
    try {
      const { socket, ticket: pass } = await ticket(language, `Listener (${language})`);
      const code = await new Promise((closed) => {
        const call = new Call({ socket, ticket: pass, language, wants: wants(listening === language), on: { ...listenerEvents(language), closed } });
        listeners[language] = call;
        call.ready.then(() => { attempt = 0; setStatus(goingOn, true); }, () => closed(1006));
      });
      setStatus(code === 4501 ? 'The call is over; another one is opened …' : 'Connecting again …', false);
    } catch (error) {
      setStatus(error.message, false);
    }
    await sleep(Math.min(5000, 500 * 2 ** attempt) * (0.5 + Math.random() / 2));
  }
}

const goingOn = 'A call in two languages is going on';

const listenerEvents = (language) => ({
  lost: () => setStatus('Connecting again …', false),
  back: () => setStatus(goingOn, true),
  caption: (caption) => showCaption(sides[language], caption),
  roster: ({ participants }) => showPeople(participants),
  'speech.begin': (begin) => showLatency(begin.latency),
  audio: (kind, speaker, samples) => {
    $('lost').textContent = Object.values(listeners).reduce((sum, call) => sum + call.lost, 0);
    if (listening === language && speaker !== mine?.participant) player?.play(kind, speaker, samples, listeners[language].isTranslated(speaker));
  },
  notice: ({ text, speaker }) => { if (speaker) notify(text); },
});

const names = new Map();

function showCaption(side, caption) {
  const list = side.querySelector('ol');
  const id = `${caption.speaker}/${caption.segment}`;
  let line = [...list.children].find((item) => item.dataset.id === id);
  if (!caption.text && !caption.tail) { line?.remove(); return; }
  if (!line) {
    line = document.createElement('li');
    line.dataset.id = id;
    line.append(span('who'), span('text'), span('tail'));
    list.append(line);
  }
  line.lang = caption.quality === 'untranslated' ? caption.spokenLanguage : caption.language;
  line.dir = caption.rightToLeft ? 'rtl' : 'ltr';
  line.classList.toggle('mine', caption.speaker === mine?.participant);
  line.classList.toggle('original', caption.language === caption.spokenLanguage);
  const [who, text, tail] = line.children;
  who.textContent = names.get(caption.speaker) ?? caption.speaker;
  text.textContent = caption.text;
  tail.textContent = caption.tail ? `${caption.text ? ' ' : ''}${caption.tail}` : '';
  if ((caption.quality === 'rough' || caption.quality === 'untranslated') && line.children.length === 3) {
    const mark = span('mark');
    mark.textContent = caption.quality;
    line.append(mark);
  }
  while (list.children.length > 60) list.firstChild.remove();
  list.scrollTop = list.scrollHeight;
}

function span(name) {
  const element = document.createElement('span');
  element.className = name;
  return element;
}

function showPeople(participants) {
  $('people').replaceChildren(...participants.filter(({ name }) => !name.startsWith('Listener (')).map(({ participant, name, language, connected }) => {
    names.set(participant, name);
    const item = document.createElement('li');
    item.textContent = `${name} · ${language}`;
    item.classList.toggle('away', !connected);
    return item;
  }));
}

function showLatency({ recognize, translate, speak }) {
  const set = (id, value) => {
    if (value == null) return;
    $(id).textContent = `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
    $(`${id}Bar`).value = value;
  };
  set('recognize', recognize);
  set('translate', translate);
  set('speak', speak);
  if (recognize != null) $('total').textContent = `${Math.round(recognize + (translate ?? 0) + (speak ?? 0))} ms`;
}

function setStatus(text, isLive) {
  $('status').textContent = text;
  $('status').classList.toggle('live', isLive);
}

let noticeTimer;
function notify(text) {
  $('notice').textContent = text;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => { $('notice').textContent = ''; }, 6000);
}

// Originals come only to who hears them.
const wants = (isHeard) => ['captions', 'speech', ...(isHeard && $('original').value !== 'muted' ? ['original'] : [])];

function wantWhatIsHeard() {
  for (const [language, call] of Object.entries(listeners)) call.want(wants(listening === language));
  me?.want(wants(true));
}

function chooseOriginal() {
  localStorage.setItem('original', $('original').value);
  if (player) player.original = $('original').value;
  wantWhatIsHeard();
}

function chooseListening(language) {
  listening = language;
  player ??= new Player();
  player.original = $('original').value;
  player.context.resume();
  wantWhatIsHeard();
  for (const button of document.querySelectorAll('[data-listen]')) button.setAttribute('aria-checked', button.dataset.listen === language);
}

async function join(event) {
  event.preventDefault();
  const language = $('language').value;
  $('joinButton').disabled = true;
  try {
    mine = await ticket(language, $('name').value);
    me = new Call({
      socket: mine.socket, ticket: mine.ticket, language, wants: wants(true),
      on: {
        closed: left,
        lost: () => { $('hint').textContent = 'Connecting again … What you say is kept.'; },
        back: () => { $('hint').textContent = 'Connected again.'; },
        ack: ({ recorded }) => { $('hint').textContent = `${me.next - 1} frames and texts sent, ${recorded} recorded.`; },
        error: ({ message }) => notify(message),
        notice: ({ text, speaker }) => { if (!speaker) notify(text); },
        caption: (caption) => { if (!(language in sides)) showCaption($('own'), caption); },
        audio: (kind, speaker, samples) => player?.play(kind, speaker, samples, me.isTranslated(speaker)),
      },
    });
    const { canBeRecognized } = await me.ready;
    chooseListening('none');
    showJoined(language);
    $('microphone').disabled = !canBeRecognized;
    if (!canBeRecognized) notify('Your language can’t be recognized here: type instead.');
    $('text').focus();
  } catch (error) {
    notify(error.message);
  }
  $('joinButton').disabled = false;
}

// Who takes part hears everybody in their own language; a language that has no column yet gets one.
function showJoined(language) {
  const name = language && $('language').selectedOptions[0].textContent;
  $('joinForm').hidden = Boolean(language);
  $('talk').hidden = !language;
  document.querySelector('.choice').hidden = Boolean(language);
  $('hearing').textContent = language ? `You hear everybody in: ${name}` : 'Listen';
  const own = $('own');
  own.hidden = !language || language in sides;
  own.lang = language ?? '';
  own.querySelector('h2').textContent = name ?? '';
  own.querySelector('ol').replaceChildren();
}

function left(code) {
  closeMicrophone();
  showJoined(null);
  if (code !== 4503 && code !== 1000) notify('The call is over for you.');
}

function closeMicrophone() {
  microphone?.close();
  microphone = undefined;
  showMicrophone();
}

function showMicrophone() {
  const button = $('microphone');
  button.setAttribute('aria-pressed', Boolean(microphone));
  button.textContent = microphone ? 'Microphone on' : 'Microphone off';
  if (!microphone) $('level').value = 0;
}

async function toggleMicrophone() {
  const call = me;
  if (microphone) {
    closeMicrophone();
    call.mute(true);
  } else {
    try {
      const opened = await openMicrophone((frame) => call.frame(frame), (level) => { $('level').value = level; });
      // Asking for permission takes as long as people take; they may have left meanwhile.
      if (call !== me || !call.isOpen) return opened.close();
      microphone = opened;
      call.mute(false);
    } catch (error) {
      notify(error.name === 'NotAllowedError'
        ? 'The browser may not use the microphone. Allow it in the address bar, or type.'
        : 'No microphone was found. You can type.');
    }
  }
  showMicrophone();
}

function say(event) {
  event.preventDefault();
  const text = $('text').value.trim();
  if (text) me.say(text);
  $('text').value = '';
}

for (const button of document.querySelectorAll('[data-listen]')) button.addEventListener('click', () => chooseListening(button.dataset.listen));
if (originals.includes(localStorage.getItem('original'))) $('original').value = localStorage.getItem('original');
$('original').addEventListener('change', chooseOriginal);
$('joinForm').addEventListener('submit', join);
$('sayForm').addEventListener('submit', say);
$('microphone').addEventListener('click', toggleMicrophone);
$('leave').addEventListener('click', () => me.leave());

if ((await fetch('demo').catch(() => null))?.ok) {
  keepListening('en');
  keepListening('es');
} else {
  setStatus('No demo call runs here. Open a call with POST /v1/calls; see docs/protocol.md.', false);
}
