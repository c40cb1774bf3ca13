using System.Net.Http.Headers;
using System.Text.Json;
using VoiceGrains.Audio;
using VoiceGrains.Client;
using VoiceGrains.Tests.EndToEnd.Harness;
using VoiceGrains.Tests.Support;

namespace VoiceGrains.Tests.EndToEnd.Voices;

/// <summary>A process whose vendor of voices is a folder, so that a test sees what the vendor has and tells it how to answer.</summary>
public sealed class VoiceSilo : IAsyncLifetime
{
    public SiloProcess Silo { get; private set; } = null!;

    public VendorFolder Vendor { get; } = new();

    public async ValueTask InitializeAsync() => Silo = await SiloProcess.Start([.. SiloProcess.Scripted, .. Vendor.Settings, "--Scripted:SynthesisSpeed", "1"]);

    public async ValueTask DisposeAsync()
    {
        Assert.Equal(0, await Silo.Stop());
        await Silo.DisposeAsync();
        Assert.Empty(Silo.Errors);
        Vendor.Dispose();
    }
}

/// <summary>The account at the scripted vendor.</summary>
public sealed class VendorFolder : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voices-");

    public string[] Settings => ["--Engines:Cloner", "scripted", "--Scripted:ClonerFolder", _folder.FullName];

    /// <summary>Ids of the voices that it has.</summary>
    public IReadOnlyList<string> Voices => [.. _folder.EnumerateFiles("*.voice").Select(static file => Path.GetFileNameWithoutExtension(file.Name))];

    /// <summary>The voices whose labels name a profile.</summary>
    public IReadOnlyList<string> VoicesOf(string profile) =>
        [.. Voices.Where(voice => File.ReadAllText(Path.Combine(_folder.FullName, voice + ".voice")).Contains($"\"{profile}\"", StringComparison.Ordinal))];

    /// <summary>How many samples have left the product.</summary>
    public int Sent => new FileInfo(Path.Combine(_folder.FullName, "sent")) is { Exists: true } sent ? (int)sent.Length : 0;

    public void Tell(string answer) => File.WriteAllText(Path.Combine(_folder.FullName, answer), "");

    public void TellNoMore(string answer) => File.Delete(Path.Combine(_folder.FullName, answer));

    public void Dispose() => _folder.Delete(recursive: true);
}

/// <summary>A profile over REST.</summary>
sealed class VoiceOverRest(SiloProcess silo, string voice, string person = "ana", string key = SiloProcess.ApiKey)
{
    static readonly byte[] Spoken = Hum(6, 8_000);
    static readonly byte[] Good = Hum(90, 16_000);

    public string Path => $"/v1/voices/{voice}";

    public Task<(int Status, JsonElement Body)> Create() => Send(HttpMethod.Post, "/v1/voices", new StringContent(
        JsonSerializer.Serialize(new { voice, person, gender = "female" }), new MediaTypeHeaderValue("application/json")));

    public Task<(int Status, JsonElement Body)> Consent(string? by = null, byte[]? recording = null, params (string Name, string Value)[] more)
    {
        var form = new MultipartFormDataContent();
        (string Name, string Value)[] usual = [("person", by ?? person), ("wording", "v1"), ("text", "I agree that my voice is cloned for my calls.")];
        foreach (var (name, value) in usual.Where(field => more.All(other => other.Name != field.Name)).Concat(more))
            form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent(recording ?? Spoken), "recording", "consent.wav");
        return Send(HttpMethod.Post, Path + "/consent", form);
    }

    public Task<(int Status, JsonElement Body)> Sample(byte[]? recording = null) => Send(HttpMethod.Post, Path + "/samples", new ByteArrayContent(recording ?? Good));

    public Task<(int Status, JsonElement Body)> Clone() => Send(HttpMethod.Post, Path + "/clone");

    public Task<(int Status, JsonElement Body)> Revoke() => Send(HttpMethod.Post, Path + "/revoke");

    public Task<(int Status, JsonElement Body)> Delete() => Send(HttpMethod.Delete, Path);

    public Task<(int Status, JsonElement Body)> Get() => Send(HttpMethod.Get, Path);

    public Task Until(string status) => Tests.Support.Until.True($"the voice is {status}", async () => (await Get()).Body.GetProperty("status").GetString() == status);

    public Task UntilClean() => Tests.Support.Until.True("nothing of the voice is left", async () => (await Get()).Body.GetProperty("clean").GetBoolean());

    /// <summary>From nothing to a voice that can speak.</summary>
    public async Task MakeReady()
    {
        Assert.Equal(201, (await Create()).Status);
        Assert.Equal(200, (await Consent()).Status);
        Assert.Equal(200, (await Sample()).Status);
        Assert.Equal(202, (await Clone()).Status);
        await Until("ready");
    }

    /// <summary>Asks for a ticket with the voice.</summary>
    public Task<(int Status, JsonElement Body)> Ticket(TestCall call, string participant, string? of = null) => Send(HttpMethod.Post, $"/v1/calls/{call.Id}/tickets", new StringContent(
        JsonSerializer.Serialize(new { participant, language = "en", voice, person = of ?? person }), new MediaTypeHeaderValue("application/json")));

    /// <summary>Joins as the person.</summary>
    public async Task<Member> Join(TestCall call, string participant, Protocol.Hello hello)
    {
        var (status, body) = await Ticket(call, participant);
        Assert.Equal(201, status);
        return await call.Connect(new Uri(body.GetProperty("socket").GetString()!), body.GetProperty("ticket").GetString()!, hello);
    }

    /// <summary>Somebody who hums instead of speaking.</summary>
    public static byte[] Hum(int seconds, int rate)
    {
        var audio = new byte[seconds * rate * 2];
        for (var i = 0; i < audio.Length / 2; i++)
        {
            if (i % rate < rate * 4 / 5)
                BitConverter.TryWriteBytes(audio.AsSpan(2 * i), (short)(4_600 * Math.Sin(2 * Math.PI * 220 * i / rate)));
        }

        using var file = new MemoryStream();
        WavFile.Write(file, rate, audio);
        return file.ToArray();
    }

    Task<(int Status, JsonElement Body)> Send(HttpMethod method, string path, HttpContent? content = null) => silo.Address.Send(method, path, content, key);
}
