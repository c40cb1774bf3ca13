// The page of a call: by an invitation in, through the call, and out with the transcript.

import { $, fill, kept, plain, show } from './page.js';
import { choices, nameOf, preferred } from './languages.js';
import { microphoneProblem } from './microphone.js';
import { endOf, ticketProblem } from './notices.js';
import { readTicket, describe } from './invitation.js';
import { DeviceCheck } from './devices.js';
import { Controls } from './controls.js';
import { Room } from './room.js';
import { showTranscript } from './transcript.js';

const sections = ['problem', 'before', 'call', 'after'];
const retryAfter = 3000;
const voices = { 'stock-female': 'A woman', 'stock-male': 'A man', 'stock-female-young': 'A young woman', 'stock-male-deep': 'A man with a deep voice', 'stock-neutral': 'Neither' };

let ticket, invitation, room;
const check = new DeviceCheck();
const controls = new Controls();

async function begin() {
  ticket = readTicket() ?? ticket;
  if (!ticket) return problem({ title: 'You need an invitation', text: 'Open the link that you got for a call. It leads here and lets you in.' });
  invitation = await describe(ticket);
  if (invitation.code) {
    if (invitation.code === 'offline') setTimeout(begin, retryAfter);
    return problem(ticketProblem(invitation.code));
  }
  if (invitation.status === 'ended') return problem({ title: 'The call is over', text: 'Whoever invited you may tell you when the next one is.' });
  prepare();
}

function problem({ title, text }) {
  $('problemTitle').textContent = title;
  $('problemText').textContent = text;
  $('again').hidden = true;
  show('problem', ...sections);
}

function prepare() {
  const { name, mayChooseName, language, rights, title } = invitation;
  const shown = plain(title || 'Join the call');
  document.title = `${shown} · VoiceGrains`;
  $('beforeTitle').textContent = shown;
  $('title').textContent = plain(title || 'VoiceGrains');
  $('name').value = mayChooseName ? kept.get('name', name === 'Guest' ? '' : name) : name;
  $('name').readOnly = !mayChooseName;
  $('nameNote').hidden = mayChooseName;
  fill($('language'), choices(language), mayChooseName ? kept.get('language', preferred()) : language);
  if (!$('language').value) $('language').value = language;
  fill($('voice'), invitation.voices.map((voice) => [voice, voices[voice] ?? `Your own: ${voice}`]), invitation.voices.includes(kept.get('voice')) ? kept.get('voice') : invitation.voices[0]);
  const maySpeak = rights.includes('speak');
  $('device').hidden = $('voiceChoice').hidden = $('joinTyping').hidden = !maySpeak;
  $('setupNote').textContent = maySpeak ? '' : 'You are invited to listen and read.';
  show('before', ...sections);
  $('name').readOnly ? $('join').focus() : $('name').focus();
}

async function join(event) {
  event.preventDefault();
  if (room) return;
  const wantsMicrophone = event.submitter?.value !== 'typing' && invitation.rights.includes('speak');
  const [name, language, voice] = [$('name').value.trim(), $('language').value, $('voice').value];
  for (const [key, value] of Object.entries({ name, language, voice })) kept.set(key, value);
  const deviceId = check.end();
  $('join').disabled = $('joinTyping').disabled = true;
  $('status').textContent = 'Joining …';
  const preferences = controls.preferences();
  const entering = room = new Room({
    socket: invitation.socket, ticket, language, name: invitation.mayChooseName ? name : undefined, voice, preferences, onEnd: (code) => ended(entering, code),
  });
  try {
    await entering.ready;
    enter(language);
    if (wantsMicrophone) await openMicrophone(deviceId);
  } catch (error) {
    room = undefined;
    entering.close();
    await refused(error);
  } finally {
    $('join').disabled = $('joinTyping').disabled = false;
  }
}

function enter(language) {
  $('status').textContent = '';
  show('call', ...sections);
  controls.enter(room, { language, maySpeak: invitation.rights.includes('speak') });
}

// Whoever can't be heard is in the call all the same, and can type.
async function openMicrophone(deviceId) {
  try {
    await room.talking.open(deviceId);
    room?.talking.mute(false);
  } catch (error) {
    room?.notices.say(microphoneProblem(error), 'degraded', 'microphone', 20000);
  }
  controls.listMicrophones();
}

async function refused({ code, reason }) {
  $('status').textContent = '';
  if (reason === 'bad-name') { $('setupNote').textContent = endOf(0, reason).text; $('name').focus(); return; }
  if (code >= 4500) { problem(endOf(code, reason)); $('again').hidden = !endOf(code, reason).again; return; }
  // A refused handshake tells a page nothing; the invitation does.
  const now = await describe(ticket);
  if (now.code && now.code !== 'offline') { problem(ticketProblem(now.code)); return; }
  if (now.status === 'ended') { problem(endOf(4501)); return; }
  $('setupNote').textContent = 'The call can’t be reached just now. Check your connection, and try again.';
}

function ended(which, code) {
  if (which !== room) return;
  const { call, languages, language } = which;
  room = undefined;
  controls.end();
  if (!call.welcome) return;
  const { title, text, again, here } = endOf(code);
  if (here) {
    problem({ title, text });
    $('again').textContent = 'Continue here instead';
    $('again').hidden = false;
    return;
  }
  $('afterTitle').textContent = title;
  $('afterText').textContent = text;
  $('rejoin').hidden = !again;
  show('after', ...sections);
  $('afterTitle').tabIndex = -1;
  $('afterTitle').focus();
  showTranscript($('transcript'), call, languages, language);
}

$('setup').addEventListener('submit', join);
$('check').addEventListener('click', () => check.begin());
$('microphones').addEventListener('change', () => check.begin($('microphones').value));
$('again').addEventListener('click', begin);
$('rejoin').addEventListener('click', begin);
window.addEventListener('hashchange', () => { if (!room) begin(); });
window.addEventListener('online', () => { if (invitation?.code === 'offline') begin(); });
begin();
