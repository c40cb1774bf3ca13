using System.Collections.Immutable;
using VoiceGrains.Audio;
using VoiceGrains.Media;
using VoiceGrains.Participants;

namespace VoiceGrains.Gateway.Links;

/// <summary>
/// What one client plays, as far as its gateway can tell: the clauses of each speaker one after the other, from when they came. Their speaker's microphone may repeat it.
/// Thread-safe.
/// </summary>
sealed class PlayedSpeech(TimeProvider time)
{
    // What waits longer is of no use any more: echoes come within seconds.
    const int MostWaiting = 32;

    readonly Lock _gate = new();
    readonly long _begun = time.GetTimestamp();
    readonly Dictionary<ParticipantId, Voice> _voices = [];
    readonly Queue<(string Text, Language Language, TimeSpan From, TimeSpan To)> _played = new();

    TimeSpan Now => time.GetElapsedTime(_begun);

    /// <summary>The client is sent this.</summary>
    public void Note(ParticipantId speaker, Delivery delivery)
    {
        lock (_gate)
        {
            switch (delivery)
            {
                case SpeechBeginDelivery begin:
                    var until = _voices.TryGetValue(speaker, out var before) ? before.Until : TimeSpan.Zero;
                    var from = until > Now ? until : Now;
                    _voices[speaker] = new Voice(begin.Text, from, from);
                    break;
                case SpeechChunkDelivery chunk when _voices.TryGetValue(speaker, out var voice):
                    _voices[speaker] = voice with { Until = voice.Until + AudioFormat.Cluster.DurationOf(chunk.Audio.Length) };
                    break;
                case SpeechEndDelivery end when _voices.TryGetValue(speaker, out var voice) && voice.Until > voice.From:
                    _played.Enqueue((voice.Text, end.Language, voice.From, voice.Until));
                    if (_played.Count > MostWaiting)
                        _played.Dequeue();
                    break;
            }
        }
    }

    /// <summary>What is new.</summary>
    public ImmutableArray<PlayedClause> Take()
    {
        lock (_gate)
        {
            if (_played.Count == 0)
                return [];
            var now = Now;
            ImmutableArray<PlayedClause> taken = [.. _played.Select(clause => new PlayedClause(clause.Text, clause.Language, now - clause.From, now - clause.To))];
            _played.Clear();
            return taken;
        }
    }

    /// <summary>The clause of a speaker that came last.</summary>
    readonly record struct Voice(string Text, TimeSpan From, TimeSpan Until);
}
