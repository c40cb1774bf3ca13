namespace VoiceGrains.Voices;

/// <summary>One recording that comes in pieces, in memory only. A newer one takes its place.</summary>
sealed class Uploads
{
    /// <summary>Two minutes at 48 kHz, and its header.</summary>
    public const int Largest = 12 * 1024 * 1024;

    MemoryStream _audio = new();
    string? _upload;
    int _next;

    /// <summary>Takes a piece; one that came already is dropped.</summary>
    public VoiceRefusal? Take(RecordingPiece piece)
    {
        if (piece.Number == 0 && piece.Upload != _upload)
            (_upload, _next, _audio) = (piece.Upload, 0, new MemoryStream());
        if (piece.Upload != _upload || piece.Number > _next)
            return VoiceRefusal.UploadUnknown;
        if (piece.Number < _next)
            return null;
        if (_audio.Length + piece.Audio.Length > Largest)
        {
            Drop();
            return VoiceRefusal.UploadTooLarge;
        }

        _audio.Write(piece.Audio.Span);
        _next++;
        return null;
    }

    /// <summary>The recording. Null: it is not here.</summary>
    public byte[]? Find(string upload) => upload == _upload ? _audio.ToArray() : null;

    public void Drop() => (_upload, _next, _audio) = (null, 0, new MemoryStream());
}
