using VoiceGrains.Engines;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Emulators.ElevenLabs;
using VoiceGrains.Tests.Support;
using VoiceGrains.Voices;

namespace VoiceGrains.Tests.Engines.ElevenLabs;

/// <summary>Speech over the multi-context WebSocket, at the vendor's double.</summary>
public sealed class SpeechOverSockets
{
    [Fact]
    public async Task Clauses_are_heard_whole_in_order_and_each_has_its_end()
    {
        await using var studio = await Studio.Open();

        var heard = await studio.Speak("Guten Morgen,", "wie geht es Ihnen", "heute?");

        Assert.Equal(["Guten Morgen,", "wie geht es Ihnen", "heute?"], heard);
        Assert.Equal(1, studio.Ledger.CountOf("multi-stream-input"));
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task Streams_of_one_voice_share_sockets_and_do_not_hear_each_other()
    {
        await using var studio = await Studio.Open(options => options.Concurrency = 10, new ElevenLabsScript { SamplesOfWord = 800, SamplesOfChunk = 91 });
        var said = Enumerable.Range(0, 8).Select(static speaker => Enumerable.Range(0, 5).Select(clause => $"s{speaker} k{clause} eins zwei").ToArray()).ToArray();

        var heard = await Task.WhenAll(said.Select(clauses => studio.Speak(clauses)));

        Assert.Equal(said, heard);
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task A_clause_without_words_is_empty_and_costs_nothing()
    {
        await using var studio = await Studio.Open();

        Assert.Equal(["eins", "", "zwei"], await studio.Speak("eins", "  ", "zwei"));
        Assert.Equal(2, studio.Ledger.CountOf("flush"));
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task A_stream_without_clauses_ends_without_sound()
    {
        await using var studio = await Studio.Open();

        Assert.Empty(await studio.Speak());
        Assert.Equal(0, studio.Ledger.CountOf("letters"));
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task The_first_clause_finds_its_context_begun()
    {
        await using var studio = await Studio.Open();
        await using var stream = studio.Synthesizer.Open(Studio.German);

        await Until.True("the context is begun", () => studio.Ledger.CountOf("context") == 1);
        Assert.Equal(0, studio.Ledger.CountOf("flush"));
        stream.Write("Hallo");
        stream.Complete();
        Assert.Equal(["Hallo"], await Studio.Hear(stream));
    }

    [Fact]
    public async Task A_long_pause_between_clauses_is_bridged_by_keep_alives()
    {
        await using var studio = await Studio.Open();
        await using var stream = studio.Synthesizer.Open(Studio.German);
        await Until.True("the context is begun", () => studio.Ledger.CountOf("context") == 1);

        // Longer than the vendor waits at most.
        for (var beat = 1; beat <= 20; beat++)
        {
            studio.Time.Advance(TimeSpan.FromSeconds(12));
            await Until.True($"keep-alive {beat}", () => studio.Ledger.CountOf("keep-alive") == beat);
        }

        stream.Write("immer noch da");
        stream.Complete();
        Assert.Equal(["immer noch da"], await Studio.Hear(stream));
        Assert.Equal(1, studio.Ledger.CountOf("multi-stream-input"));
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task A_socket_that_nobody_uses_is_closed_in_order()
    {
        await using var studio = await Studio.Open();
        await studio.Speak("Hallo");

        await Until.True("the socket is closed", () =>
        {
            studio.Time.Advance(TimeSpan.FromSeconds(12));
            return studio.Ledger.OpenNow("connection") == 0;
        });

        Assert.Equal(1, studio.Ledger.CountOf("close_socket"));
        Assert.Equal(0, studio.Ledger.CountOf("input timeout"));
        Assert.Equal(["wieder da"], await studio.Speak("wieder da"));
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task A_cancelled_stream_ends_at_once_without_a_fault_and_the_others_go_on()
    {
        await using var studio = await Studio.Open(script: new ElevenLabsScript { ChunkDelay = TimeSpan.FromSeconds(1) });
        await using var interrupted = studio.Begin("eins zwei drei vier fünf");
        await using var other = studio.Begin("sechs sieben acht");
        var chunks = interrupted.Chunks(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await chunks.MoveNextAsync());

        interrupted.Cancel();

        Assert.False(await chunks.MoveNextAsync());
        var heard = Studio.Hear(other);
        await Until.True("the other is heard", () =>
        {
            studio.Time.Advance(TimeSpan.FromMilliseconds(500));
            return heard.IsCompleted;
        });
        Assert.Equal(["sechs sieben acht"], await heard);
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task Contexts_that_the_vendor_is_slow_to_end_never_reach_its_limit()
    {
        // Time stands still, so that none of the interrupted contexts is given back while the test goes on.
        await using var studio = await Studio.Open(options => options.Concurrency = 20, new ElevenLabsScript { ReleaseDelay = TimeSpan.FromSeconds(30) });
        studio.Vendor.Account.Concurrency = 20;

        for (var turn = 0; turn < 11; turn++)
        {
            await using var interrupted = studio.Begin($"turn {turn} wird unterbrochen");
            await foreach (var _ in interrupted.Chunks(CancellationToken.None))
                break;
        }

        Assert.InRange(studio.Ledger.OpenNow("context"), 11, 22);
        Assert.True(studio.Ledger.CountOf("multi-stream-input") >= 3, "A socket was used beyond four contexts.");
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task The_next_socket_is_open_before_the_first_is_full()
    {
        await using var studio = await Studio.Open();
        var streams = Enumerable.Range(0, 3).Select(_ => studio.Synthesizer.Open(Studio.German)).ToArray();

        await Until.True("a second socket is open", () => studio.Ledger.OpenNow("connection") == 2 && studio.Ledger.OpenNow("context") == 3);

        foreach (var stream in streams)
            await stream.DisposeAsync();
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task A_socket_that_was_full_serves_again_when_it_has_room_and_one_that_only_a_rush_needed_ends()
    {
        await using var studio = await Studio.Open(options => options.Concurrency = 20);
        for (var rush = 0; rush < 3; rush++)
        {
            var streams = Enumerable.Range(0, 5).Select(_ => studio.Synthesizer.Open(Studio.German)).ToArray();
            await Until.True("five contexts", () => studio.Ledger.OpenNow("context") == 5);
            foreach (var stream in streams)
            {
                stream.Write("alles gut");
                stream.Complete();
            }

            Assert.All(await Task.WhenAll(streams.Select(Studio.Hear)), static heard => Assert.Equal(["alles gut"], heard));
            await Until.True("no context", () => studio.Ledger.OpenNow("context") == 0);
        }

        Assert.Equal(2, studio.Ledger.CountOf("multi-stream-input"));

        // From here on one at a time: the first is enough.
        for (var turn = 0; turn < 10; turn++)
        {
            Assert.Equal(["einer allein"], await studio.Speak("einer allein"));
            studio.Time.Advance(TimeSpan.FromSeconds(10));
        }

        await Until.True("the second ends", () => studio.Ledger.OpenNow("connection") == 1);
        Assert.Equal(["einer allein"], await studio.Speak("einer allein"));
        Assert.Equal(2, studio.Ledger.CountOf("multi-stream-input"));
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task An_own_voice_of_this_vendor_speaks_and_one_of_another_does_not()
    {
        await using var studio = await Studio.Open();
        studio.Vendor.Account.Voices["mine"] = new EmulatedVoice("mine", "x", new Dictionary<string, string>(), IsCloned: true, RequiresVerification: false, []);
        studio.Vendor.Account.Voices.TryRemove(ElevenLabsAccount.FemaleVoice, out _);

        await using var own = studio.Synthesizer.Open(Studio.German with { Own = new VendorVoice("elevenlabs", "mine") });
        await using var foreign = studio.Synthesizer.Open(Studio.German with { Own = new VendorVoice("openai", "mine") });
        foreach (var stream in (ISpeechStream[])[own, foreign])
        {
            stream.Write("Hallo");
            stream.Complete();
        }

        Assert.Equal(["Hallo"], await Studio.Hear(own));
        var fault = await Assert.ThrowsAsync<EngineFaultException>(() => Studio.Hear(foreign));
        Assert.Equal(FaultKind.BadRequest, fault.Kind);
    }

    [Fact]
    public async Task A_deleted_voice_can_not_speak()
    {
        await using var studio = await Studio.Open();
        await studio.Speak("Hallo");
        studio.Vendor.Account.Voices.TryRemove(ElevenLabsAccount.FemaleVoice, out _);

        Assert.Equal(FaultKind.BadRequest, (await studio.Fault()).Kind);
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task A_model_that_takes_no_language_is_not_asked_for_one()
    {
        await using var studio = await Studio.Open(static options => options.Model = "eleven_multilingual_v2");

        Assert.Equal(["Hallo"], await studio.Speak("Hallo"));
        await studio.CloseWithoutLeaks();
    }

    [Fact]
    public async Task The_plan_of_the_account_is_learned_from_the_vendor_and_kept()
    {
        await using var studio = await Studio.Open(static options => options.Concurrency = 20);
        studio.Vendor.Account.Concurrency = 1;

        var heard = await Task.WhenAll(Enumerable.Range(0, 6).Select(speaker => studio.Speak($"Sprecher {speaker}", "und weiter")));

        Assert.All(heard, static clauses => Assert.Equal("und weiter", clauses[1]));
        Assert.Equal(0, studio.Ledger.CountOf("too_many_concurrent_requests"));
        await studio.CloseWithoutLeaks();
    }

    public static TheoryData<string> Variants => ["snake case", "flush done", "no alignments", "double alignments", "slow", "odd audio", "fragments", "huge message", "unknown message", "drip", "skewed times"];

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Nothing_that_the_vendor_varies_changes_what_is_heard(string variant)
    {
        await using var studio = await Studio.Open(script: variant switch
        {
            "snake case" => new ElevenLabsScript { SpeaksSnakeCase = true },
            "flush done" => new ElevenLabsScript { TellsFlushDone = true },
            "no alignments" => new ElevenLabsScript { Alignments = AlignmentForm.Null },
            "double alignments" => new ElevenLabsScript { Alignments = AlignmentForm.Duplicated },
            _ => new ElevenLabsScript { SamplesOfWord = 800 },
        });
        if (FormOf(variant) is { } form)
            studio.Vendor.Faults.Add(new PlannedFault(form, Where: "multi-stream-input", Times: 9, Delay: TimeSpan.FromMilliseconds(1)));

        var heard = studio.Speak("Guten Morgen,", "wie geht es?");
        await Until.True("all is heard", () =>
        {
            studio.Time.Advance(TimeSpan.FromMilliseconds(1));
            return heard.IsCompleted;
        });

        Assert.Equal(["Guten Morgen,", "wie geht es?"], await heard);
        await studio.CloseWithoutLeaks();
    }

    static FaultForm? FormOf(string variant) => variant switch
    {
        "slow" => FaultForm.SlowFirstByte,
        "odd audio" => FaultForm.OddAudio,
        "fragments" => FaultForm.Fragments,
        "huge message" => FaultForm.HugeMessage,
        "unknown message" => FaultForm.UnknownMessage,
        "drip" => FaultForm.Drip,
        "skewed times" => FaultForm.SkewedTimes,
        _ => null,
    };
}
