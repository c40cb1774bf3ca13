namespace VoiceGrains.Voices;

/// <summary>
/// A person's own voice, from their consent to its deletion. Key: <see cref="GrainKeys.Of(TenantId, string)"/>; the names of <see cref="StockVoices"/> are no
/// profiles. Nothing that was recorded leaves the product before a consent to it is stored, and nobody is spoken for with a voice whose consent does not hold.
/// All methods but <see cref="VoiceFor"/> may be repeated. None waits for the vendor: what happens there shows in <see cref="Describe"/>.
/// </summary>
[Alias("voicegrains.IVoiceProfileGrain")]
public interface IVoiceProfileGrain : IGrainWithStringKey
{
    [Alias("Create")]
    Task<VoiceOutcome> Create(NewVoice voice);

    /// <summary>
    /// Takes the next piece of a recording, in order. One recording at a time: a piece with number 0 drops what came before. It is kept in memory only, until
    /// <see cref="GiveConsent"/> or <see cref="TakeSample"/> names it.
    /// </summary>
    [Alias("Upload")]
    Task<VoiceOutcome> Upload(RecordingPiece piece);

    /// <summary>Records that the person agrees, with the uploaded recording of them saying so.</summary>
    [Alias("GiveConsent")]
    Task<VoiceOutcome> GiveConsent(ConsentGiven consent);

    /// <summary>Takes the uploaded recording as what the voice is made of, in place of one before. Refused without a consent that holds.</summary>
    [Alias("TakeSample")]
    Task<VoiceOutcome> TakeSample(string upload);

    /// <summary>Begins to make the voice. Refused without a consent that holds.</summary>
    [Alias("Clone")]
    Task<VoiceOutcome> Clone();

    /// <summary>Takes the consent back. From its return on no clause begins to be spoken with the voice; the vendor's voice and the recordings are deleted, however long that takes.</summary>
    [Alias("Revoke")]
    Task<VoiceOutcome> Revoke();

    /// <summary>Like <see cref="Revoke"/>, and the profile can't be used any more. Its consents stay as evidence, and its name is not given again.</summary>
    [Alias("Delete")]
    Task<VoiceOutcome> Delete();

    /// <summary>Null: there is no such profile.</summary>
    [Alias("Describe"), AlwaysInterleave]
    Task<VoiceDescription?> Describe();

    /// <summary>
    /// The voice for a language: the own one only when its consent holds for this use at this moment, else the stock voice of the profile's gender. Asked
    /// before each segment, and before each clause that the own voice speaks; an answer must not be kept. Null: no such profile.
    /// </summary>
    [Alias("VoiceFor"), AlwaysInterleave]
    Task<Voice?> VoiceFor(Language language, VoiceUse use);

    /// <summary>Whether a voice that the vendor has belongs to this profile. Learns from it that the voice has been verified.</summary>
    [Alias("Recognize")]
    Task<bool> Recognize(VendorVoice voice, string consent, bool requiresVerification);

    /// <summary>Goes on with what is unfinished: deletions, consents and samples whose time is over, what another activation had begun.</summary>
    [Alias("Tend")]
    Task Tend();
}

/// <summary>The profiles of one tenant, for lists. Key: <see cref="GrainKeys.Of(TenantId)"/>.</summary>
[Alias("voicegrains.IVoiceIndexGrain")]
public interface IVoiceIndexGrain : IGrainWithStringKey
{
    /// <summary>Takes a place, once for each profile. False: all are taken (<c>Voices:MaxProfiles</c>).</summary>
    [Alias("Add")]
    Task<bool> Add(string profile);

    [Alias("Remove")]
    Task Remove(string profile);

    /// <summary>By name.</summary>
    [Alias("List"), AlwaysInterleave]
    Task<System.Collections.Immutable.ImmutableArray<string>> List();
}

/// <summary>
/// Sees to it that what must be deleted is deleted, whichever silo died meanwhile. Key: <c>voices</c>. Every silo asks it to <see cref="Look"/> every 15 s, so
/// there is always one activation. Guarantee: within <c>Voices:SweepMinutes</c>, and at once after a start of the cluster, each profile with a slot or with
/// recordings is woken, and tries again what it must delete, every few seconds to minutes, until the vendor confirms; and each voice at the vendor that carries
/// this installation's labels and that no profile recognizes is deleted. So a voice is found by the profile, the slot or the vendor's own list, whatever was lost.
/// </summary>
[Alias("voicegrains.IVoiceUpkeepGrain")]
public interface IVoiceUpkeepGrain : IGrainWithStringKey
{
    /// <summary>Takes a slot at the vendor for a profile (by key), or keeps the one it has. False: the tenant has as many as <c>Voices:Slots</c>.</summary>
    [Alias("TakeSlot")]
    Task<bool> TakeSlot(string profile);

    /// <summary>Gives it back: the vendor has no voice of the profile any more.</summary>
    [Alias("ReleaseSlot")]
    Task ReleaseSlot(string profile);

    /// <summary>Begins a sweep when it is time, and returns at once.</summary>
    [Alias("Look")]
    Task Look();
}
