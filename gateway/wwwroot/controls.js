// What one can press in a call, and what is remembered of it for the next.

import { $, fill, kept } from './page.js';
import { choices } from './languages.js';
import { microphoneProblem, microphones } from './microphone.js';

const sizes = ['small', 'medium', 'large', 'huge'];
const typesInto = 'input, select, textarea, button, summary, [contenteditable]';

export class Controls {
  constructor() {
    $('size').value = sizes.includes(kept.get('size')) ? kept.get('size') : 'medium';
    $('withOriginal').checked = kept.get('withOriginal') === 'true';
    $('balance').value = kept.get('balance', '0');
    $('holdToTalk').checked = kept.get('holdToTalk') === 'true';
    this.#resize();
    $('size').addEventListener('change', () => { kept.set('size', $('size').value); this.#resize(); });
    for (const id of ['withOriginal', 'balance']) $(id).addEventListener('input', () => this.#prefer());
    $('speak').addEventListener('change', () => { kept.set('language', $('speak').value); this.#room?.changeLanguage($('speak').value); });
    $('holdToTalk').addEventListener('change', () => { kept.set('holdToTalk', $('holdToTalk').checked); this.#room?.talking.holdToTalk($('holdToTalk').checked); });
    $('microphone').addEventListener('click', () => this.#toggle());
    $('inCallMicrophones').addEventListener('change', () => this.#open($('inCallMicrophones').value));
    $('leave').addEventListener('click', () => { $('leave').textContent = 'Leave now'; this.#room?.leave(); });
    $('newest').addEventListener('click', () => this.#room?.captions.toNewest());
    $('say').addEventListener('submit', (event) => this.#say(event));
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.#room?.player.resume(); });
    this.#listenForHolding();
    // A narrow screen has room for the captions first.
    if (matchMedia('(max-width: 820px)').matches) $('peopleBox').open = false;
  }

  #room;

  preferences() { return { withOriginal: $('withOriginal').checked, balance: Number($('balance').value) }; }

  enter(room, { language, maySpeak }) {
    this.#room = room;
    fill($('speak'), choices(language), language);
    room.talking.holdToTalk($('holdToTalk').checked);
    room.onTalkingChange = () => this.#show();
    room.prefer(this.preferences());
    for (const id of ['say', 'microphone']) $(id).hidden = !maySpeak;
    $('inCallDevice').hidden = true;
    document.querySelector('.talk').hidden = !maySpeak;
    $('leave').textContent = 'Leave';
    this.#show();
    if (maySpeak) $('text').focus({ preventScroll: true });
  }

  end() { this.#room = undefined; }

  async listMicrophones() {
    const known = await microphones();
    $('inCallDevice').hidden = known.length < 2;
    fill($('inCallMicrophones'), known.map(({ deviceId, label }, at) => [deviceId, label || `Microphone ${at + 1}`]));
  }

  #resize() { document.body.dataset.size = $('size').value; }

  #prefer() {
    const preferences = this.preferences();
    for (const [name, value] of Object.entries(preferences)) kept.set(name, value);
    this.#room?.prefer(preferences);
  }

  async #toggle() {
    const talking = this.#room?.talking;
    if (!talking) return;
    if (talking.hasMicrophone) talking.mute(!talking.isMuted);
    else if (await this.#open()) talking.mute(false);
  }

  async #open(deviceId) {
    const room = this.#room;
    try {
      await room.talking.open(deviceId);
      room.notices.end('microphone');
      this.listMicrophones();
      return true;
    } catch (error) {
      room.notices.say(microphoneProblem(error), 'degraded', 'microphone', 20000);
      return false;
    }
  }

  #show() {
    const { hasMicrophone, isMuted, isHeldMode, isOpen } = this.#room?.talking ?? {};
    const holds = Boolean(isHeldMode && hasMicrophone);
    $('microphone').hidden = holds;
    $('hold').hidden = !holds;
    $('hold').dataset.open = $('microphone').dataset.open = Boolean(isOpen);
    $('microphone').textContent = !hasMicrophone ? 'Use microphone' : isMuted ? 'Unmute' : 'Mute';
    $('hold').textContent = isOpen ? 'You are heard' : 'Hold to talk';
  }

  #say(event) {
    event.preventDefault();
    const text = $('text').value.trim();
    if (text) this.#room?.say(text);
    $('text').value = '';
  }

  #listenForHolding() {
    const hold = (isHeld) => this.#room?.talking.hold(isHeld);
    const isFree = ({ target }) => target === $('hold') || !target.closest?.(typesInto);
    const isKey = (event) => event.code === 'Space' && isFree(event) && this.#room?.talking.isHeldMode;
    addEventListener('keydown', (event) => { if (isKey(event)) { event.preventDefault(); hold(true); } });
    addEventListener('keyup', (event) => { if (event.code === 'Space') { if (isKey(event)) event.preventDefault(); hold(false); } });
    addEventListener('blur', () => hold(false));
    $('hold').addEventListener('pointerdown', (event) => { $('hold').setPointerCapture(event.pointerId); hold(true); });
    for (const name of ['pointerup', 'pointercancel', 'lostpointercapture']) $('hold').addEventListener(name, () => hold(false));
    $('hold').addEventListener('contextmenu', (event) => event.preventDefault());
  }
}
