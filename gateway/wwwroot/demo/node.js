// Where the demo call lives, how many frames of it were lost, and the button that kills that place.

import { $, element } from '../page.js';

const askEvery = 1000;
const mostEvents = 6;

export class Node {
  constructor() { $('kill').addEventListener('click', () => this.#kill()); }

  #state;
  #wasOn = new Map();
  #killed;

  /** Asks again and again; `onCall` is told which call it is. */
  async watch(onCall) {
    for (;;) {
      const state = await fetch('demo', { cache: 'no-store' }).then((response) => response.ok ? response.json() : undefined).catch(() => undefined);
      if (state?.call) {
        this.#show(state);
        onCall(state.call);
      }
      await new Promise((resolve) => setTimeout(resolve, askEvery));
    }
  }

  #show(state) {
    if (this.#state && this.#state.call !== state.call) this.#wasOn.clear();
    this.#state = state;
    const places = new Map([['The call', state.silo], ...state.speakers.map(({ name, silo }) => [name, silo])]);
    const isOne = new Set(places.values()).size === 1;
    $('lives').replaceChildren(...(isOne
      ? [`The call and all who talk in it live on ${state.silo}.`]
      : [...places].flatMap(([what, silo], at) => [at ? ' · ' : '', `${what}: `, element('b', { textContent: silo })])));
    this.#noteMoves(places);
    const sum = (what) => state.speakers.reduce((total, speaker) => total + speaker[what], 0);
    $('lost').textContent = sum('lost').toLocaleString('en');
    $('frames').textContent = `of ${sum('frames').toLocaleString('en')}`;
    $('kill').hidden = !state.mayKill;
    if (!state.mayKill) $('killNote').textContent = 'Here everything is one process. Start ./voicegrains cluster to kill a silo in mid-sentence, and see that nothing is lost.';
  }

  #noteMoves(places) {
    for (const [what, silo] of places) {
      const before = this.#wasOn.get(what);
      if (before && before !== silo) this.#tell(`${what} went on, on ${silo}.`);
      this.#wasOn.set(what, silo);
    }
    // A call that has just moved may not know all of its speakers yet.
    const isWhole = [...this.#wasOn.keys()].every((what) => places.has(what));
    if (this.#killed && isWhole && ![...places.values()].includes(this.#killed)) {
      const lost = this.#state.speakers.reduce((total, speaker) => total + speaker.lost, 0);
      this.#tell(lost === 0 ? 'No frame was lost.' : `${lost} frames were lost.`);
      this.#killed = undefined;
    }
  }

  async #kill() {
    $('kill').disabled = true;
    try {
      const response = await fetch('demo/kill', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ call: this.#state.call }) });
      const answer = await response.json();
      if (response.ok) { this.#killed = answer.silo; this.#tell(`${answer.silo} was killed.`); } else this.#tell(answer.detail ?? 'That did not work.');
    } catch {
      this.#tell('The server can’t be reached.');
    }
    // The next one should not die before this one is buried.
    setTimeout(() => { $('kill').disabled = false; }, 5000);
  }

  #tell(text) {
    $('events').prepend(element('li', {}, element('time', { textContent: new Date().toLocaleTimeString('en-GB') }), text));
    while ($('events').children.length > mostEvents) $('events').lastChild.remove();
  }
}
