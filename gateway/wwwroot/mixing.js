// What is heard at once: each voice after itself, voices beside each other, and an original turned down under its translation.

const ducked = 10 ** (-18 / 20);
const attack = 0.06, release = 0.4; // seconds
const shortest = 0.4; // seconds of translation: a mere "I see" turns nothing down
const startDelay = 0.06, longestDelay = 0.24; // take up the unevenness of the network: more where it was seen
const gap = 0.5; // seconds: a longer silence was one, and no lateness

/** What a listener may choose for originals of those who are translated. */
export const originals = ['ducked', 'full', 'muted'];

/** Plays what is heard. Originals of those who speak the listener's language are their speech, and never turned down. */
export class Player {
  constructor(context = new AudioContext()) { this.context = context; }

  #voices = new Map(); // by speaker
  #volumes = new Map();
  #original = 'ducked';
  #balance = 0;

  get original() { return this.#original; }

  set original(choice) {
    this.#original = choice;
    for (const voice of this.#voices.values()) voice.mix(choice);
  }

  /** Between the original voices of those who are translated and their translations: -1 is the translation alone, 1 the original alone, 0 both. */
  get balance() { return this.#balance; }

  set balance(balance) {
    this.#balance = Math.max(-1, Math.min(1, balance));
    for (const voice of this.#voices.values()) voice.weigh(this.#balance);
  }

  /** How loud a speaker is; 1 is as they are, 0 is silence. */
  volumeOf(speaker) { return this.#volumes.get(speaker) ?? 1; }

  setVolume(speaker, volume) {
    this.#volumes.set(speaker, volume);
    this.#voices.get(speaker)?.setVolume(volume);
  }

  /** Whether a speaker is heard now, in whatever voice. */
  isHeard(speaker) { return this.#voices.get(speaker)?.isHeard ?? false; }

  /** Seconds of translation that came and are not heard yet, of a speaker or of the one who is furthest behind. */
  waiting(speaker) {
    const voices = speaker === undefined ? [...this.#voices.values()] : [this.#voices.get(speaker)];
    return voices.reduce((most, voice) => Math.max(most, voice?.waiting ?? 0), 0);
  }

  /** Browsers let nothing sound before somebody touched the page; phones stop it when they are put away. */
  resume() { if (this.context.state !== 'running') this.context.resume(); }

  /** `kind` is `original` or `speech`; `isTranslated` says whether the speaker speaks another language than the listener. */
  play(kind, speaker, samples, isTranslated = false) {
    if (!samples.length || (kind === 'original' && isTranslated && this.#original === 'muted')) return;
    if (!this.#voices.has(speaker)) this.#voices.set(speaker, new Voice(this.context, this.volumeOf(speaker), this.#balance));
    this.#voices.get(speaker).play(kind, samples, isTranslated, this.#original);
  }

  /** How loud the original of somebody who is translated is now; 1 is as it was spoken. */
  loudnessOf(speaker) { return this.#voices.get(speaker)?.loudness ?? 1; }

  stop() { this.context.close(); }
}

// One speaker: what they say themselves, and what is said for them.
class Voice {
  constructor(context, volume, balance) {
    this.context = context;
    this.until = { original: 0, speech: 0 };
    this.delay = startDelay;
    const chain = (to) => { const gain = context.createGain(); gain.connect(to); return gain; };
    this.out = chain(context.destination);
    this.translated = chain(this.out); // what is said for them
    this.own = chain(this.out); // what they say themselves, where it is translated
    this.under = chain(this.own);
    this.out.gain.value = volume;
    this.weigh(balance);
  }

  weigh(balance) {
    this.own.gain.value = Math.min(1, 1 + balance);
    this.translated.gain.value = Math.min(1, 1 - balance);
  }

  setVolume(volume) { this.out.gain.value = volume; }

  get isHeard() { return this.context.currentTime < Math.max(this.until.original, this.until.speech); }

  get waiting() { return Math.max(0, this.until.speech - this.context.currentTime); }

  #spoken = 0; // seconds of translation without a longer pause
  #duck; // { from, loudness, until }: turned down from there on, when it was so loud, until the translation is over

  get loudness() { return this.under.gain.value; }

  play(kind, samples, isTranslated, choice) {
    const buffer = this.context.createBuffer(1, samples.length, 16000);
    const channel = buffer.getChannelData(0);
    for (let i = 0; i < samples.length; i++) channel[i] = samples[i] / 32768;
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.connect(!isTranslated ? this.out : kind === 'original' ? this.under : this.translated);
    const at = this.#startOf(kind);
    source.start(at);
    if (kind === 'speech' && isTranslated) this.#translated(at, buffer.duration, choice);
    this.until[kind] = at + buffer.duration;
  }

  // After what came before it; what begins anew leaves a moment for what comes unevenly.
  #startOf(kind) {
    const late = this.context.currentTime - this.until[kind];
    if (late < 0) return this.until[kind];
    if (kind === 'original' && this.until.original && late < gap) this.delay = Math.min(longestDelay, this.delay * 1.5);
    return this.context.currentTime + this.delay;
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
