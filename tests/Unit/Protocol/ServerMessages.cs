using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using VoiceGrains.Protocol;

namespace VoiceGrains.Tests.Unit.Protocol;

/// <summary>What servers send reads the same at the client, and the words of the contract do not change.</summary>
public sealed class ServerMessages
{
    static readonly Caption Caption =
        new("ana", 3, 7, "en", "es", "Good morning.", " How", false, "good", "spoken", RightToLeft: false, new LatencyMs(120.5, 3));

    public static TheoryData<ServerMessage, string> Types => new()
    {
        { new Welcome("local-abcdefgh", "ana", 2, 5, 4, 3, "token", CanBeRecognized: true, ["ws://127.0.0.1:1"]), "welcome" },
        { new Ack(4, 3, 6, "sealed"), "ack" },
        { new Resend(4), "resend" },
        { new StreamMessage(1, "ana"), "stream" },
        { Caption, "caption" },
        { new SpeechBegin(1, "ana", "en", 3, 1, "Good morning.", new LatencyMs()), "speech.begin" },
        { new SpeechEnd(1, "ana", "en", 3, 1, 4, 812.5, Whole: true), "speech.end" },
        { new Notice("no-voice", "No voice.", "ana"), "notice" },
        { new Error("bad-frame", "Send it well.", Fatal: true), "error" },
        { new Moving(["ws://127.0.0.1:1", "ws://127.0.0.1:2"]), "moving" },
        { new Ended("requested"), "ended" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Each_message_has_its_type_and_reads_as_it_was(ServerMessage message, string type)
    {
        var json = ProtocolJson.Write(message);

        Assert.Equal(type, JsonDocument.Parse(json).RootElement.GetProperty("type").GetString());
        var read = ProtocolJson.ReadServer(json);
        Assert.IsType(message.GetType(), read);
        Assert.Equal(json, ProtocolJson.Write(read));
    }

    [Fact]
    public void A_caption_has_the_field_names_of_the_contract_and_leaves_out_what_is_not_known()
    {
        var fields = JsonDocument.Parse(ProtocolJson.Write(Caption)).RootElement;

        Assert.Equal(
            ["type", "speaker", "segment", "revision", "language", "spokenLanguage", "text", "tail", "final", "quality", "origin", "rightToLeft", "latency"],
            fields.EnumerateObject().Select(static field => field.Name));
        Assert.Equal(["recognize", "translate"], fields.GetProperty("latency").EnumerateObject().Select(static field => field.Name));
    }

    [Fact]
    public void A_roster_reads_as_it_was()
    {
        var roster = new RosterMessage([new RosterParticipant("ana", "Ana", "es", true, false, true), new RosterParticipant("bob", "Bob", "en", false, true, false)]);

        var read = Assert.IsType<RosterMessage>(ProtocolJson.ReadServer(ProtocolJson.Write(roster)));

        Assert.Equal(roster.Participants, read.Participants);
    }

    [Fact]
    public void Text_of_any_script_arrives_whole() => Law.Holds(
        Any.Text.Where(static text => !text.Any(char.IsSurrogate)),
        static text => ProtocolJson.ReadServer(ProtocolJson.Write(new Notice(text, text))) is Notice notice && notice.Text == text);

    [Fact]
    public void Half_a_surrogate_pair_does_not_stop_a_message() =>
        Assert.IsType<Notice>(ProtocolJson.ReadServer(ProtocolJson.Write(new Notice("kind", "half \uD83D"))));

    [Fact]
    public void A_type_of_a_later_version_is_passed_over() =>
        Assert.Null(ProtocolJson.ReadServer(Encoding.UTF8.GetBytes("""{"type":"weather","text":"sunny"}""")));

    [Fact]
    public void A_field_of_a_later_version_is_passed_over() =>
        Assert.Equal(new Resend(4), ProtocolJson.ReadServer(Encoding.UTF8.GetBytes("""{"type":"resend","from":4,"because":"gap"}""")));

    [Fact]
    public void Codes_below_4500_tell_a_client_to_come_back()
    {
        CloseCode[] comeBack = [CloseCode.Draining, CloseCode.TooSlow, CloseCode.Unavailable];

        var ofTheServer = Enum.GetValues<CloseCode>().Where(static code => code != CloseCode.Normal);

        Assert.All(ofTheServer, code => Assert.Equal(comeBack.Contains(code), (int)code < 4_500));
        Assert.All(ofTheServer, static code => Assert.InRange((int)code, 4_000, 4_999));
    }
}
