// What a listener got so far, over all connections: says what is new, and tells a gateway what is missing. See client/HeardSpeech.cs.

const segmentsBack = 8, mostEntries = 32, mostSpeakers = 500; // what a gateway is told
const mostRemembered = 256; // what is remembered of each speaker and language, to know a repetition
const samplesPerMs = 16;

export class Heard {
  #stretches = new Map();
  #originals = new Map();

  /** False: this caption came before, or something newer did. */
  caption({ speaker, language, segment, revision, final }) {
    const known = remember(this.#of(speaker, language).captions, segment, () => ({ revision: 0, final: false }));
    // A final caption counts whatever its revision: it may come from the transcript, which has none.
    if (!known || known.final || (!final && revision <= known.revision)) return false;
    known.revision = revision;
    known.final = final;
    return true;
  }

  /** False: the clause began before, and goes on, or was heard to its end. */
  begin(message) {
    const { clauses } = this.#of(message.speaker, message.language);
    if (clauses.all.has(placeOf(message))) return false;
    return Boolean(remember(clauses, placeOf(message), () => ({ samples: 0, over: false })));
  }

  /** The samples that did not come before; null: none. */
  speech(clause, from, samples) {
    const known = this.#of(clause.speaker, clause.language).clauses.all.get(placeOf(clause));
    if (!known || known.over) return null;
    const old = Math.max(0, known.samples - from);
    if (old >= samples.length) return null;
    known.samples = from + samples.length;
    return old ? samples.subarray(old) : samples;
  }

  /** False: the clause was over before. */
  end(message) {
    const known = this.#of(message.speaker, message.language).clauses.all.get(placeOf(message));
    if (!known || known.over) return false;
    return (known.over = true);
  }

  /** False: this frame of the original voice, or a later one, came before. */
  original(speaker, number) {
    if (number <= (this.#originals.get(speaker) ?? 0)) return false;
    this.#originals.set(speaker, number);
    return true;
  }

  /** What to tell a gateway when coming back. */
  tell(awayMs) {
    return { awayMs, speakers: [...this.#stretches.values()].slice(0, mostSpeakers).map(({ speaker, language, captions, clauses }) => {
      const finals = [...captions.all].filter(([, { final }]) => final).map(([segment]) => segment).sort((a, b) => a - b);
      const places = [...clauses.all].sort(([a], [b]) => a - b);
      const newest = finals.at(-1) ?? Math.floor((places.at(-1)?.[0] ?? 0) / clausesOfSegment);
      const after = Math.max(0, newest - segmentsBack);
      return {
        speaker, language, after,
        finals: finals.filter((segment) => segment > after).slice(-mostEntries),
        clauses: places.map(([place, { samples, over }]) => ({
          segment: Math.floor(place / clausesOfSegment), clause: place % clausesOfSegment, ms: samples / samplesPerMs, whole: over,
        })).filter(({ segment, ms, whole }) => segment > after && (whole || ms > 0)).slice(-mostEntries),
      };
    }) };
  }

  #of(speaker, language) {
    const key = JSON.stringify([speaker, language]);
    if (!this.#stretches.has(key)) {
      this.#stretches.set(key, { speaker, language, captions: { all: new Map(), forgotten: 0 }, clauses: { all: new Map(), forgotten: 0 } });
    }
    return this.#stretches.get(key);
  }
}

// Segment and clause as one number, so that places can be compared.
const clausesOfSegment = 100000;
const placeOf = ({ segment, clause }) => segment * clausesOfSegment + clause;

// What is at a place, made when it is new; undefined when it is so old that it was forgotten.
function remember(memory, place, make) {
  if (place <= memory.forgotten) return undefined;
  if (!memory.all.has(place)) {
    memory.all.set(place, make());
    if (memory.all.size > mostRemembered) {
      memory.forgotten = Math.min(...memory.all.keys());
      memory.all.delete(memory.forgotten);
    }
  }
  return memory.all.get(place);
}
