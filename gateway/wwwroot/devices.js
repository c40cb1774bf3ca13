// Before a call: does the microphone hear anything?

import { $, fill, fillBar } from './page.js';
import { microphoneProblem, microphones, openMicrophone } from './microphone.js';

const heard = 0.08; // of full level: a voice, and no fan
const patience = 5000; // milliseconds

export class DeviceCheck {
  #open;
  #loudest = 0;
  #timer;

  async begin(deviceId) {
    this.end();
    $('deviceNote').classList.remove('warn', 'good');
    $('deviceNote').textContent = 'The browser may ask whether this page may use the microphone …';
    try {
      this.#open = await openMicrophone(null, (level) => this.#level(level), { deviceId, onEnded: () => this.#say('The microphone was taken away.', 'warn') });
      this.#say('Say something: the bar moves when you are heard.');
      this.#timer = setTimeout(() => { if (this.#loudest < heard) this.#say('Nothing is heard. Is the microphone switched off, or is it another one?', 'warn'); }, patience);
      const known = await microphones();
      fill($('microphones'), known.map(({ deviceId: id, label }, at) => [id, label || `Microphone ${at + 1}`]), this.#open?.deviceId);
      $('deviceChoice').hidden = known.length < 2;
    } catch (error) {
      this.#say(microphoneProblem(error), 'warn');
    }
  }

  /** Gives the microphone back; returns which one it was. */
  end() {
    clearTimeout(this.#timer);
    const deviceId = this.#open?.deviceId;
    this.#open?.close();
    this.#open = undefined;
    this.#loudest = 0;
    fillBar($('checkLevel'), 0);
    return deviceId;
  }

  #level(level) {
    fillBar($('checkLevel'), level);
    if (this.#loudest < heard && level >= heard) this.#say('You are heard.', 'good');
    this.#loudest = Math.max(this.#loudest, level);
  }

  #say(text, tone) {
    $('deviceNote').textContent = text;
    $('deviceNote').classList.toggle('warn', tone === 'warn');
    $('deviceNote').classList.toggle('good', tone === 'good');
  }
}
