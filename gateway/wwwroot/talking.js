// Speaking in a call: the microphone, muted or open, or open only while a button or key is held.

import { openMicrophone } from './microphone.js';

const frame = 1600; // samples: 100 ms
const framesOfPause = 13; // who mutes themselves has ended their sentence: this much silence tells so

export class Talking {
  constructor(call, { onLevel, onChange, onEnded }) {
    Object.assign(this, { call, onLevel, onChange, onEnded });
  }

  #microphone;
  #isMuted = true;
  #isHeldMode = false;
  #isHeld = false;
  #wasOpen = false;

  get hasMicrophone() { return Boolean(this.#microphone); }
  get isMuted() { return this.#isMuted; }
  get isHeldMode() { return this.#isHeldMode; }

  /** Whether the others hear this microphone now. */
  get isOpen() { return this.hasMicrophone && (this.#isHeldMode ? this.#isHeld : !this.#isMuted); }

  /** Rejects with the browser's error. */
  async open(deviceId) {
    const opened = await openMicrophone((samples) => { if (this.isOpen) this.call.frame(samples); }, (level) => this.onLevel?.(this.isOpen ? level : 0), {
      deviceId, onEnded: () => { this.close(); this.onEnded?.(); },
    });
    // Asking for permission takes as long as people take; they may have left meanwhile.
    if (!this.call.isOpen) { opened.close(); return; }
    this.#microphone?.close();
    this.#microphone = opened;
    this.#changed();
  }

  mute(isMuted) { this.#isMuted = isMuted; this.#changed(); }

  holdToTalk(isWanted) { this.#isHeldMode = isWanted; this.#isHeld = false; this.#changed(); }

  hold(isHeld) { if (this.#isHeldMode && this.#isHeld !== isHeld) { this.#isHeld = isHeld; this.#changed(); } }

  close() {
    this.#microphone?.close();
    this.#microphone = undefined;
    this.#changed();
  }

  #changed() {
    const isOpen = this.isOpen;
    if (isOpen !== this.#wasOpen) {
      this.#wasOpen = isOpen;
      if (!isOpen) for (let i = 0; i < framesOfPause; i++) this.call.frame(new Int16Array(frame));
      this.call.mute(!isOpen);
    }
    if (!isOpen) this.onLevel?.(0);
    this.onChange?.();
  }
}
