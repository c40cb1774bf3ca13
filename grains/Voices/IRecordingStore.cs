namespace VoiceGrains.Voices;

/// <summary>
/// Where recordings of people are kept, and nowhere else: a sample until the voice is made of it, the recording of a consent until the consent ends. One of each
/// kind for each profile. Failures are exceptions of the store; everything may be repeated.
/// </summary>
public interface IRecordingStore
{
    /// <summary>Keeps a WAV file, in place of one before.</summary>
    Task Write(string profile, RecordingKind kind, ReadOnlyMemory<byte> wav, CancellationToken cancellationToken);

    /// <summary>Null: there is none.</summary>
    Task<byte[]?> Read(string profile, RecordingKind kind, CancellationToken cancellationToken);

    Task Delete(string profile, RecordingKind kind, CancellationToken cancellationToken);

    /// <summary>Profiles (by key) that recordings are kept of.</summary>
    Task<IReadOnlyList<string>> Profiles(CancellationToken cancellationToken);

    /// <summary>What tells this installation's voices from those of others that use the same account at the vendor. The same for as long as what is kept.</summary>
    Task<string> Installation(CancellationToken cancellationToken);
}

/// <summary>What a recording is for.</summary>
public enum RecordingKind
{
    /// <summary>Somebody says that they agree.</summary>
    Consent = 1,

    /// <summary>What a voice is made of.</summary>
    Sample = 2,
}
