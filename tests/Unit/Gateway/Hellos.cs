using VoiceGrains.Audio;
using VoiceGrains.Calls;
using VoiceGrains.Gateway.Sockets;
using VoiceGrains.Protocol;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Unit.Gateway;

/// <summary>A hello is taken with its defaults, or refused with the name of the mistake.</summary>
public sealed class Hellos
{
    [Fact]
    public void An_empty_hello_gets_the_language_of_the_ticket_and_the_defaults()
    {
        var greeting = Greet(new Hello());

        Assert.Equal(
            new Greeting("Ana María", Language.Parse("es"), Wants.Captions | Wants.Speech, "stock-female", AudioFormat.Cluster, AudioFormat.Cluster, null, greeting.Listening),
            greeting);
        Assert.True(greeting.Listening.IsNewcomer);
    }

    [Fact]
    public void What_a_hello_asks_for_is_taken()
    {
        Assert.SkipUnless(Resampler.IsAvailable, "libspeexdsp1 is not installed.");

        var greeting = Greet(new Hello("pt-br", ["original", "original-captions"], "stock-male", "mulaw8", "pcm48"));

        Assert.Equal("pt-BR", greeting.Language.Tag);
        Assert.Equal(Wants.Original | Wants.OriginalCaptions, greeting.Wants);
        Assert.Equal(("stock-male", "mulaw8", "pcm48"), (greeting.Voice, greeting.In.Name, greeting.Out.Name));
    }

    [Theory]
    [InlineData(null, "voice-1")]
    [InlineData("voice-1", "voice-1")]
    [InlineData("voice-1+warm", "voice-1+warm")]
    [InlineData("stock-neutral+telephone", "stock-neutral+telephone")]
    public void A_ticket_with_an_own_voice_lets_it_be_used(string? asked, string taken)
    {
        var ticket = TicketForge.TicketAt(new ManualTime()) with { Voice = "voice-1", Person = new PersonId("ana") };

        Assert.True(Handshake.TryRead(new Hello(Voice: asked), ticket, new ManualTime(), out var greeting, out _));

        Assert.Equal(taken, greeting.Voice);
    }

    [Fact]
    public void A_ticket_with_one_own_voice_does_not_open_another()
    {
        var ticket = TicketForge.TicketAt(new ManualTime()) with { Voice = "voice-1", Person = new PersonId("ana") };

        Assert.False(Handshake.TryRead(new Hello(Voice: "voice-2"), ticket, new ManualTime(), out _, out var mistake));

        Assert.Equal("voice-not-yours", mistake.Code);
    }

    [Theory]
    [InlineData(true, " Nora  Smith ", "Nora Smith", null)]
    [InlineData(true, null, "Ana María", null)]
    [InlineData(false, "Ana María", "Ana María", null)]
    [InlineData(false, "Nora", null, "name-not-yours")]
    [InlineData(true, " ", null, "bad-name")]
    [InlineData(true, "Nora\u202Eimda", null, "bad-name")]
    public void A_name_is_chosen_only_where_the_ticket_says_so(bool mayChoose, string? asked, string? taken, string? mistake)
    {
        var ticket = TicketForge.TicketAt(new ManualTime()) with { MayChooseName = mayChoose };

        var isTaken = Handshake.TryRead(new Hello(Name: asked), ticket, new ManualTime(), out var greeting, out var found);

        Assert.Equal((taken is not null, taken, mistake), (isTaken, greeting?.Name, found.Code));
    }

    [Fact]
    public void A_listener_may_want_nothing() => Assert.Equal(Wants.None, Greet(new Hello(Wants: [])).Wants);

    public static TheoryData<Hello, string> Mistakes => new()
    {
        { new Hello(Language: "English please"), "bad-language" },
        { new Hello(Language: ""), "bad-language" },
        { new Hello(Wants: ["captions", "video"]), "bad-wants" },
        { new Hello(Wants: ["Captions"]), "bad-wants" },
        { new Hello(Wants: [null!]), "bad-wants" },
        { new Hello(AudioIn: "mp3"), "bad-audio-format" },
        { new Hello(AudioOut: ""), "bad-audio-format" },
        { new Hello(Voice: ""), "bad-voice" },
        { new Hello(Voice: new string('v', 65)), "bad-voice" },
        { new Hello(Voice: "stock-robot"), "bad-voice" },
        { new Hello(Voice: "stock-male+loud"), "bad-voice" },
        { new Hello(Voice: "stock-male+"), "bad-voice" },
        { new Hello(Voice: "other/voice-1"), "bad-voice" },
        { new Hello(Voice: "Stock-male"), "bad-voice" },
        { new Hello(Voice: "voice-1"), "voice-not-yours" },
        { new Hello(Voice: "voice-1+warm"), "voice-not-yours" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named(Hello hello, string expected)
    {
        var isGood = Handshake.TryRead(hello, TicketForge.TicketAt(new ManualTime()), new ManualTime(), out var greeting, out var mistake);

        Assert.False(isGood);
        Assert.Null(greeting);
        Assert.Equal(expected, mistake.Code);
        Assert.NotEmpty(mistake.Message);
    }

    static Greeting Greet(Hello hello)
    {
        Assert.True(Handshake.TryRead(hello, TicketForge.TicketAt(new ManualTime()), new ManualTime(), out var greeting, out _));
        return greeting;
    }
}
