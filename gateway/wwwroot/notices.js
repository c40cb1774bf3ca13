// What happens in a call, in words that a person understands.

import { element, plain } from './page.js';

const shownFor = 9000; // milliseconds

const told = {
  'not-understood': ['hint', () => 'Something was heard but not understood. Say it again, perhaps in other words, or type it.'],
  'no-recognizer': ['hint', () => 'Your language can’t be recognized here. Type what you want to say; it is translated and spoken to the others.'],
  'recognizer-failed': ['degraded', () => 'Listening to you was interrupted and is being restarted. What you say is kept.'],
  'no-voice': ['hint', (name) => `There is no voice for your language: you read ${name}, and don’t hear a translation.`],
  'synthesizer-failed': ['degraded', (name) => `A sentence of ${name} could not be spoken. You find it in the captions.`],
  'translator-failed': ['degraded', (name) => `A sentence of ${name} could not be translated. It stands in the captions as it was said.`],
};

const refused = {
  'text-too-long': 'The text is too long. Send it in parts.',
  'text-empty': 'There was no text to send.',
  'text-hidden-characters': 'The text holds characters that can’t be seen, and was not sent. Type it anew.',
  'may-not-speak': 'You may listen in this call, but not speak.',
  'bad-language': 'This language is not known here.',
  'too-many-messages': 'That was too much at once. Wait a moment.',
};

/** How a call ended for somebody, by close code: a title, a sentence, and whether joining again makes sense. */
export function endOf(code, reason) {
  switch (code) {
    case 1000:
    case 4503: return { title: 'You have left the call', text: '', again: true };
    case 4500: return { title: 'The call goes on in another window', text: 'You joined it there with the same invitation. Only one window can take part.', again: true, here: true };
    case 4501: return reason === 'call-unknown' ? { title: 'There is no such call', text: 'Ask whoever invited you for another link.' } : { title: 'The call is over', text: '' };
    case 4502: return { title: 'This invitation was used already', text: 'It works once. Ask whoever invited you for another link.' };
    case 4505: return { title: 'The call is full', text: 'Try again when somebody has left.', again: true };
    case 4506: return { title: 'The connection was closed', text: 'Too much was sent at once.', again: true };
    default: return { title: 'The connection was closed', text: reason === 'bad-name' ? 'The others can’t be shown this name. Choose another.' : 'Something did not fit. Reload the page and try again.', again: true };
  }
}

/** Why a ticket is no good, by the server's code. */
export function ticketProblem(code) {
  switch (code) {
    case 'ticket-expired': return { title: 'This invitation has expired', text: 'Ask whoever invited you for a new link.' };
    case 'ticket-too-early': return { title: 'This invitation is not valid yet', text: 'Come back at the time of the call, and check the clock of this device.' };
    case 'call-unknown': return { title: 'There is no such call', text: 'It may have been deleted. Ask whoever invited you.' };
    case 'offline': return { title: 'The server can’t be reached', text: 'Check your connection. This page tries again by itself.' };
    default: return { title: 'This link does not work', text: 'It is not whole, or not from here. Open it exactly as you got it, or ask for another one.' };
  }
}

/** Lines that come and go. One with a key replaces the one before, and stays until it is taken away. */
export class Notices {
  constructor(list) { this.list = list; }

  #lines = new Map();

  /** A notice of the server. */
  notice({ kind, text, speaker }, nameOf) {
    const [tone, words] = told[kind] ?? ['hint', () => text];
    this.say(words(plain(nameOf(speaker))), tone, `notice:${kind}:${speaker ?? ''}`, shownFor);
  }

  /** Something that the server refused. */
  refusal({ code, message }) { this.say(refused[code] ?? message, 'hint', `refusal:${code}`, shownFor); }

  say(text, tone = 'hint', key = text, forMs = 0) {
    let line = this.#lines.get(key);
    if (!line) {
      line = { element: element('p', { 'data-tone': tone }) };
      this.#lines.set(key, line);
      this.list.append(line.element);
    }
    if (line.element.textContent !== text) line.element.textContent = text;
    clearTimeout(line.timer);
    if (forMs) line.timer = setTimeout(() => this.end(key), forMs);
  }

  end(key) {
    const line = this.#lines.get(key);
    clearTimeout(line?.timer);
    line?.element.remove();
    this.#lines.delete(key);
  }

  has(key) { return this.#lines.has(key); }
}
