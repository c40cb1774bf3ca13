// Who takes part: name, language, whether they speak, and how loud one wants them.

import { element, plain } from './page.js';
import { nameOf } from './languages.js';

/** `me()` is the participant who looks; `onVolume(participant, volume)` is called from 0 to 1.5; `volumeOf(participant)` says how loud they are. */
export class People {
  constructor(list, { me, onVolume, volumeOf = () => 1 }) {
    Object.assign(this, { list, me, onVolume, volumeOf });
  }

  #rows = new Map();
  #names = new Map();

  /** The name of somebody who takes part, or did. */
  name(participant) { return this.#names.get(participant) ?? participant; }

  /** Names of some who may have left. */
  remember(names) { for (const [participant, name] of names) if (!this.#names.has(participant)) this.#names.set(participant, name); }

  /** How many there are. */
  get count() { return this.#rows.size; }

  show(participants) {
    // Who may only listen is counted, not listed: there may be hundreds.
    const talking = participants.filter(({ maySpeak, participant }) => maySpeak || participant === this.me());
    for (const { participant, name } of participants) this.#names.set(participant, name);
    const here = new Set(talking.map(({ participant }) => participant));
    for (const [participant, row] of this.#rows) {
      if (here.has(participant)) continue;
      row.element.remove();
      this.#rows.delete(participant);
    }
    for (const entry of talking) this.#update(this.#rows.get(entry.participant) ?? this.#add(entry.participant), entry);
    this.#countListeners(participants.length - talking.length);
  }

  /** `activity(participant)` is 'speaking', 'translating' or ''. */
  indicate(activity) {
    for (const [participant, row] of this.#rows) {
      const now = activity(participant);
      if (row.now === now) continue;
      row.now = now;
      row.element.dataset.activity = now;
      row.activity.textContent = { speaking: 'speaks', translating: 'is being translated' }[now] ?? '';
    }
  }

  #add(participant) {
    const isMe = participant === this.me();
    const row = {
      name: element('bdi', { className: 'name' }),
      about: element('span', { className: 'about' }),
      activity: element('span', { className: 'activity' }),
    };
    row.element = element('li', { 'data-participant': participant, 'data-activity': '' },
      element('span', { className: 'dot', 'aria-hidden': 'true' }), element('span', { className: 'person' }, row.name, row.about, row.activity));
    if (!isMe) {
      row.volume = element('input', { type: 'range', min: 0, max: 1.5, step: 0.05, value: this.volumeOf(participant), className: 'volume' });
      row.volume.addEventListener('input', () => this.onVolume(participant, Number(row.volume.value)));
      row.element.append(row.volume);
    }
    this.list.append(row.element);
    this.#rows.set(participant, row);
    return row;
  }

  #update(row, { participant, name, language, connected, muted }) {
    const shown = plain(name);
    row.name.textContent = shown;
    row.name.title = shown;
    const words = [participant === this.me() ? 'you' : '', language ? nameOf(language) : '', muted ? 'muted' : '', connected ? '' : 'connection lost'];
    row.about.textContent = words.filter(Boolean).join(' · ');
    row.element.classList.toggle('away', !connected);
    if (row.volume) row.volume.setAttribute('aria-label', `Volume of ${shown}`);
  }

  #countListeners(count) {
    this.listeners?.remove();
    this.listeners = count > 0 ? element('li', { className: 'listeners', textContent: count === 1 ? 'and one who listens' : `and ${count} who listen` }) : undefined;
    if (this.listeners) this.list.append(this.listeners);
  }
}
