using System.Collections.Immutable;

namespace VoiceGrains.Engines;

/// <summary>Makes voices of recordings, at a vendor. Whoever calls it has checked the consent: this port knows nothing of it.</summary>
public interface IVoiceCloner
{
    /// <summary>Name of the synthesizer that speaks with the voices, for example <c>elevenlabs</c>.</summary>
    string Name { get; }

    /// <summary>Makes a voice. Throws <see cref="EngineFaultException"/>; when all slots of the account are taken with <see cref="FaultKind.Quota"/>.</summary>
    Task<ClonedVoice> Clone(CloneRequest request, CancellationToken cancellationToken);

    /// <summary>Deletes a voice; one that does not exist counts as deleted. Throws <see cref="EngineFaultException"/>.</summary>
    Task Delete(string voice, CancellationToken cancellationToken);

    /// <summary>All voices of the account that carry labels of this product: those that nobody knows any more are to be deleted. Throws <see cref="EngineFaultException"/>.</summary>
    Task<IReadOnlyList<ClonedVoice>> List(CancellationToken cancellationToken);
}

/// <summary>What a voice is made of.</summary>
/// <param name="Name">Shown at the vendor; names no person.</param>
/// <param name="Labels">Kept at the vendor: tenant, profile and consent, so that a voice without an owner is found.</param>
/// <param name="Samples">WAV files, PCM 16 bit mono.</param>
public sealed record CloneRequest(string Name, ImmutableDictionary<string, string> Labels, ImmutableArray<ReadOnlyMemory<byte>> Samples);

/// <summary>A voice at the vendor.</summary>
/// <param name="RequiresVerification">It can't speak before its owner has proved to the vendor that it is theirs.</param>
public sealed record ClonedVoice(string Id, bool RequiresVerification, ImmutableDictionary<string, string> Labels);
