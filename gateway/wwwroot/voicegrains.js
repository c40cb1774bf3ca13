// Client of the voicegrains.v1 socket: one connection of one participant. No dependencies; docs/protocol.md is the contract.

const headerSize = 16;
const microphone = 1, original = 2, speech = 3;
const longestRing = 120; // seconds of audio kept until recorded

/** Close codes from 4500 on say: do not connect again. */
export const mayReconnect = (code) => code < 4500;

/**
 * A connection. `on` holds callbacks by message type, for example `caption` or `roster`; `audio(kind, speaker, samples)` gets what is heard as
 * Int16Array at 16 kHz; `closed(code)` is called once at the end.
 */
export class Call {
  constructor({ socket, ticket, language, wants, voice, on = {} }) {
    this.on = on;
    this.next = 1;
    this.recorded = 0;
    this.sent = [];
    this.sentBytes = 0;
    this.streams = new Map();
    this.mediaTime = 0;
    this.lost = 0; // frames of speakers that were sent to others but did not come here
    this.heard = new Map();
    this.ready = new Promise((resolve, reject) => { this.#welcomed = resolve; this.#refused = reject; });
    this.ready.catch(() => {});
    this.socket = new WebSocket(socket, ['voicegrains.v1', `ticket.${ticket}`]);
    this.socket.binaryType = 'arraybuffer';
    this.socket.onopen = () => this.#send({ type: 'hello', language, wants, voice });
    this.socket.onmessage = ({ data }) => typeof data === 'string' ? this.#take(JSON.parse(data)) : this.#hear(data);
    this.socket.onclose = ({ code }) => { this.#refused(new Error(`closed with ${code}`)); this.on.closed?.(code); };
  }

  #welcomed;
  #refused;

  /** Sends a frame of 16-bit samples at 16 kHz, 5 to 200 ms. */
  frame(samples) {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    const message = new ArrayBuffer(headerSize + samples.length * 2);
    const view = new DataView(message);
    view.setUint8(0, microphone);
    view.setUint8(1, 1);
    view.setUint32(4, this.next, true);
    view.setBigUint64(8, BigInt(Math.round(this.mediaTime * 1e6)), true);
    new Int16Array(message, headerSize).set(samples);
    this.mediaTime += samples.length / 16000;
    this.#keep(message);
  }

  /** Says a text by typing. */
  say(text) { this.#keep(JSON.stringify({ type: 'say', number: this.next, text })); }

  changeLanguage(language) { this.#send({ type: 'language', language }); }
  want(wants) { this.#send({ type: 'want', wants }); }
  mute(muted) { this.#send({ type: 'mute', muted }); }
  leave() { this.#send({ type: 'leave' }); }
  close() { this.socket.close(1000); }

  #send(message) { if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message)); }

  // What has a number is kept until it is recorded, to be sent again when asked.
  #keep(message) {
    const size = message.byteLength ?? message.length;
    this.sent.push({ number: this.next++, message, size });
    this.sentBytes += size;
    while (this.sentBytes > longestRing * 32000) this.sentBytes -= this.sent.shift().size;
    this.socket.send(message);
  }

  #take(message) {
    if (message.type === 'welcome') {
      this.next = message.nextNumber;
      this.recorded = message.recorded;
      this.#welcomed(message);
    } else if (message.type === 'ack') {
      this.recorded = message.recorded;
      while (this.sent.length && this.sent[0].number <= message.recorded) this.sentBytes -= this.sent.shift().size;
    } else if (message.type === 'resend') {
      for (const { number, message: again } of this.sent) if (number >= message.from) this.socket.send(again);
    } else if (message.type === 'stream') {
      this.streams.set(message.stream, message.speaker);
    } else if (message.type === 'error' && message.fatal) {
      this.#refused(new Error(message.message));
    }
    this.on[message.type]?.(message);
  }

  // Typed text shares the numbers of frames, so a gap of one may be a text; those are told by captions and not counted.
  #count(stream, number) {
    const last = this.heard.get(stream);
    if (last !== undefined && number > last + 2) this.lost += number - last - 1;
    this.heard.set(stream, Math.max(last ?? 0, number));
  }

  #hear(data) {
    const view = new DataView(data);
    const kind = view.getUint8(0);
    if (kind !== original && kind !== speech) return;
    if (kind === original) this.#count(view.getUint16(2, true), view.getUint32(4, true));
    this.on.audio?.(kind === speech ? 'speech' : 'original', this.streams.get(view.getUint16(2, true)), new Int16Array(data, headerSize));
  }
}

/** Plays what is heard: each speaker after themselves, speakers beside each other. */
export class Player {
  constructor() {
    this.context = new AudioContext();
    this.until = new Map();
  }

  play(speaker, samples) {
    if (!samples.length) return;
    const buffer = this.context.createBuffer(1, samples.length, 16000);
    const channel = buffer.getChannelData(0);
    for (let i = 0; i < samples.length; i++) channel[i] = samples[i] / 32768;
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.context.destination);
    // A small start delay takes up the unevenness of the network.
    const at = Math.max(this.context.currentTime + 0.06, this.until.get(speaker) ?? 0);
    source.start(at);
    this.until.set(speaker, at + buffer.duration);
  }

  stop() { this.context.close(); }
}

/** The microphone as frames of 100 ms at 16 kHz. Rejects with the browser's reason when it may not listen. */
export async function openMicrophone(onFrame, onLevel) {
  const media = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, channelCount: 1 } });
  const context = new AudioContext({ sampleRate: 16000 });
  await context.audioWorklet.addModule(new URL('microphone.js', import.meta.url));
  const worklet = new AudioWorkletNode(context, 'microphone-frames');
  worklet.port.onmessage = ({ data }) => {
    onFrame(data);
    let sum = 0;
    for (const sample of data) sum += sample * sample;
    onLevel?.(Math.min(1, Math.sqrt(sum / data.length) / 6000));
  };
  context.createMediaStreamSource(media).connect(worklet);
  return { close() { media.getTracks().forEach((track) => track.stop()); context.close(); } };
}
