using VoiceGrains.Engines;
using VoiceGrains.Silo.Engines.Anthropic;
using VoiceGrains.Silo.Engines.OpenAI;
using VoiceGrains.Tests.Emulators.Common;
using VoiceGrains.Tests.Engines.Chat;
using VoiceGrains.Tests.Engines.ElevenLabs;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.Engines;

/// <summary>
/// <c>Engines:VENDOR:ConnectLimit</c> of each vendor. Where the runtime connects, it is the machine's clock that counts; the one of the deadlines stands still, so that
/// nothing else can end the wait. Deepgram's is among its faults.
/// </summary>
public sealed class ConnectLimits
{
    static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_translation_does_not_wait_longer_for_a_connection(string vendor)
    {
        using var nobody = new UnreachableVendor();
        var time = new ManualTime();
        using var account = new OpenAIAccount(new OpenAIOptions { Url = nobody.Address, Chat = ChatAtWork.Deadlines, ConnectLimit = Limit }, ChatAtWork.KeyOf("key"), time);
        using var anthropic = new AnthropicTranslator(
            new AnthropicOptions { Url = nobody.Address, Chat = ChatAtWork.Deadlines, ConnectLimit = Limit }, ChatAtWork.KeyOf("key"), time);
        ITranslator translator = vendor == "openai" ? new OpenAITranslator(account) : anthropic;

        var fault = await FaultOf(translator.Translate(ChatAtWork.From("good morning"), default), time);

        Assert.Equal((FaultKind.Stalled, "No connection within the limit."), (fault.Kind, fault.Message));
    }

    [Fact]
    public async Task Speech_of_OpenAI_does_not_wait_longer_for_a_connection()
    {
        using var nobody = new UnreachableVendor();
        var time = new ManualTime();
        using var account = new OpenAIAccount(new OpenAIOptions { Url = nobody.Address, Speech = ChatAtWork.Deadlines, ConnectLimit = Limit }, ChatAtWork.KeyOf("key"), time);
        await using var stream = new OpenAISpeech(account).Open(Studio.German);
        stream.Write("Hallo");
        stream.Complete();

        var fault = await FaultOf(stream.Chunks(default), time);

        Assert.Equal((FaultKind.Stalled, "No connection within the limit."), (fault.Kind, fault.Message));
    }

    [Fact]
    public async Task Speech_of_ElevenLabs_over_HTTP_does_not_wait_longer_for_a_connection()
    {
        using var nobody = new UnreachableVendor();
        await using var studio = await Studio.Open(options => (options.Url, options.Transport, options.ConnectLimit) = (nobody.Address.ToString(), "http", Limit));
        await using var stream = studio.Begin("Hallo");

        var fault = await FaultOf(stream.Chunks(default), studio.Time);

        Assert.Equal((FaultKind.Stalled, "ElevenLabs gave no connection in time."), (fault.Kind, fault.Message));
    }

    [Fact]
    public async Task A_socket_of_ElevenLabs_is_not_waited_for_longer()
    {
        await using var studio = await Studio.Open(static options => (options.ConnectLimit, options.FirstAudioLimit) = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(50)));
        studio.Vendor.Faults.Add(new PlannedFault(FaultForm.HangBeforeHeaders, "multi-stream-input"));
        await using var stream = studio.Begin("Hallo");
        var hearing = Assert.ThrowsAsync<EngineFaultException>(() => Studio.Hear(stream));
        await Until.True("the vendor hangs", () => studio.Ledger.CountOf("multi-stream-input") == 1);

        studio.Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(hearing.IsCompleted, "it was given up before its limit");
        studio.Time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(FaultKind.Stalled, (await Until.Done("the fault", hearing)).Kind);
        await studio.CloseWithoutLeaks();
    }

    // Time passes only for the pause before a second try, far from every deadline.
    static async Task<EngineFaultException> FaultOf<T>(IAsyncEnumerable<T> answer, ManualTime time)
    {
        var reading = Assert.ThrowsAsync<EngineFaultException>(async () =>
        {
            await foreach (var _ in answer)
            {
                // Nothing comes.
            }
        });
        await Until.True("it is given up", () =>
        {
            time.Advance(TimeSpan.FromMilliseconds(5));
            return reading.IsCompleted;
        });
        return await reading;
    }
}
