import { Chart, History } from './chart.js';
import { Calls } from './calls.js';
import { count, decimal, h, memory, setText } from './dom.js';
import { Engines } from './engines.js';
import { Processes } from './processes.js';
import { Troubles } from './troubles.js';

const cluster = { cpu: 1, memory: 2, calls: 3, people: 4, frames: 5, segments: 6 };

/** The whole cluster: what is wrong on top, then sums, silos, gateways, engines and calls. */
export class ClusterPage {
  title = 'Cluster';
  #troubles = new Troubles(); #silos = new Processes('silo'); #gateways = new Processes('gateway'); #engines = new Engines(); #history = new History();
  #calls; #tiles;

  constructor({ ask }) {
    this.#calls = new Calls(() => ask(this.query));
    const percent = (value) => `${count(value)} %`;
    this.#tiles = {
      calls: new Tile('Calls', cluster.calls, count), participants: new Tile('People', cluster.people, count), frames: new Tile('Frames a second', cluster.frames, count),
      segments: new Tile('Segments a second', cluster.segments, decimal), cpu: new Tile('Load', cluster.cpu, percent), memory: new Tile('Memory', cluster.memory, memory),
    };
    this.element = h('div', { class: 'page' },
      this.#troubles.element,
      h('section', { class: 'tiles', 'aria-label': 'The whole cluster' }, ...Object.values(this.#tiles).map((tile) => tile.element),
        h('div', { class: 'tile none' }, h('span', { class: 'soft' }, 'Cost'), h('span', { class: 'soft' }, 'not counted yet'))),
      h('nav', { 'aria-label': 'Parts of this page' }, ...['Silos', 'Gateways', 'Engines', 'Calls'].map((name) => h('a', { href: '#/', onclick: (event) => this.#go(event, name) }, name))),
      h('section', { 'aria-label': 'Silos' }, h('h2', {}, 'Silos'), this.#silos.element),
      h('section', { 'aria-label': 'Gateways' }, h('h2', {}, 'Gateways'), this.#gateways.element),
      h('section', { 'aria-label': 'Engines' }, h('h2', {}, 'Engines'), this.#engines.element),
      this.#calls.element);
  }

  // The address names the page already.
  #go(event, name) {
    event.preventDefault();
    const part = this.element.querySelector(`section[aria-label="${name}"]`);
    part.tabIndex = -1;
    part.focus({ preventScroll: true });
    part.scrollIntoView();
  }

  get query() { return `view=cluster&${this.#calls.parameters}`; }

  change(state) {
    if (!state.sums) return;
    this.#troubles.update(state.troubles);
    for (const [name, tile] of Object.entries(this.#tiles)) tile.show(state.sums[name]);
    this.#silos.update(state.processes);
    this.#gateways.update(state.processes);
    this.#engines.update(state.engines, state.accounts);
    this.#calls.update(state.calls);
    if (this.#drawn !== this.#history.lastSlot || this.#named !== Object.keys(state.processes).length) this.#draw(Object.keys(state.processes).length);
  }

  #drawn = 0; #named = 0;

  history(data, isWhole) {
    this.#history.take(data, isWhole);
    this.#draw(this.#named);
  }

  #draw(named) {
    [this.#drawn, this.#named] = [this.#history.lastSlot, named];
    for (const tile of Object.values(this.#tiles)) tile.draw(this.#history);
    this.#silos.draw(this.#history);
    this.#gateways.draw(this.#history);
  }
}

class Tile {
  #figure = h('span', { class: 'figure' }); #chart; #column; #format;

  constructor(label, column, format) {
    [this.#chart, this.#column, this.#format] = [new Chart(label, format), column, format];
    this.element = h('div', { class: 'tile' }, h('span', { class: 'soft' }, label), this.#figure, this.#chart.element);
  }

  show(value) { setText(this.#figure, this.#format(value)); }

  draw(history) {
    this.#chart.draw(history.cluster.map((row) => [row[0], row[this.#column]]), { lastSlot: history.lastSlot, slots: history.slots });
  }
}
