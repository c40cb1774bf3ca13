using VoiceGrains.Voices;

namespace VoiceGrains.Gateway.Rest;

/// <summary>Recordings on their way from a client to a profile. They are in memory only, so there are few at a time; further ones wait.</summary>
sealed class RecordingUploads : IDisposable
{
    /// <summary>A recording, and the rest of a form.</summary>
    public const int LargestBody = LargestRecording + (64 * 1024);

    public const int LargestRecording = 12 * 1024 * 1024;

    const int MostAtATime = 4;
    const int Piece = 256 * 1024;

    readonly SemaphoreSlim _places = new(MostAtATime, MostAtATime);

    /// <summary>Reads and uses a recording while there is a place for it.</summary>
    public async Task<IResult> Take(CancellationToken cancellationToken, Func<Task<IResult>> take)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await take();
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return VoiceProblems.TooLarge;
        }
        catch (Exception error) when (error is BadHttpRequestException or InvalidDataException)
        {
            return Problems.BadRequest("bad-form", "The body can't be read. Send a form as multipart/form-data, or a WAV file as audio/wav.");
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Sends a recording to the profile. Either its name there is set, or why it was refused.</summary>
    public static async Task<(string? Upload, VoiceOutcome? Refused)> Send(IVoiceProfileGrain profile, ReadOnlyMemory<byte> recording)
    {
        var upload = Guid.NewGuid().ToString("N");
        for (var at = 0; at == 0 || at < recording.Length; at += Piece)
        {
            var outcome = await profile.Upload(new RecordingPiece(upload, at / Piece, recording.Slice(at, Math.Min(Piece, recording.Length - at))));
            if (outcome.Refusal is not null)
                return (null, outcome);
        }

        return (upload, null);
    }

    public static async Task<ReadOnlyMemory<byte>> Read(Stream body, CancellationToken cancellationToken)
    {
        using var recording = new MemoryStream();
        await body.CopyToAsync(recording, cancellationToken);
        return recording.ToArray();
    }

    public void Dispose() => _places.Dispose();
}
