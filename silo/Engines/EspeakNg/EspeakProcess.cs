using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using VoiceGrains.Audio;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.EspeakNg;

/// <summary>One run of espeak-ng: text in, a WAV stream out, brought to 16 kHz as it comes.</summary>
sealed class EspeakProcess(EspeakOptions options, string voice, int pitch, TimeProvider time) : IAsyncDisposable
{
    const int HeaderLength = 44;

    // 100 ms at 22,050 Hz: the first sound leaves as soon as it is there.
    readonly byte[] _buffer = new byte[4_410];
    Process? _process;
    Resampler? _resampler;

    /// <summary>Whether it ended by itself, with everything said.</summary>
    public bool IsWhole { get; private set; }

    public async Task Begin(string text, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(options.Program, ["-v", voice, "-s", $"{options.WordsPerMinute}", "-p", $"{pitch}", "--stdin", "--stdout"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        try
        {
            _process = Process.Start(start)!;
            // Nobody reads what it complains of; it would block on a full pipe.
            _process.ErrorDataReceived += static (_, _) => { };
            _process.BeginErrorReadLine();
            await _process.StandardInput.WriteAsync(text.AsMemory(), cancellationToken);
            _process.StandardInput.Close();
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or IOException)
        {
            throw new EngineFaultException("espeak-ng", FaultKind.Transport, "espeak-ng can't be started. Run ./voicegrains doctor.", error);
        }

        var header = new byte[HeaderLength];
        if (await Fill(header, cancellationToken) == HeaderLength)
            _resampler = new Resampler(BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(24)), AudioFormat.Cluster.SampleRate);
    }

    /// <summary>The next audio; empty at the end.</summary>
    public async Task<byte[]> Read(CancellationToken cancellationToken)
    {
        if (_resampler is null || IsWhole)
            return [];
        var read = await Fill(_buffer, cancellationToken);
        var samples = _resampler.Resample(MemoryMarshal.Cast<byte, short>(_buffer.AsSpan(0, read & ~1)));
        if (read < _buffer.Length)
        {
            await _process!.WaitForExitAsync(cancellationToken);
            IsWhole = _process.ExitCode == 0;
            samples = [.. samples, .. _resampler.Flush()];
        }

        return MemoryMarshal.AsBytes(samples.AsSpan()).ToArray();
    }

    public ValueTask DisposeAsync()
    {
        _resampler?.Dispose();
        if (_process is { HasExited: false })
            _process.Kill();
        _process?.Dispose();
        return ValueTask.CompletedTask;
    }

    async Task<int> Fill(byte[] buffer, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.StallLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await _process!.StandardOutput.BaseStream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new EngineFaultException("espeak-ng", FaultKind.Stalled, $"espeak-ng gave no audio for {options.StallLimit}.");
        }
    }
}
