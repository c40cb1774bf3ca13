// What is heard at once: each voice after itself, voices beside each other, and an original turned down under its translation.

const ducked = 10 ** (-18 / 20);
const attack = 0.06, release = 0.4; // seconds
const shortest = 0.4; // seconds of translation: a mere "I see" turns nothing down
const startDelay = 0.06; // takes up the unevenness of the network

/** What a listener may choose for originals of those who are translated. */
export const originals = ['ducked', 'full', 'muted'];

/** Plays what is heard. Originals of those who speak the listener's language are their speech, and never turned down. */
export class Player {
  constructor(context = new AudioContext()) { this.context = context; }

  #voices = new Map(); // by speaker
  #original = 'ducked';

  get original() { return this.#original; }

  set original(choice) {
    this.#original = choice;
    for (const voice of this.#voices.values()) voice.mix(choice);
  }

  /** `kind` is `original` or `speech`; `isTranslated` says whether the speaker speaks another language than the listener. */
  play(kind, speaker, samples, isTranslated = false) {
    if (!samples.length || (kind === 'original' && isTranslated && this.#original === 'muted')) return;
    if (!this.#voices.has(speaker)) this.#voices.set(speaker, new Voice(this.context));
    this.#voices.get(speaker).play(kind, samples, isTranslated, this.#original);
  }

  /** How loud the original of somebody who is translated is now; 1 is as it was spoken. */
  loudnessOf(speaker) { return this.#voices.get(speaker)?.loudness ?? 1; }

  stop() { this.context.close(); }
}

// One speaker: what they say themselves, and what is said for them.
class Voice {
  constructor(context) {
    this.context = context;
    this.until = { original: 0, speech: 0 };
    this.under = context.createGain();
    this.under.connect(context.destination);
  }

  #spoken = 0; // seconds of translation without a longer pause
  #duck; // { from, loudness, until }: turned down from there on, when it was so loud, until the translation is over

  get loudness() { return this.under.gain.value; }

  play(kind, samples, isTranslated, choice) {
    const buffer = this.context.createBuffer(1, samples.length, 16000);
    const channel = buffer.getChannelData(0);
    for (let i = 0; i < samples.length; i++) channel[i] = samples[i] / 32768;
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.connect(kind === 'original' && isTranslated ? this.under : this.context.destination);
    const at = Math.max(this.context.currentTime + startDelay, this.until[kind]);
    source.start(at);
    if (kind === 'speech' && isTranslated) this.#translated(at, buffer.duration, choice);
    this.until[kind] = at + buffer.duration;
  }

  mix(choice) {
    const { gain } = this.under;
    const now = this.context.currentTime;
    if (choice === 'ducked' && now < this.#duck?.until) {
      this.#duck = { from: now, loudness: gain.value, until: Math.max(this.#duck.until, now + attack) };
      this.#follow(now);
    } else {
      gain.cancelScheduledValues(0);
      gain.setTargetAtTime(choice === 'muted' ? 0 : 1, now, attack / 4);
    }
  }

  #translated(at, duration, choice) {
    const goesOn = at <= this.until.speech + release;
    this.#spoken = (goesOn ? this.#spoken : 0) + duration;
    if (this.#spoken <= shortest) return;
    const now = this.context.currentTime;
    // What is over, or on its way up, begins anew from where it is.
    if (!this.#duck || at > this.#duck.until) this.#duck = { from: now, loudness: this.#loudnessAt(now) };
    this.#duck.until = Math.max(at + duration, this.#duck.from + attack);
    if (choice === 'ducked') this.#follow(now);
  }

  #loudnessAt(time) {
    if (!this.#duck) return 1;
    const { from, loudness, until } = this.#duck;
    const ramp = (share, begin, end) => begin + (end - begin) * Math.min(1, Math.max(0, share));
    return time < until ? ramp((time - from) / attack, loudness, ducked) : ramp((time - until) / release, ducked, 1);
  }

  // All ramps are known beforehand, so no timer can be late.
  #follow(now) {
    const { gain } = this.under;
    const { from, until } = this.#duck;
    gain.cancelScheduledValues(0);
    gain.setValueAtTime(this.#loudnessAt(now), now);
    if (now < from + attack) gain.linearRampToValueAtTime(ducked, from + attack);
    if (now < until) gain.setValueAtTime(ducked, until);
    if (now < until + release) gain.linearRampToValueAtTime(1, until + release);
  }
}
