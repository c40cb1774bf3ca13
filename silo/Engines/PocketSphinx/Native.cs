using System.Runtime.InteropServices;

namespace VoiceGrains.Silo.Engines.PocketSphinx;

/// <summary>The part of pocketsphinx 0.8 (5 prealpha, Debian's libpocketsphinx3) that is used: <c>pocketsphinx.h</c>, <c>cmd_ln.h</c>.</summary>
static unsafe partial class Native
{
    const string PocketSphinx = "libpocketsphinx.so.3";
    const string SphinxBase = "libsphinxbase.so.3";

    /// <summary>Whether both libraries are on this machine.</summary>
    public static bool IsInstalled { get; } = NativeLibrary.TryLoad(SphinxBase, out _) && NativeLibrary.TryLoad(PocketSphinx, out _);

    [LibraryImport(PocketSphinx)]
    public static partial nint ps_args();

    // cmd_ln_init takes variable arguments, which P/Invoke can't pass; this one takes an array.
    [LibraryImport(SphinxBase)]
    public static partial nint cmd_ln_parse_r(nint inout, nint definitions, int count, byte** arguments, int strict);

    [LibraryImport(SphinxBase)]
    public static partial int cmd_ln_free_r(nint config);

    [LibraryImport(PocketSphinx)]
    public static partial nint ps_init(nint config);

    [LibraryImport(PocketSphinx)]
    public static partial int ps_free(nint decoder);

    [LibraryImport(PocketSphinx, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ps_set_jsgf_string(nint decoder, string name, string grammar);

    [LibraryImport(PocketSphinx, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ps_set_lm_file(nint decoder, string name, string path);

    [LibraryImport(PocketSphinx, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ps_set_search(nint decoder, string name);

    [LibraryImport(PocketSphinx)]
    public static partial int ps_start_stream(nint decoder);

    [LibraryImport(PocketSphinx)]
    public static partial int ps_start_utt(nint decoder);

    [LibraryImport(PocketSphinx)]
    public static partial int ps_process_raw(nint decoder, short* samples, nuint count, int noSearch, int isWholeUtterance);

    [LibraryImport(PocketSphinx)]
    public static partial int ps_end_utt(nint decoder);

    [LibraryImport(PocketSphinx)]
    public static partial nint ps_get_hyp(nint decoder, out int score);

    [LibraryImport(PocketSphinx)]
    public static partial int ps_get_n_frames(nint decoder);

    [LibraryImport(PocketSphinx)]
    public static partial nint ps_seg_iter(nint decoder);

    [LibraryImport(PocketSphinx)]
    public static partial nint ps_seg_next(nint segment);

    [LibraryImport(PocketSphinx)]
    public static partial void ps_seg_free(nint segment);

    [LibraryImport(PocketSphinx)]
    public static partial nint ps_seg_word(nint segment);

    [LibraryImport(PocketSphinx)]
    public static partial void ps_seg_frames(nint segment, out int start, out int end);
}
