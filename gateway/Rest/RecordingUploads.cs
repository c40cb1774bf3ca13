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

    /// <summary>Reads a request's body and uses it while there is a place for it.</summary>
    /// <param name="read">Either what was read is set, or the problem.</param>
    public async Task<IResult> Take<T>(HttpContext context, Func<Task<(T? Read, IResult? Problem)>> read, Func<T, Task<IResult>> use)
        where T : class
    {
        await _places.WaitAsync(context.RequestAborted);
        try
        {
            var (found, problem) = await Try(read);
            return problem ?? await use(found!);
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

    /// <summary>A WAV file that is the body itself.</summary>
    public static async Task<(byte[]? Recording, IResult? Problem)> Read(HttpRequest request) => (await Read(request.Body, request.HttpContext.RequestAborted), null);

    public static async Task<byte[]> Read(Stream body, CancellationToken cancellationToken)
    {
        using var recording = new MemoryStream();
        await body.CopyToAsync(recording, cancellationToken);
        return recording.ToArray();
    }

    public void Dispose() => _places.Dispose();

    static async Task<(T?, IResult?)> Try<T>(Func<Task<(T?, IResult?)>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, VoiceProblems.TooLarge);
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            return (null, Problems.BadRequest("bad-form", "The body can't be read. Send a form as multipart/form-data, or a WAV file as audio/wav."));
        }
    }
}
