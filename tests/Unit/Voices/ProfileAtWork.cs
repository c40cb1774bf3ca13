using System.Collections.Immutable;
using System.Text.Json;
using Orleans.Runtime;
using VoiceGrains.Engines;
using VoiceGrains.Tests.Support;
using VoiceGrains.Voices;

namespace VoiceGrains.Tests.Unit.Voices;

/// <summary>A profile with its store, a vendor that does as it is told, and the upkeep.</summary>
sealed class ProfileAtWork : IAsyncDisposable
{
    public const string Key = "acme/voice-1";
    public static readonly PersonId Ana = new("ana");
    public static readonly CallId Call = new("local-k3v9x2m4q7ab");
    static readonly Language Spanish = Language.Parse("es");

    int _uploads;

    public ProfileAtWork()
    {
        Services = new VoiceServices(Cloner, Recordings, new VoiceOptions { Installation = "here" }, Time);
        Life = Begin();
    }

    public ManualTime Time { get; } = new();

    public ToldCloner Cloner { get; } = new();

    public MemoryRecordingStore Recordings { get; } = new();

    public KeptState<VoiceProfileState> State { get; } = new();

    public ToldUpkeep Upkeep { get; } = new();

    public VoiceServices Services { get; set; }

    public ProfileLife Life { get; private set; }

    public ProfileStatus Status => Life.Describe()!.Status;

    /// <summary>The vendor's voice that a use gets; null: the stock voice.</summary>
    public string? OwnVoice(PersonId? person = null, CallId? call = null) => Life.VoiceFor(Spanish, new VoiceUse(person ?? Ana, call ?? Call))!.Own?.Id;

    /// <summary>The activation ends, and another begins with what is stored.</summary>
    public async Task Restart()
    {
        await Life.DisposeAsync();
        State.Read();
        Life = Begin();
    }

    public Task<VoiceOutcome> Consent(PersonId? person = null, CallId? call = null, DateTimeOffset? expiresAt = null, byte[]? recording = null) =>
        Life.GiveConsent(new ConsentGiven(person ?? Ana, "v1", new string('0', 64), Uploaded(recording ?? SpokenSample.Consent), call, expiresAt));

    public Task<VoiceOutcome> Sample(byte[]? recording = null) => Life.TakeSample(Uploaded(recording ?? SpokenSample.Good));

    /// <summary>Everything up to the request to the vendor.</summary>
    public async Task BeginClone()
    {
        await Life.Create(new NewVoice(Ana, Gender.Female));
        Assert.Null((await Consent()).Refusal);
        Assert.Null((await Sample()).Refusal);
        Assert.Null((await Life.Clone()).Refusal);
    }

    public async Task MakeReady()
    {
        await BeginClone();
        await Settle();
        Assert.Equal(ProfileStatus.Ready, Status);
    }

    /// <summary>As the timer of its grain does, until there is nothing to do.</summary>
    public Task Settle() => Until.True("nothing is unfinished", async () =>
    {
        await Life.Tend();
        Time.Advance(TimeSpan.FromSeconds(1));
        return !Life.IsUnfinished;
    });

    public async Task<bool> Keeps(RecordingKind kind) => await Recordings.Read(Key, kind, CancellationToken.None) is not null;

    public string Uploaded(byte[] recording)
    {
        var upload = $"upload-{++_uploads}";
        var half = recording.Length / 2;
        Life.Upload(new RecordingPiece(upload, 0, recording.AsMemory(0, half)));
        Life.Upload(new RecordingPiece(upload, 1, recording.AsMemory(half)));
        return upload;
    }

    public ValueTask DisposeAsync() => Life.DisposeAsync();

    ProfileLife Begin() => new(Key, new ProfileStore(State), Services, Upkeep, Upkeep);
}

/// <summary>A vendor that does as it is told.</summary>
sealed class ToldCloner : IVoiceCloner
{
    public Dictionary<string, ClonedVoice> Voices { get; } = [];

    public List<CloneRequest> Sent { get; } = [];

    public int Deletes { get; private set; }

    public FaultKind? CloneFault { get; set; }

    public FaultKind? DeleteFault { get; set; }

    public TimeSpan? RetryAfter { get; set; }

    public bool RequiresVerification { get; set; }

    /// <summary>Clones wait for it.</summary>
    public TaskCompletionSource? Hold { get; set; }

    /// <summary>Whether a request that is given up makes the voice all the same.</summary>
    public bool IgnoresCancelling { get; set; }

    public string Name => "told";

    public async Task<ClonedVoice> Clone(CloneRequest request, CancellationToken cancellationToken)
    {
        Sent.Add(request);
        if (Hold is not null)
            await (IgnoresCancelling ? Hold.Task : Hold.Task.WaitAsync(cancellationToken));
        if (CloneFault is { } kind)
            throw new EngineFaultException(Name, kind, "Told to fail.");
        var voice = new ClonedVoice($"v{Sent.Count}", RequiresVerification, request.Labels);
        return Voices[voice.Id] = voice;
    }

    public Task Delete(string voice, CancellationToken cancellationToken)
    {
        Deletes++;
        if (DeleteFault is { } kind)
            throw new EngineFaultException(Name, kind, "Told to fail.") { RetryAfter = RetryAfter };
        Voices.Remove(voice);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ClonedVoice>> List(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ClonedVoice>>([.. Voices.Values]);
}

/// <summary>Slots and names, in memory.</summary>
sealed class ToldUpkeep : IVoiceUpkeepGrain, IVoiceIndexGrain
{
    public HashSet<string> Slots { get; } = [];

    public SortedSet<string> Names { get; } = [];

    public bool IsFull { get; set; }

    public Task<bool> TakeSlot(string profile) => Task.FromResult(!IsFull && (Slots.Add(profile) || true));

    public Task ReleaseSlot(string profile) => Task.FromResult(Slots.Remove(profile));

    public Task Look() => throw new NotSupportedException();

    public Task<bool> Add(string profile) => Task.FromResult(!IsFull && (Names.Add(profile) || true));

    public Task Remove(string profile) => Task.FromResult(Names.Remove(profile));

    public Task<ImmutableArray<string>> List() => Task.FromResult<ImmutableArray<string>>([.. Names]);
}

/// <summary>Stored state that goes through JSON, as in the real stores.</summary>
sealed class KeptState<T> : IPersistentState<T>
    where T : new()
{
    byte[]? _stored;

    public T State { get; set; } = new();

    public string? Etag => null;

    public bool RecordExists => _stored is not null;

    /// <summary>Whether the store is away.</summary>
    public bool IsAway { get; set; }

    public string Text => System.Text.Encoding.UTF8.GetString(_stored ?? []);

    public void Read() => State = _stored is null ? new T() : JsonSerializer.Deserialize<T>(_stored)!;

    public Task ReadStateAsync()
    {
        Read();
        return Task.CompletedTask;
    }

    public Task WriteStateAsync()
    {
        if (IsAway)
            throw new IOException("The store is away.");
        _stored = JsonSerializer.SerializeToUtf8Bytes(State);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync() => throw new NotSupportedException();
}
