// Client of the voicegrains.v1 socket: one participant of a call, over any number of connections. No dependencies; docs/protocol.md is the contract, and shows how to use it.

import { Heard } from './heard.js';
import { Link, pauseBefore } from './link.js';
import { isOffline, watchWakes } from './wakes.js';

export { microphoneProblem, openMicrophone } from './microphone.js';

const headerSize = 16;
const microphone = 1, original = 2, speech = 3;
const longestRing = 120; // seconds of audio kept until recorded
const longestOffline = 30000; // milliseconds: browsers are sometimes wrong about that
const pingAfter = 2000, answerLimit = 4000; // a gateway that hangs, or a network that swallows everything, closes nothing

/** Close codes from 4500 on say: do not connect again. */
export const mayReconnect = (code) => code < 4500;

/**
 * A participant. Comes back by itself when a gateway or the network is lost, says again what was not recorded, and hears nothing twice.
 *
 * `socket` and `ticket` are what POST /v1/calls/{call}/tickets answered; `language`, `wants`, `voice` and `name` are those of the hello, by default the ticket's. `on` holds
 * callbacks by message type, for example `caption(message)` or `roster(message)`, and besides `audio(kind, speaker, samples)`: what is heard, `kind` being `speech` or
 * `original`, as Int16Array at 16 kHz; `lost()`: it looks for another connection; `back(welcome)`: it has one; `closed(code)`: once, at the end. `ready` resolves with the
 * welcome, or rejects with { code, reason, message }. Where there is no global WebSocket (Node before 22), give its class as `WebSocket`.
 */
export class Call {
  constructor({ socket, ticket, language, wants, voice, name, on = {}, WebSocket = globalThis.WebSocket }) {
    this.on = on;
    this.hello = { type: 'hello', language, wants, voice, name };
    this.next = 1;
    this.recorded = 0;
    this.taken = 0; // the highest number that has arrived where it is recognized
    this.lost = 0; // frames of speakers that were sent to others but did not come here
    this.#Socket = WebSocket;
    this.ready = this.#begin(socket, ticket);
    this.ready.catch(() => {});
  }

  #Socket;
  #wake = () => {}; // ends the pause before the next attempt
  #unwatch;
  #address; // where it joined
  #link; // the connection that counts; null while there is none
  #welcome;
  #checkpoint;
  #sent = [];
  #sentBytes = 0;
  #mediaTime = 0;
  #heard = new Heard();
  #languages = new Map(); // of speakers
  #lastCameAt = 0; // by the wall clock: that of the page may stand still while the machine sleeps
  #pingedAt; // undefined: something came since
  #over = false;

  /** Whether it takes part: also while it looks for another connection. */
  get isOpen() { return Boolean(this.#welcome) && !this.#over; }

  /** Whether there is a connection just now. */
  get isConnected() { return Boolean(this.#link?.isOpen); }

  /** The newest welcome. Its `resume` is the right to come back, and to read the transcript. */
  get welcome() { return this.#welcome; }

  /** Whether a speaker speaks another language than this participant. */
  isTranslated(speaker) {
    const spoken = this.#languages.get(speaker);
    return Boolean(spoken) && spoken.split('-')[0] !== this.hello.language?.split('-')[0];
  }

  /** Says a frame of 16-bit samples at 16 kHz, 5 to 200 ms. Without a connection it is kept, at most 120 s. */
  frame(samples) {
    if (!this.isOpen) return;
    const message = new ArrayBuffer(headerSize + samples.length * 2);
    const view = new DataView(message);
    view.setUint8(0, microphone);
    view.setUint8(1, 1);
    view.setUint32(4, this.next, true);
    view.setBigUint64(8, BigInt(Math.round(this.#mediaTime * 1e6)), true);
    new Int16Array(message, headerSize).set(samples);
    this.#mediaTime += samples.length / 16000;
    this.#keep(message);
  }

  /** Says a text by typing. */
  say(text) { if (this.isOpen) this.#keep(JSON.stringify({ type: 'say', number: this.next, text })); }

  /**
   * The transcript, also after the call, for who has the right to it. `format` is text, json, srt or vtt; without `language` each line is in its own; `original` puts what
   * was said under each translation. Rejects with { code, message }.
   */
  async transcript({ language, format = 'text', original = false } = {}) {
    const address = new URL(`${this.#address.replace(/^ws/, 'http').replace(/\/socket$/, '')}/transcript`);
    for (const [key, value] of Object.entries({ format, ...(language && { language }), ...(original && { original }) })) address.searchParams.set(key, value);
    const response = await fetch(address, { headers: { authorization: `Bearer ${this.#welcome.resume}` } });
    if (response.ok) return response.text();
    const problem = await response.json().catch(() => ({}));
    throw Object.assign(new Error(problem.detail ?? `The server answered ${response.status}.`), { code: problem.title });
  }

  changeLanguage(language) { this.hello.language = language; this.#send({ type: 'language', language }); }
  want(wants) {
    this.hello.wants = wants;
    this.#send({ type: 'want', wants });
    this.#link?.numbers.clear(); // what was not wanted is not lost
  }

  mute(muted) { this.#send({ type: 'mute', muted }); }
  leave() { if (this.#link) this.#send({ type: 'leave' }); else this.#end(4503); }
  close() { this.#link?.socket.close(1000); this.#end(1000); }

  async #begin(address, ticket) {
    this.#address = address;
    const link = new Link(this.#Socket, address, ticket, this.hello);
    const welcome = await link.welcomed;
    this.next = welcome.nextNumber;
    this.#unwatch = watchWakes(() => this.#look());
    this.#switchTo(link, welcome);
    return welcome;
  }

  // From here on this connection counts; what it does not have yet is said again, before anything new.
  #switchTo(link, welcome) {
    const old = this.#link;
    this.#link = link;
    this.#welcome = welcome;
    this.next = Math.max(this.next, welcome.nextNumber);
    this.recorded = Math.max(this.recorded, welcome.recorded);
    this.#lastCameAt = Date.now();
    this.#sendFrom(welcome.nextNumber);
    this.#watch(link);
    link.take((message) => this.#take(link, message), (data) => this.#hear(link, data), (code) => this.#closed(link, code));
    old?.socket.close(1000);
    this.on.welcome?.(welcome);
  }

  #closed(link, code) {
    if (link !== this.#link) return;
    this.#link = null;
    // While another connection is being opened the server may close this one as replaced: that means nothing.
    if (this.#over || this.comingBack) return;
    if (!mayReconnect(code)) { this.#end(code); return; }
    this.on.lost?.();
    this.#comeBack(link.address, code === 4000 || code < 4000, this.#welcome.gateways ?? []);
  }

  // One gateway after the other, the one that failed last, with pauses between the rounds; at once when the network or the page comes back.
  async #comeBack(last, hasFailed, known) {
    if (this.comingBack) return;
    this.comingBack = true;
    const others = known.map((gateway) => `${gateway}${new URL(last).pathname}`).filter((address) => address !== last);
    const order = hasFailed ? [...others, last] : [last, ...others];
    const since = Date.now();
    for (let tried = 0; !this.#over; tried++) {
      if (tried && tried % order.length === 0) await this.#pause(pauseBefore(tried / order.length, Date.now() - since));
      if (isOffline()) await this.#pause(longestOffline);
      if (this.#over) break;
      const link = new Link(this.#Socket, order[tried % order.length], this.#welcome.resume, {
        ...this.hello, checkpoint: this.#checkpoint, heard: this.#heard.tell(Date.now() - this.#lastCameAt),
      });
      try {
        this.#switchTo(link, await link.welcomed);
        this.on.back?.(this.#welcome);
        break;
      } catch ({ code }) {
        if (!mayReconnect(code)) this.#end(code);
      }
    }
    this.comingBack = false;
  }

  #pause(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => { clearTimeout(timer); resolve(); };
    });
  }

  // After a sleep a connection looks open that is not: asked at once, it shows.
  #look() {
    this.#wake();
    if (this.#link?.isOpen && this.#pingedAt === undefined) this.#ping();
  }

  #ping() {
    this.#pingedAt = Date.now();
    this.#send({ type: 'ping' });
  }

  #end(code) {
    if (this.#over) return;
    this.#over = true;
    this.#unwatch?.();
    this.#wake();
    this.on.closed?.(code);
  }

  // Timers of pages in the background are late: only a ping that nothing followed proves anything.
  #watch(link) {
    this.#pingedAt = undefined;
    const timer = setInterval(() => {
      if (link !== this.#link) {
        clearInterval(timer);
      } else if (this.#pingedAt && Date.now() - this.#pingedAt > answerLimit) {
        link.socket.close();
        this.#closed(link, 1006);
      } else if (!this.#pingedAt && Date.now() - this.#lastCameAt > pingAfter) {
        this.#ping();
      }
    }, 250);
  }

  #came() {
    this.#lastCameAt = Date.now();
    this.#pingedAt = undefined;
  }

  #send(message) { if (this.#link?.isOpen) this.#link.socket.send(JSON.stringify(message)); }

  // What has a number is kept until it is recorded, to be said again when asked.
  #keep(message) {
    const size = message.byteLength ?? message.length;
    this.#sent.push({ number: this.next++, message, size });
    this.#sentBytes += size;
    while (this.#sentBytes > longestRing * 32000) this.#sentBytes -= this.#sent.shift().size;
    if (this.#link?.isOpen) this.#link.socket.send(message);
  }

  #sendFrom(from) {
    for (const { number, message } of this.#sent) if (number >= from && this.#link.isOpen) this.#link.socket.send(message);
  }

  #take(link, message) {
    this.#came();
    if (!this.#isNew(link, message)) return;
    this.on[message.type]?.(message);
  }

  #isNew(link, message) {
    switch (message.type) {
      case 'caption': return this.#heard.caption(message);
      case 'speech.begin': link.clauses.set(message.stream, message); return this.#heard.begin(message);
      case 'speech.end': return this.#heard.end(message);
      case 'stream': link.streams.set(message.stream, message.speaker); return true;
    }
    if (link !== this.#link) return false; // Marks and rosters of a connection that was left are old.
    if (message.type === 'ack') {
      this.recorded = Math.max(this.recorded, message.recorded);
      this.taken = Math.max(this.taken, message.taken ?? 0);
      this.#checkpoint = message.checkpoint ?? this.#checkpoint;
      while (this.#sent.length && this.#sent[0].number <= message.recorded) this.#sentBytes -= this.#sent.shift().size;
    } else if (message.type === 'resend') {
      this.#sendFrom(message.from);
    } else if (message.type === 'roster') {
      this.#languages = new Map(message.participants.map(({ participant, language }) => [participant, language]));
    } else if (message.type === 'gateways') {
      this.#welcome.gateways = message.gateways;
    } else if (message.type === 'moving') {
      this.#comeBack(link.address, true, message.gateways);
    }
    return true;
  }

  // Typed text shares the numbers of frames, so a gap of one may be a text; those are told by captions and not counted.
  #count(link, stream, number) {
    const last = link.numbers.get(stream);
    if (last !== undefined && number > last + 2) this.lost += number - last - 1;
    link.numbers.set(stream, Math.max(last ?? 0, number));
  }

  #hear(link, data) {
    this.#came();
    const view = new DataView(data);
    const [kind, stream] = [view.getUint8(0), view.getUint16(2, true)];
    const samples = new Int16Array(data, headerSize);
    if (kind === original) {
      const number = view.getUint32(4, true);
      this.#count(link, stream, number);
      if (this.#heard.original(link.streams.get(stream), number)) this.on.audio?.('original', link.streams.get(stream), samples);
    } else if (kind === speech && link.clauses.has(stream)) {
      // Media time counts from the beginning of the clause.
      const from = Math.round(Number(view.getBigUint64(8, true)) * 0.016);
      const fresh = this.#heard.speech(link.clauses.get(stream), from, samples);
      if (fresh) this.on.audio?.('speech', link.streams.get(stream), fresh);
    }
  }
}
