// One view of the server's stream, kept up to date: a snapshot, then merge patches (RFC 7396) each second.

const staleAfter = 3_000;
const silentAfter = 7_000;

/** Changes a state by a merge patch. Null takes a member away. */
export function apply(state, patch) {
  for (const [name, value] of Object.entries(patch)) {
    if (name === '__proto__') continue;
    if (value === null) delete state[name];
    else if (typeof value === 'object' && !Array.isArray(value)) {
      if (typeof state[name] !== 'object' || state[name] === null) state[name] = {};
      apply(state[name], value);
    } else state[name] = value;
  }
  return state;
}

/** Whether what is shown is old, and why. Times are in milliseconds of one clock. */
export function staleness(now, freshAt, heardAt) {
  if (now - freshAt <= staleAfter) return null;
  const text = `${Math.round((now - freshAt) / 1000)} s`;
  return now - heardAt <= staleAfter
    ? `Stale: the gateway has had no figures from the cluster for ${text}. What you see is how it was then.`
    : `Stale: nothing has come from the gateway for ${text}. What you see is how it was then. Connecting again …`;
}

/**
 * Follows a view until it is closed. Calls back with: change(state) for each event, history(data, isWhole), fresh(text) and stale(text) as the state of the
 * connection, expired() when it must be signed in again.
 */
export class Feed {
  #query; #on; #source; #state = null; #number = 0;
  #freshAt = performance.now(); #heardAt = performance.now(); #openedAt = 0; #failures = 0;
  #timer; #isClosed = false; #hasAny = false;

  constructor(query, on) {
    [this.#query, this.#on] = [query, on];
    this.#open();
    this.#timer = setInterval(() => this.#look(), 500);
  }

  close() {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#source?.close();
  }

  /** Asks for another part of the same view, without a gap in what is shown. */
  change(query) {
    this.#query = query;
    this.#open();
  }

  #open() {
    this.#source?.close();
    this.#openedAt = performance.now();
    const source = new EventSource(`/ops/stream?${this.#query}`);
    this.#source = source;
    const listen = (kind, take) => source.addEventListener(kind, (event) => {
      if (source !== this.#source || this.#isClosed) return;
      this.#heardAt = performance.now();
      this.#failures = 0;
      take(JSON.parse(event.data), Number(event.lastEventId));
    });
    listen('snapshot', (data, number) => { this.#state = {}; this.#number = number; this.#take(data); });
    listen('delta', (data, number) => this.#follow(number, () => this.#take(data)));
    listen('history', (data, number) => this.#follow(number, () => this.#on.history?.(data, true)));
    listen('points', (data, number) => this.#follow(number, () => this.#on.history?.(data, false)));
    listen('expired', () => this.#on.expired());
    source.addEventListener('error', () => { if (source === this.#source && source.readyState === EventSource.CLOSED) this.#refused(); });
  }

  // A number that is missing means that a patch is: only a new snapshot helps.
  #follow(number, take) {
    if (this.#state === null) return;
    if (number !== this.#number + 1) { this.#open(); return; }
    this.#number = number;
    take();
  }

  #take(data) {
    apply(this.#state, data);
    if ('at' in data) { this.#freshAt = performance.now(); this.#hasAny = true; }
    if (this.#hasAny) this.#on.change(this.#state);
  }

  // The browser comes back by itself when a connection breaks, but not after a refusal.
  async #refused() {
    const answer = await fetch('/ops/api/session', { cache: 'no-store' }).catch(() => null);
    if (this.#isClosed) return;
    if (answer?.status === 401) { this.#on.expired(); return; }
    const pause = Math.min(5_000, 500 * 2 ** this.#failures++) * (0.75 + Math.random() / 2);
    const source = this.#source;
    setTimeout(() => { if (!this.#isClosed && source === this.#source) this.#open(); }, pause);
  }

  #look() {
    const now = performance.now();
    const old = staleness(now, this.#freshAt, this.#heardAt);
    if (old) this.#on.stale(old); else if (this.#hasAny) this.#on.fresh(Date.now() - (now - this.#freshAt));
    // A connection that hangs says nothing: neither do we know, so another is tried.
    if (now - this.#heardAt > silentAfter && now - this.#openedAt > silentAfter && this.#source.readyState !== EventSource.CLOSED) this.#open();
  }
}
