import { disconnect, move } from './actions.js';
import { facts } from './call.js';
import { bdi, count, h, seconds, setText, visible } from './dom.js';
import { Table } from './table.js';

/** One participant of a call: where they live, where their frames went, their lanes, their connection. */
export class ParticipantPage {
  #call; #participant; #heading = h('h2'); #missing = h('p', { class: 'empty', hidden: true }, 'The call has no such participant now.'); #part;
  #where = h('div', { class: 'facts' }); #ledger = h('div', { class: 'facts' }); #ring = h('div', { class: 'facts' }); #recognizer = h('div', { class: 'facts' }); #lanes;
  #away = h('p', { class: 'empty', hidden: true }, 'Their grain does not answer just now: they may be on their way to another silo.');
  #noConnection = h('p', { class: 'empty', hidden: true }, 'Their gateway knows no connection of theirs.');

  constructor({ call, participant }) {
    [this.#call, this.#participant, this.title] = [call, participant, `${participant} in ${call}`];
    this.#lanes = new Table('Lanes', [
      { head: 'Lane', class: 'name', cell: (row, td, name) => td.append(h('span', { class: 'title' }, name)) },
      { head: 'Sentences waiting', class: 'number', text: (row) => count(row.waiting) },
      { head: 'Lag', class: 'number', text: (row) => seconds(row.lag) },
      { head: 'Segments to speak', class: 'number', text: (row) => count(row.speaking) },
      { head: 'Not heard yet', class: 'number', text: (row) => seconds(row.unplayed) },
      { head: 'Translator', text: (row) => engineText(row.translator) },
      { head: 'Synthesizer', text: (row) => engineText(row.synthesizer) },
    ], { empty: 'Nobody needs a translation of what they say.' });
    this.#part = h('div', {}, this.#where, this.#away,
      part('Where their frames went', this.#ledger), part('Recognizer', this.#recognizer), h('section', { 'aria-label': 'Lanes' }, h('h3', {}, 'Lanes'), this.#lanes.element),
      part('Connection', this.#ring, this.#noConnection));
    this.element = h('div', { class: 'page' },
      h('p', { class: 'crumbs' }, h('a', { href: '#/' }, 'Cluster'), ' › ', h('a', { href: `#/call/${encodeURIComponent(call)}` }, 'call'), ' › participant'),
      h('div', { class: 'row' }, this.#heading,
        h('button', { type: 'button', class: 'quiet', onclick: () => move(call, participant) }, 'Move to another silo…'),
        h('button', { type: 'button', class: 'danger', onclick: () => disconnect(call, participant) }, 'Take out of the call…')),
      this.#missing, this.#part);
  }

  get query() { return new URLSearchParams({ view: 'participant', call: this.#call, participant: this.#participant }).toString(); }

  change(state) {
    const isMissing = Boolean(state.missing) || !state.person;
    this.#missing.hidden = !isMissing;
    this.#part.hidden = isMissing;
    if (isMissing) { setText(this.#heading, this.#participant); return; }
    const [person, details, connection] = [state.person, state.details, state.connection];
    const shown = visible(person.name) || this.#participant;
    if (this.#heading.textContent !== shown) this.#heading.replaceChildren(bdi(shown));
    this.#away.hidden = Boolean(details);
    this.#noConnection.hidden = Boolean(connection);
    facts(this.#where, [
      ['Participant', this.#participant], ['Speaks', person.language], ['Connection', person.connected ? (person.muted ? 'muted' : 'connected') : 'away', !person.connected],
      ['Silo', details?.silo ?? '–'], ['Gateway', connection?.gateway ?? '–'], ['Connected', `${count(person.epoch)}. time${details?.attach ? `, attached anew ${count(details.attach)} times` : ''}`],
    ]);
    if (details) this.#show(details);
    this.#ring.hidden = !connection;
    if (connection) {
      facts(this.#ring, [
        ['In the ring', `${count(connection.kept)} frames, ${seconds(connection.keptSeconds)}`, connection.keptSeconds > 30], ['To be taken', count(connection.toSend), connection.toSend > 100],
        ['Next number', count(connection.nextNumber)], ['Messages unread', count(connection.waitingMessages), connection.waitingMessages > 500],
        ['Audio unread', `${count(connection.waitingAudio / 1024)} KB`], ['Audio dropped', count(connection.droppedAudio), connection.droppedAudio > 0],
      ]);
    }
  }

  #show(details) {
    const ledger = details.ledger;
    facts(this.#ledger, [
      ['Sent', count(ledger.highest)], ['Recognized', count(ledger.recognized)], ['Silence', count(ledger.silence)], ['Not understood', count(ledger.unrecognized)],
      ['Pending', count(ledger.pending)], ['Lost', count(ledger.lost), ledger.lost > 0], ['Came twice', count(ledger.duplicates)], ['Clauses repeated', count(ledger.repeats)],
      ['Covered up to', count(details.covered)], ['Recorded up to', count(details.recorded)], ['Balance', ledger.balanced ? 'adds up' : 'does not add up', !ledger.balanced],
    ]);
    facts(this.#recognizer, [
      ['Engine', engineText(details.recognizer), details.recognizer.fallback], ['Now', details.speaking ? 'a segment is open' : 'silence'], ['Segments', count(details.segments)],
      ['Gateway heard', `${seconds(details.heard)} ago`, details.heard > 4], ['Waits for a checkpoint', count(details.uncommitted)],
      ['Translations', count(details.translations)], ['Drafts', count(details.drafts)], ['Clauses spoken', count(details.syntheses)],
    ]);
    this.#lanes.update(Object.entries(details.lanes));
  }
}

function part(title, ...children) {
  return h('section', { 'aria-label': title }, h('h3', {}, title), ...children);
}

function engineText(engine) {
  if (!engine.name) return engine.first ? `none yet (${engine.first} comes first)` : 'none for the language';
  return engine.fallback ? `${engine.name}, in place of ${engine.first ?? 'none'}` : engine.name;
}
