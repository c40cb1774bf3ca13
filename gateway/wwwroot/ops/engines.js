import { action, closeBreaker, openBreaker } from './actions.js';
import { count, h, setAttribute, setText } from './dom.js';
import { Table } from './table.js';

/** Engines with their breakers, and the places of accounts. */
export class Engines {
  #engines; #accounts; #accountsPart;

  constructor() {
    this.#engines = new Table('Engines', [
      { head: 'Engine', class: 'name', cell: nameCell },
      { head: 'Breaker', cell: breakerCell },
      { head: 'Failures, last minute', class: 'number', text: (row) => count(row.failures) },
      { head: 'Silos', class: 'number', text: (row) => count(row.silos) },
      { head: '', label: 'Actions', class: 'acts', cell: actsCell },
    ], { empty: 'No silo has named its engines.' });
    this.#accounts = new Table('Places of accounts', [
      { head: 'Account', class: 'name', cell: (row, td, name) => td.append(h('span', { class: 'title' }, name)) },
      { head: 'Calls at a time', class: 'load', cell: placesCell },
      { head: 'Waiting', class: 'number', text: (row) => count(row.waiting) },
    ]);
    this.#accountsPart = h('div', {}, h('h3', {}, 'Accounts'), this.#accounts.element);
    this.element = h('div', {}, this.#engines.element, this.#accountsPart);
  }

  update(engines, accounts) {
    this.#engines.update(sorted(engines));
    this.#accounts.update(sorted(accounts));
    this.#accountsPart.hidden = Object.keys(accounts).length === 0;
  }
}

const sorted = (rows) => Object.entries(rows).sort(([, one], [, other]) => one.place - other.place);

function nameCell(row, td) {
  td.append(h('span', { class: 'title' }, row.name), h('span', { class: 'under' }, `${row.stage}, ${row.order}. choice${row.endpoint ? ` · ${row.endpoint}` : ''}`));
}

function breakerCell(row, td) {
  const state = h('span', { class: 'state' });
  const why = h('span', { class: 'under' });
  td.append(state, why);
  return (now) => {
    const shown = !now.key ? ['none', 'on the silo itself', 'alive'] : now.state === 'closed' ? ['closed', 'works', 'alive']
      : now.state === 'halfopen' ? ['half open', 'being tried', 'draining'] : ['open', now.held ? 'by an operator' : `fails: ${now.reason ?? 'unknown'}`, now.held ? 'draining' : 'lost'];
    setText(state, shown[0]);
    setAttribute(state, 'data-state', shown[2]);
    setText(why, now.openFor ? `${shown[1]}, ${count(now.openFor)} s left` : shown[1]);
  };
}

function actsCell(row, td) {
  if (!row.key) return;
  let latest = row;
  const open = action('Open…', `Open the breaker of ${row.name}`, () => openBreaker(latest));
  const close = action('Close…', `Close the breaker of ${row.name}`, () => closeBreaker(latest));
  td.append(h('span', { class: 'buttons' }, open, close));
  return (now) => {
    latest = now;
    open.hidden = now.state === 'open';
    close.hidden = now.state === 'closed';
  };
}

function placesCell(row, td) {
  const bar = h('span', { class: 'bar' }, h('i'));
  const text = h('span', { class: 'figure' });
  td.append(bar, text);
  return (now) => {
    const share = now.limit ? Math.min(100, (100 * now.held) / now.limit) : 0;
    bar.firstChild.style.setProperty('--share', `${share}%`);
    setAttribute(bar, 'data-level', share >= 100 ? 'high' : share > 80 ? 'some' : null);
    setText(text, `${count(now.held)} of ${count(now.limit)}`);
  };
}
