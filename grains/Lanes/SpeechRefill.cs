using VoiceGrains.Checkpoints;
using VoiceGrains.Engines;
using VoiceGrains.Media;
using VoiceGrains.Voices;

namespace VoiceGrains.Lanes;

/// <summary>
/// Speaks clauses again that an activation before this one spoke, for a listener who lost the gateway where they had arrived: this activation has only their text.
/// </summary>
sealed class SpeechRefill(LaneServices services) : IAsyncDisposable
{
    // A synthesizer that takes longer costs the listener the audio, not the captions.
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    readonly CancellationTokenSource _closing = new();
    readonly List<Task> _filling = [];

    /// <summary>Fills in the speech of everything that a listener missed and of which only the text is left, then goes on; at once if there is nothing.</summary>
    public void Begin(MissedSpeech missed, IEnumerable<RecentSegment> recent, Action then)
    {
        var silent = missed.Silent(recent);
        if (silent.Count == 0)
        {
            then();
            return;
        }

        _filling.RemoveAll(static task => task.IsCompleted);
        _filling.Add(FillAll());

        async Task FillAll()
        {
            foreach (var (segment, clauses) in silent)
                await Fill(missed.Language, segment, clauses);
            if (!_closing.IsCancellationRequested)
                then();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await Task.WhenAll(_filling);
    }

    // Never throws.
    async Task Fill(Language language, int segment, IReadOnlyList<(int Number, RecentClause Clause)> clauses)
    {
        using var limit = new CancellationTokenSource(Limit, services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _closing.Token);
        try
        {
            foreach (var (number, clause) in clauses)
            {
                // The speaker may have taken the consent to their voice back since the clause before.
                if (await services.VoiceFor(language).WaitAsync(either.Token) is not { } voice || VoiceStreams.Open(services, voice) is not { } stream)
                    return;
                await Fill(stream, language, segment, number, clause, either.Token);
            }
        }
        catch (Exception)
        {
            // Whatever it was, the captions stand.
        }
    }

    async Task Fill(ISpeechStream stream, Language language, int segment, int number, RecentClause clause, CancellationToken cancellationToken)
    {
        await using (stream)
        {
            services.Use.Syntheses++;
            services.Use.Repeats++;
            stream.Write(clause.Text);
            stream.Complete();
            var chunks = new List<SpeechChunkDelivery>();
            var at = TimeSpan.Zero;
            await foreach (var chunk in stream.Chunks(cancellationToken))
            {
                foreach (var piece in LaneSpeech.Pieces(chunk.Audio))
                {
                    chunks.Add(new SpeechChunkDelivery(language, segment, number, at, piece));
                    at += AudioTime.Of(piece);
                }
            }

            clause.Chunks.AddRange(chunks);
            (clause.BegunAt, clause.End) = (services.Time.GetUtcNow(), new SpeechEndDelivery(language, segment, number, at, IsWhole: true));
            clause.Begin = new SpeechBeginDelivery(language, segment, number, clause.Text, StageLatency.None);
        }
    }
}
