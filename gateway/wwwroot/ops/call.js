import { action, disconnect, endCall, move } from './actions.js';
import { age, bdi, count, h, plural, seconds, setAttribute, setText, visible } from './dom.js';
import { Table } from './table.js';

const pageSize = 50;

/** One call and those who take part in it. */
export class CallPage {
  #ask; #call; #skip = 0; #head = h('div', { class: 'facts' }); #heading = h('h2'); #end; #table; #missing = h('p', { class: 'empty', hidden: true }, 'There is no such call.');
  #part; #place = h('span', { class: 'soft' }); #previous; #next; #title = '';

  constructor({ call, ask }) {
    [this.#call, this.#ask, this.title] = [call, ask, `Call ${call}`];
    this.#end = h('button', { type: 'button', class: 'danger', onclick: () => endCall(call, this.#title) }, 'End the call…');
    this.#previous = h('button', { type: 'button', class: 'quiet', onclick: () => this.#page(-1) }, 'Previous');
    this.#next = h('button', { type: 'button', class: 'quiet', onclick: () => this.#page(1) }, 'Next');
    this.#table = new Table('Participants', [
      { head: 'Participant', class: 'name', cell: (row, td, name) => personCell(call, td, name) },
      { head: 'Connection', cell: connectionCell },
      { head: 'Silo', text: (row) => row.silo ?? '–' },
      { head: 'Translated to', text: (row) => row.lanes || '–' },
      { head: 'Lag', class: 'number', cell: (row, td) => marked(td, (now) => [seconds(now.lag), now.lag > 2]) },
      { head: 'Frames', class: 'number', text: (row) => count(row.highest) },
      { head: 'Lost', class: 'number', cell: (row, td) => marked(td, (now) => [count(now.lost), now.lost > 0]) },
      { head: 'Engines', cell: (row, td) => marked(td, (now) => [now.fallback === undefined ? '–' : now.fallback ? 'fallback' : 'first', now.fallback]) },
      { head: '', label: 'Actions', class: 'acts', cell: (row, td, name) => actsCell(call, td, name) },
    ], { empty: 'Nobody has a place in the call.' });
    this.#part = h('div', {}, this.#head, h('section', { 'aria-label': 'Participants' }, h('h3', {}, 'Participants'), this.#table.element,
      h('div', { class: 'row end' }, this.#place, this.#previous, this.#next)));
    this.element = h('div', { class: 'page' }, h('p', { class: 'crumbs' }, h('a', { href: '#/' }, 'Cluster'), ' › call'),
      h('div', { class: 'row' }, this.#heading, this.#end), this.#missing, this.#part);
  }

  get query() { return new URLSearchParams({ view: 'call', call: this.#call, skip: this.#skip }).toString(); }

  change(state) {
    this.#missing.hidden = !state.missing;
    this.#part.hidden = this.#end.hidden = Boolean(state.missing);
    if (state.missing) { setText(this.#heading, this.#call); return; }
    if (!state.call) return;
    this.#title = visible(state.title);
    const shown = this.#title || state.call;
    if (this.#heading.textContent !== shown) this.#heading.replaceChildren(bdi(shown));
    this.#end.disabled = state.status !== 'open';
    facts(this.#head, [
      ['Call', state.call], ['Tenant', state.tenant], ['Status', state.status], ['Lives on', state.silo],
      ['People', `${count(state.connected)} connected, ${plural(state.participants, 'place')} taken`], ['Open for', age(state.opened, state.ended ?? Date.now())],
      ...(state.partial ? [['Note', 'has just moved: who is missing here may be there']] : []),
    ]);
    const names = state.order ? state.order.split(' ') : [];
    this.#table.update(names.filter((name) => state.people[name]).map((name) => [name, state.people[name]]));
    setText(this.#place, state.participants > pageSize ? `${count(this.#skip + 1)} to ${count(this.#skip + names.length)} of ${count(state.participants)}` : '');
    this.#previous.hidden = this.#next.hidden = state.participants <= pageSize;
    this.#previous.disabled = this.#skip === 0;
    this.#next.disabled = this.#skip + names.length >= state.participants;
  }

  #page(by) {
    this.#skip = Math.max(0, this.#skip + by * pageSize);
    this.#ask(this.query);
  }
}

/** Names with their values, changed in place. */
export function facts(place, rows) {
  const names = rows.map(([name]) => name).join('\n');
  if (place.dataset.names !== names) {
    place.dataset.names = names;
    place.replaceChildren(h('dl', {}, ...rows.map(([name]) => h('div', {}, h('dt', {}, name), h('dd')))));
  }
  const values = place.querySelectorAll('dd');
  rows.forEach(([, value, isBad], at) => {
    setText(values[at], visible(value));
    values[at].classList.toggle('bad', Boolean(isBad));
  });
}

// Rows are named by "@" and the id, so that no id means anything to a script.
const idOf = (name) => name.slice(1);

function personCell(call, td, name) {
  const title = h('a', { class: 'title', href: `#/call/${encodeURIComponent(call)}/${encodeURIComponent(idOf(name))}` });
  const under = h('span', { class: 'under' });
  td.append(title, under);
  let before = null;
  return (now) => {
    if (now.name !== before) title.replaceChildren(bdi(before = now.name));
    setText(under, `${idOf(name)} · speaks ${now.language}${now.maySpeak ? '' : ' · may not speak'}`);
  };
}

function connectionCell(row, td) {
  const state = h('span', { class: 'state' });
  td.append(state);
  return (now) => {
    setText(state, now.connected ? (now.speaking ? 'speaking' : now.muted ? 'muted' : 'connected') : 'away');
    setAttribute(state, 'data-state', now.connected ? 'alive' : 'draining');
  };
}

function actsCell(call, td, name) {
  td.append(h('span', { class: 'buttons' },
    action('Move…', `Move ${idOf(name)}`, () => move(call, idOf(name))), action('Remove…', `Take ${idOf(name)} out of the call`, () => disconnect(call, idOf(name)))));
}

function marked(td, read) {
  return (now) => {
    const [text, isBad] = read(now);
    setText(td, text);
    td.classList.toggle('bad', Boolean(isBad));
  };
}
