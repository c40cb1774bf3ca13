import { age, bdi, count, h, seconds, setAttribute, setText, visible } from './dom.js';
import { Table } from './table.js';

const pageSize = 25;
const firstDescending = new Set(['trouble', 'opened', 'participants', 'frames', 'lag', 'lost']);

/** The list of running calls: the server searches, sorts and cuts the pages. */
export class Calls {
  #ask; #table; #total; #search; #previous; #next; #place;
  query = { search: '', order: 'trouble', descending: true, skip: 0 };

  /** @param ask called when another part of the list is wanted. */
  constructor(ask) {
    this.#ask = ask;
    this.#table = new Table('Calls', [
      { head: 'Call', key: 'call', class: 'name', cell: callCell },
      { head: 'Silo', key: 'silo', text: (row) => (row.silos > 1 ? `${row.silo} + ${row.silos - 1}` : row.silo) },
      { head: 'People', key: 'participants', class: 'number', text: (row) => (row.connected === row.participants ? count(row.connected) : `${row.connected} of ${row.participants}`) },
      { head: 'Languages', text: (row) => row.languages },
      { head: 'Frames/s', key: 'frames', class: 'number', text: (row) => count(row.frames) },
      { head: 'Lag', key: 'lag', class: 'number', cell: (row, td) => alarming(td, (now) => [seconds(now.lag), now.lag > 2]) },
      { head: 'Lost frames', key: 'lost', class: 'number', cell: (row, td) => alarming(td, (now) => [count(now.lost), now.lost > 0]) },
      { head: 'Open for', key: 'opened', class: 'number', text: (row) => age(row.opened) },
    ], { sort: (key) => this.#sort(key), empty: 'No call is running.' });
    this.#search = h('input', { type: 'search', id: 'search', placeholder: 'id, title, tenant or silo', maxlength: 200, autocomplete: 'off', oninput: () => this.#searchSoon() });
    this.#total = h('span', { class: 'soft', role: 'status' });
    this.#previous = h('button', { type: 'button', class: 'quiet', onclick: () => this.#page(-1) }, 'Previous');
    this.#next = h('button', { type: 'button', class: 'quiet', onclick: () => this.#page(1) }, 'Next');
    this.#place = h('span', { class: 'soft' });
    this.element = h('section', { 'aria-label': 'Calls' },
      h('div', { class: 'row' }, h('h2', {}, 'Calls'), h('label', { class: 'search' }, h('span', { class: 'unseen' }, 'Search calls'), this.#search), this.#trouble(), this.#total),
      this.#table.element,
      h('div', { class: 'row end' }, this.#place, this.#previous, this.#next));
    this.#table.sorted('trouble', true);
  }

  get parameters() {
    return new URLSearchParams({ ...this.query, take: pageSize }).toString();
  }

  update(calls) {
    const names = calls.order ? calls.order.split(' ') : [];
    setText(this.#table.empty, this.query.search ? 'No call fits the search.' : 'No call is running.');
    this.#table.update(names.filter((name) => calls.rows[name]).map((name) => [name, calls.rows[name]]));
    setText(this.#total, this.query.search ? `${count(calls.total)} of ${count(calls.all)}` : `${count(calls.all)} running`);
    const last = Math.min(calls.total, this.query.skip + names.length);
    setText(this.#place, calls.total > pageSize ? `${count(Math.min(this.query.skip + 1, calls.total))} to ${count(last)} of ${count(calls.total)}` : '');
    this.#previous.hidden = this.#next.hidden = calls.total <= pageSize;
    this.#previous.disabled = this.query.skip === 0;
    this.#next.disabled = last >= calls.total;
    // The page that was looked at is gone.
    if (this.query.skip > 0 && this.query.skip >= calls.total) this.#change({ skip: 0 });
  }

  #trouble() {
    return h('button', { type: 'button', class: 'quiet', onclick: () => this.#change({ order: 'trouble', descending: true, skip: 0 }) }, 'Troubled first');
  }

  #searching;

  #searchSoon() {
    clearTimeout(this.#searching);
    this.#searching = setTimeout(() => this.#change({ search: this.#search.value.trim(), skip: 0 }), 250);
  }

  #sort(key) {
    const descending = this.query.order === key ? !this.query.descending : firstDescending.has(key);
    this.#change({ order: key, descending, skip: 0 });
  }

  #page(by) {
    this.#change({ skip: Math.max(0, this.query.skip + by * pageSize) });
  }

  #change(query) {
    Object.assign(this.query, query);
    this.#table.sorted(this.query.order, this.query.descending);
    this.#ask();
  }
}

function callCell(row, td, name) {
  const title = h('a', { href: `#/call/${encodeURIComponent(name)}`, class: 'title' });
  const under = h('span', { class: 'under' });
  td.append(title, under);
  let before = null;
  return (now) => {
    const shown = visible(now.title) || name;
    if (shown !== before) title.replaceChildren(bdi(before = shown));
    setText(under, [now.tenant, now.title ? name : null, now.ending ? 'is ending' : null].filter(Boolean).join(' · '));
    setAttribute(td, 'class', now.ending ? 'name soft' : 'name');
  };
}

function alarming(td, read) {
  return (now) => {
    const [text, isBad] = read(now);
    setText(td, text);
    td.classList.toggle('bad', isBad);
  };
}
