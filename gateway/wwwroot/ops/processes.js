import { Chart } from './chart.js';
import { action, drain, logLevel } from './actions.js';
import { age, count, decimal, h, memory, setAttribute, setText } from './dom.js';
import { Table } from './table.js';

const states = { alive: 'alive', draining: 'draining', ended: 'ended', lost: 'lost' };

/** Silos or gateways, a row each. */
export class Processes {
  #table; #charts = new Map();

  constructor(kind) {
    const isSilo = kind === 'silo';
    this.kind = kind;
    this.#table = new Table(isSilo ? 'Silos' : 'Gateways', [
      { head: isSilo ? 'Silo' : 'Gateway', class: 'name line', cell: nameCell },
      { head: 'State', cell: stateCell },
      { head: 'Load', class: 'load', cell: loadCell },
      { head: 'Memory', class: 'number', text: (row) => memory(row.memory) },
      { head: 'Calls', class: 'number', text: (row) => count(row.calls) },
      isSilo ? { head: 'People', class: 'number', text: (row) => count(row.participants) } : { head: 'Connections', class: 'number', text: (row) => count(row.connections) },
      ...(isSilo ? [
        { head: 'Frames/s', class: 'number', text: (row) => count(row.frames) },
        { head: 'Segments/s', class: 'number', text: (row) => decimal(row.segments) },
      ] : []),
      { head: 'Load, last hour', class: 'hour', cell: (row, td, name) => this.#chartCell(td, name) },
      { head: '', label: 'Actions', class: 'acts', cell: actsCell },
    ], { empty: isSilo ? 'No silo has reported.' : 'No gateway has reported.' });
    this.element = this.#table.element;
  }

  update(processes) {
    const rows = Object.entries(processes).filter(([, row]) => row.kind === this.kind).sort(([, one], [, other]) => one.place - other.place);
    this.#table.update(rows);
    for (const name of this.#charts.keys()) if (!processes[name]) this.#charts.delete(name);
  }

  draw(history) {
    const scale = { lastSlot: history.lastSlot, slots: history.slots, least: 20 };
    for (const [name, chart] of this.#charts) chart.draw((history.processes[name] ?? []).map(([slot, cpu]) => [slot, cpu]), scale);
  }

  #chartCell(td, name) {
    const chart = new Chart('Load', (value) => `${count(value)} %`);
    this.#charts.set(name, chart);
    td.append(chart.element);
  }
}

function nameCell(row, td) {
  const details = h('span', { class: 'under' });
  td.append(h('span', { class: 'title' }, row.name), details);
  return (now) => {
    const parts = [now.region, `${now.machine} · pid ${now.pid}`, `for ${age(now.since)}`];
    if (now.logLevel) parts.push(`logs at ${now.logLevel}`);
    setText(details, parts.join(' · '));
    setAttribute(td, 'title', [now.address, now.activations && `Activations: ${now.activations}`].filter(Boolean).join('\n') || null);
  };
}

function stateCell(row, td) {
  const state = h('span', { class: 'state' });
  const why = h('span', { class: 'under' });
  td.append(state, why);
  return (now) => {
    setText(state, states[now.state] ?? now.state);
    setAttribute(state, 'data-state', now.state);
    setText(why, now.state === 'lost' ? `silent for ${age(Date.now() - now.silent * 1000)}` : '');
  };
}

function loadCell(row, td) {
  const bar = h('span', { class: 'bar' }, h('i'));
  const text = h('span', { class: 'figure' });
  td.append(bar, text);
  return (now) => {
    const share = Math.min(100, now.cpu);
    bar.firstChild.style.setProperty('--share', `${share}%`);
    setAttribute(bar, 'data-level', share > 85 ? 'high' : share > 65 ? 'some' : null);
    setText(text, `${count(now.cpu)} %`);
    setAttribute(td, 'title', `${count(now.cpu)} % of ${now.cores} cores; heap ${memory(now.heap)}`);
  };
}

function actsCell(row, td) {
  let latest = row;
  const [drains, logs] = [action('Drain…', `Drain ${row.name}`, () => drain(latest)), action('Log…', `Log level of ${row.name}`, () => logLevel(latest))];
  td.append(h('span', { class: 'buttons' }, drains, logs));
  return (now) => {
    latest = now;
    drains.disabled = now.state !== 'alive';
    logs.disabled = now.state !== 'alive';
  };
}
