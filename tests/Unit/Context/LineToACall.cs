using VoiceGrains.Calls;
using VoiceGrains.Context;
using VoiceGrains.Engines;
using VoiceGrains.Participants;
using VoiceGrains.Tests.Support;
using VoiceGrains.Tests.Unit.Grains;

namespace VoiceGrains.Tests.Unit.Context;

/// <summary>A participant asks and tells its call until the call has answered.</summary>
public sealed class LineToACall
{
    readonly ManualTime _time = new();
    readonly ToldCall _call = new();
    readonly KnownTerms _terms = new();
    readonly CancellationTokenSource _ending = new();

    [Fact]
    public Task Terms_are_asked_for_again_until_they_are_known() => Turns.Run(async () =>
    {
        _call.Failures = 3;

        var asking = Line().Ask(_terms);
        Assert.Empty(_terms.Glossary.Keyterms(Sent.English));
        for (var failures = 2; failures >= 0; failures--)
        {
            await Until.True("it waits for the next try", () => _time.Waiting == 1);
            Assert.Equal(failures, _call.Failures);
            _time.Advance(TimeSpan.FromMilliseconds(500));
        }

        await Until.Done("the call has answered", Answered(asking));
        Assert.Equal("cluster", Assert.Single(_terms.Glossary.Keyterms(Sent.English)));
        Assert.Equal((Formality.Formal, 4), (_terms.Formality, _call.Asked));
    });

    [Fact]
    public Task News_are_told_until_they_are_heard() => Turns.Run(async () =>
    {
        _call.Failures = 1;

        var telling = Line().Tell(NewsKind.NeedsAudience);
        await Until.True("it waits for the next try", () => _time.Waiting == 1);
        Assert.Empty(_call.News);
        _time.Advance(TimeSpan.FromMilliseconds(500));

        await Until.Done("the call has heard", Answered(telling));
        Assert.Equal(new ParticipantNews(new ParticipantId("ana"), NewsKind.NeedsAudience), Assert.Single(_call.News));
    });

    [Fact]
    public Task The_end_of_the_activation_waits_for_no_answer() => Turns.Run(async () =>
    {
        _call.Hangs = true;
        var asking = Line().Ask(_terms);
        _call.Failures = 1;
        var telling = Line().Tell(NewsKind.NeedsAudience);
        await Until.True("one waits for the next try", () => _time.Waiting == 1);

        await _ending.CancelAsync();

        await Until.Done("both are over", Answered(Task.WhenAll(asking, telling)));
        Assert.Equal(2, _call.Asked);
    });

    CallLine Line() => new(_call, new ParticipantId("ana"), _time, _ending.Token);

    static async Task<bool> Answered(Task task)
    {
        await task;
        return true;
    }

    /// <summary>A call that has one term, and may be away or hang.</summary>
    sealed class ToldCall : ICallGrain
    {
        public int Failures { get; set; }

        public bool Hangs { get; set; }

        public int Asked { get; private set; }

        public List<ParticipantNews> News { get; } = [];

        public async Task<CallTerms> Terms()
        {
            await Answer();
            return new CallTerms([new GlossaryRow([new Term(Sent.English, "cluster")])], Formality.Formal);
        }

        public async Task Hear(ParticipantNews news)
        {
            await Answer();
            News.Add(news);
        }

        public Task<OpenOutcome> Open(CallSettings settings) => throw new NotSupportedException();

        public Task<JoinOutcome> Join(JoinRequest request) => throw new NotSupportedException();

        public Task<RenewOutcome> Renew(LinkRenewal renewal) => throw new NotSupportedException();

        public Task Leave(ParticipantId participant, int epoch) => throw new NotSupportedException();

        public Task End(EndReason reason) => throw new NotSupportedException();

        public Task<CallDescription?> Describe() => throw new NotSupportedException();

        public Task<TranscriptPage> ReadTranscript(int position, int count) => throw new NotSupportedException();

        Task Answer()
        {
            Asked++;
            if (Failures-- > 0)
                throw new Orleans.Runtime.OrleansException("The call is away.");
            return Hangs ? new TaskCompletionSource().Task : Task.CompletedTask;
        }
    }
}
