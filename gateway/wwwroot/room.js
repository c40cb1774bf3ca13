// The call while one takes part in it: what comes is shown and heard, what one does is sent.

import { $, fillBar } from './page.js';
import { Captions } from './captions.js';
import { Notices } from './notices.js';
import { People } from './people.js';
import { Player } from './mixing.js';
import { Talking } from './talking.js';
import { lastLines } from './transcript.js';
import { Call } from './voicegrains.js';

const lookEvery = 200; // milliseconds
const behind = 8; // seconds of translation waiting, more than a sentence takes: worth a word
const late = 40; // frames on their way: 4 s
const longestFinish = 8000;
const mostRecalled = 30; // lines that were said before one came

/** One stay in a call. `onEnd(code, reason)` is called once; `ready` as of `Call`. */
export class Room {
  constructor({ socket, ticket, name, language, voice, preferences, onEnd }) {
    this.player = new Player();
    this.player.resume();
    this.language = language;
    this.languages = new Set();
    this.preferences = preferences;
    this.notices = new Notices($('notices'));
    $('people').replaceChildren();
    this.people = new People($('people'), {
      me: () => this.call.welcome?.participant,
      volumeOf: (participant) => this.player.volumeOf(participant),
      onVolume: (participant, volume) => this.player.setVolume(participant, volume),
    });
    this.captions = new Captions($('captions'), {
      name: (speaker) => this.people.name(speaker),
      isMine: (speaker) => speaker === this.call.welcome?.participant,
      onScrolledAway: (isAway) => { $('newest').hidden = !isAway; },
      announcer: $('announcer'),
    });
    this.captions.clear();
    this.call = new Call({ socket, ticket, name, language, voice, wants: this.#wants(), on: this.#events(onEnd) });
    this.talking = new Talking(this.call, {
      onLevel: (level) => fillBar($('level'), level),
      onChange: () => this.onTalkingChange?.(),
      onEnded: () => this.notices.say('The microphone was taken away. Connect it again, or type.', 'degraded', 'microphone', 12000),
    });
    this.ready = this.call.ready.then((welcome) => {
      lastLines(this.call, this.language, mostRecalled).then((rows) => this.#recall(rows));
      if (!welcome.canBeRecognized) this.notices.notice({ kind: 'no-recognizer' }, () => '');
      return welcome;
    });
    this.timer = setInterval(() => this.#look(), lookEvery);
  }

  #leaving = false;

  #recall(rows) {
    this.people.remember(rows.map(({ speaker, name }) => [speaker, name]));
    this.captions.recall(rows, this.language);
  }

  #events(onEnd) {
    return {
      caption: (caption) => this.captions.show(caption, this.language),
      roster: ({ participants }) => {
        for (const { language } of participants) if (language) this.languages.add(language);
        this.people.show(participants);
        this.captions.rename();
        $('count').textContent = participants.length;
      },
      audio: (kind, speaker, samples) => this.player.play(kind, speaker, samples, this.call.isTranslated(speaker)),
      notice: (notice) => this.notices.notice(notice, (speaker) => this.people.name(speaker)),
      error: (error) => { if (!error.fatal) this.notices.refusal(error); },
      lost: () => this.notices.say('The connection was lost. Connecting again … What you say meanwhile is kept.', 'degraded', 'connection'),
      moving: () => this.notices.say('The server is being renewed, and the call moves to another. Nothing is lost.', 'hint', 'moving', 8000),
      back: () => {
        const wasLost = this.notices.has('connection');
        this.notices.end('connection');
        if (wasLost) this.notices.say('Connected again. What was missed is being made up.', 'good', 'back', 5000);
      },
      ended: () => { this.#leaving = true; },
      closed: (code) => { this.close(); onEnd(code); },
    };
  }

  changeLanguage(language) {
    this.language = language;
    this.call.changeLanguage(language);
    this.notices.end('notice:no-recognizer:');
  }

  /** Preferences: `withOriginal` captions, `balance` of voices, `volume`. */
  prefer(preferences) {
    Object.assign(this.preferences, preferences);
    this.captions.withOriginal = this.preferences.withOriginal;
    this.player.balance = this.preferences.balance;
    this.call.want(this.#wants());
  }

  say(text) { this.call.say(text); }

  /** Leaves when what was said is translated; asked again, or after a while, at once. */
  async leave() {
    if (this.#leaving) { this.call.leave(); return; }
    this.#leaving = true;
    this.talking.close();
    const until = Date.now() + longestFinish;
    while (this.call.isOpen && this.call.recorded < this.call.next - 1 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 100));
    if (this.call.isOpen) this.call.leave();
  }

  close() {
    clearInterval(this.timer);
    this.talking.close();
    this.captions.settle();
    this.player.stop();
    for (const key of ['connection', 'lag', 'behind']) this.notices.end(key);
  }

  // Without the originals there is nothing to mix, and nothing to send.
  #wants() {
    const { withOriginal, balance } = this.preferences;
    return ['captions', 'speech', ...(balance > -1 ? ['original'] : []), ...(withOriginal ? ['original-captions'] : [])];
  }

  #look() {
    this.people.indicate((participant) => {
      if (this.player.isHeard(participant)) return 'speaking';
      return this.captions.isOpenOf(participant) ? 'translating' : '';
    });
    const waiting = this.player.waiting();
    const isWorking = this.captions.open > 0 || waiting > 0.1;
    $('working').textContent = this.#leaving ? 'Finishing what was said …' : isWorking ? 'Still translating …' : '';
    if (waiting > behind) this.notices.say(`The translation is ${Math.round(waiting)} seconds behind. Let it catch up before you answer.`, 'hint', 'behind');
    else if (waiting < behind / 2) this.notices.end('behind');
    const onTheirWay = this.call.next - 1 - this.call.taken;
    if (this.call.isConnected && this.talking.isOpen && onTheirWay > late) this.notices.say('Your connection is slow: what you say arrives late. Nothing is lost.', 'degraded', 'lag');
    else if (onTheirWay < late / 2) this.notices.end('lag');
  }
}
