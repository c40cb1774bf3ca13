using System.Runtime.InteropServices;
using System.Text;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.PocketSphinx;

/// <summary>What a decoder found.</summary>
/// <param name="Score">Path score for each frame of 10 ms: nearer to zero is better.</param>
sealed record Hypothesis(string Text, double Score);

/// <summary>One decoder of one language model. Not thread-safe.</summary>
sealed unsafe class Decoder : IDisposable
{
    const string Name = "phrasebook";
    const int Block = 1_600;

    nint _config;
    nint _decoder;
    bool _isListening;

    public Decoder(LanguageModel model)
    {
        _config = Configure(model.Arguments);
        try
        {
            Load(model);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    void Load(LanguageModel model)
    {
        _decoder = Native.ps_init(_config);
        if (_decoder == 0)
            throw Fault("pocketsphinx can't be started with its model. Run ./voicegrains doctor.");
        var loaded = model.Grammar is not null
            ? Native.ps_set_jsgf_string(_decoder, Name, model.Grammar)
            : Native.ps_set_lm_file(_decoder, Name, model.LanguageModelFile!);
        if (loaded != 0 || Native.ps_set_search(_decoder, Name) != 0)
            throw Fault("pocketsphinx refused the grammar of a phrasebook.");
    }

    /// <summary>Begins an utterance, after dropping one that may be open.</summary>
    public void Start()
    {
        if (_isListening)
            Native.ps_end_utt(_decoder);
        // A new stream: its frames count from zero, and nothing learned of another speaker's noise stays.
        if (Native.ps_start_stream(_decoder) != 0 || Native.ps_start_utt(_decoder) != 0)
            throw Fault("pocketsphinx could not begin an utterance.");
        _isListening = true;
    }

    public void Hear(ReadOnlySpan<short> samples)
    {
        fixed (short* first = samples)
        {
            // In blocks: with more than its feature buffer holds at once, the library reads past its end and takes the process along.
            for (var at = 0; at < samples.Length; at += Block)
            {
                if (Native.ps_process_raw(_decoder, first + at, (nuint)Math.Min(Block, samples.Length - at), 0, 0) < 0)
                    throw Fault("pocketsphinx could not take audio.");
            }
        }
    }

    /// <summary>The best guess so far.</summary>
    public string? Guess() => Marshal.PtrToStringUTF8(Native.ps_get_hyp(_decoder, out _));

    /// <summary>Ends the utterance. Null: no whole sentence of the grammar fits.</summary>
    public Hypothesis? Finish()
    {
        _isListening = false;
        if (Native.ps_end_utt(_decoder) != 0)
            throw Fault("pocketsphinx could not end an utterance.");
        var text = Marshal.PtrToStringUTF8(Native.ps_get_hyp(_decoder, out var score));
        var frames = Native.ps_get_n_frames(_decoder);
        return string.IsNullOrEmpty(text) || frames <= 0 ? null : new Hypothesis(text, (double)score / frames);
    }

    /// <summary>Decodes a whole utterance at once, which normalises it by its own mean and so copes better with a new voice or room.</summary>
    public Hypothesis? Decode(ReadOnlySpan<short> samples)
    {
        Start();
        fixed (short* first = samples)
        {
            if (Native.ps_process_raw(_decoder, first, (nuint)samples.Length, 0, 1) < 0)
                throw Fault("pocketsphinx could not take audio.");
        }

        return Finish();
    }

    /// <summary>The words of the finished utterance with their times in frames of 10 ms; fillers are left out.</summary>
    public List<(string Word, int Start, int End)> Segments()
    {
        var words = new List<(string, int, int)>();
        for (var segment = Native.ps_seg_iter(_decoder); segment != 0; segment = Native.ps_seg_next(segment))
        {
            var word = Marshal.PtrToStringUTF8(Native.ps_seg_word(segment)) ?? "";
            Native.ps_seg_frames(segment, out var start, out var end);
            if (word.Length > 0 && word[0] is not ('<' or '['))
                words.Add((word.Split('(')[0], start, end));
        }

        return words;
    }

    public void Dispose()
    {
        if (_decoder != 0)
            Native.ps_free(_decoder);
        if (_config != 0)
            Native.cmd_ln_free_r(_config);
        (_decoder, _config) = (0, 0);
    }

    static EngineFaultException Fault(string message) => new("pocketsphinx", FaultKind.Transport, message);

    static nint Configure(IReadOnlyList<string> arguments)
    {
        var texts = arguments.Prepend("pocketsphinx").Select(static text => Encoding.UTF8.GetBytes(text + '\0')).ToArray();
        var handles = texts.Select(static text => GCHandle.Alloc(text, GCHandleType.Pinned)).ToArray();
        try
        {
            var pointers = stackalloc byte*[texts.Length];
            for (var i = 0; i < texts.Length; i++)
                pointers[i] = (byte*)handles[i].AddrOfPinnedObject();
            var config = Native.cmd_ln_parse_r(0, Native.ps_args(), texts.Length, pointers, 1);
            return config != 0 ? config : throw Fault("pocketsphinx refused its arguments. Run ./voicegrains doctor.");
        }
        finally
        {
            foreach (var handle in handles)
                handle.Free();
        }
    }
}
