// One socket of voicegrains.v1, from its hello to its close, and when to try the next.

const welcomeLimit = 8000;
const firstPause = 50, longestPause = 5000, longestPauseLater = 30000; // milliseconds
const later = 60000; // after this long the server is not just being restarted

/** The pause before the next round of gateways, for one who has been away so long: it doubles, with some chance in it so that a thousand do not come at once. */
export function pauseBefore(round, awayMs, random = Math.random()) {
  const longest = awayMs < later ? longestPause : longestPauseLater;
  return Math.min(longest, firstPause * 2 ** Math.min(round - 1, 20)) * (0.5 + random / 2);
}

/** `welcomed` rejects with { code, reason, message } when there is no welcome; `reason` is the server's name of what was wrong. */
export class Link {
  constructor(Socket, address, ticket, hello) {
    this.address = address;
    this.streams = new Map();
    this.clauses = new Map();
    this.numbers = new Map();
    this.socket = new Socket(address, ['voicegrains.v1', `ticket.${ticket}`]);
    this.socket.binaryType = 'arraybuffer';
    this.welcomed = new Promise((resolve, reject) => {
      let refusal;
      const limit = setTimeout(() => this.socket.close(), welcomeLimit);
      this.socket.onopen = () => this.socket.send(JSON.stringify(hello));
      this.socket.onmessage = ({ data }) => {
        if (typeof data !== 'string') return;
        const message = JSON.parse(data);
        if (message.type === 'error' && message.fatal) refusal = message;
        if (message.type !== 'welcome') return;
        clearTimeout(limit);
        // What follows at once is kept until somebody takes it.
        this.socket.onmessage = ({ data: next }) => this.#early.push(next);
        resolve(message);
      };
      this.socket.onerror = () => {}; // a close follows
      this.socket.onclose = ({ code }) => {
        clearTimeout(limit);
        this.#closedWith = code;
        reject(Object.assign(new Error(refusal?.message ?? `The connection was closed with ${code}.`), { code, reason: refusal?.code }));
      };
    });
  }

  #early = [];
  #closedWith;

  get isOpen() { return this.socket.readyState === 1; }

  /** From now on messages, audio and the end go there. */
  take(onMessage, onAudio, onClosed) {
    const give = (data) => typeof data === 'string' ? onMessage(JSON.parse(data)) : onAudio(data);
    for (const data of this.#early.splice(0)) give(data);
    this.socket.onmessage = ({ data }) => give(data);
    this.socket.onclose = ({ code }) => onClosed(code);
    if (this.#closedWith !== undefined) onClosed(this.#closedWith);
  }
}
