using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using VoiceGrains.Engines;

namespace VoiceGrains.Silo.Engines.Apertium;

/// <summary>One direction as a long-lived row of processes: a sentence takes 1 ms in it, 60 to 190 ms in a new one.</summary>
sealed partial class ApertiumPipeline(string modeFile, ApertiumOptions options, TimeProvider time) : IDisposable
{
    const int KillSignal = 9;

    readonly SemaphoreSlim _turn = new(1, 1);
    Process? _process;
    ITimer? _idle;
    int _waiting;

    public async Task<string> Translate(string sentence, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > options.Waiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw Fault(FaultKind.Overloaded, "Too many sentences wait for one direction.");
        }

        try
        {
            return await InTurn(sentence, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose()
    {
        Stop();
        _idle?.Dispose();
    }

    static EngineFaultException Fault(FaultKind kind, string message, Exception? inner = null) => new("apertium", kind, message, inner);

    async Task<string> InTurn(string sentence, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await Ask(sentence);
        }
        finally
        {
            _idle?.Change(options.IdleLimit, Timeout.InfiniteTimeSpan);
            _turn.Release();
        }
    }

    // Once asked, an answer must be read to its end, or the next sentence would get it: so the caller's token does not reach in here.
    async Task<string> Ask(string sentence)
    {
        var process = _process is { HasExited: false } ? _process : Start();
        using var limit = new CancellationTokenSource(options.StallLimit, time);
        try
        {
            // Without the line feed the bilingual stage keeps the sentence to itself.
            await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(sentence + "\n\0"), limit.Token);
            await process.StandardInput.BaseStream.FlushAsync(limit.Token);
            return await ReadAnswer(process.StandardOutput.BaseStream, limit.Token);
        }
        catch (OperationCanceledException)
        {
            Stop();
            throw Fault(FaultKind.Stalled, $"Apertium did not answer within {options.StallLimit}.");
        }
        catch (IOException error)
        {
            Stop();
            throw Fault(FaultKind.Transport, "Apertium ended.", error);
        }
    }

    static async Task<string> ReadAnswer(Stream output, CancellationToken cancellationToken)
    {
        var answer = new List<byte>();
        var buffer = new byte[4_096];
        while (true)
        {
            var read = await output.ReadAsync(buffer, cancellationToken);
            if (read == 0)
                throw new EndOfStreamException();
            answer.AddRange(buffer.AsSpan(0, read));
            if (answer[^1] == 0)
                return Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(answer)[..^1]).Trim();
        }
    }

    Process Start()
    {
        Stop();
        // A session of its own, so that all stages can be ended together.
        var start = new ProcessStartInfo("setsid", ["sh", "-c", ApertiumModes.Pipeline(modeFile)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw Fault(FaultKind.Transport, "Apertium can't be started. Run ./voicegrains doctor.", error);
        }

        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        _idle ??= time.CreateTimer(static pipeline => ((ApertiumPipeline)pipeline!).StopIfFree(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return _process;
    }

    void StopIfFree()
    {
        if (!_turn.Wait(0))
            return;
        try
        {
            Stop();
        }
        finally
        {
            _turn.Release();
        }
    }

    void Stop()
    {
        if (_process is null)
            return;
        if (!_process.HasExited)
            kill(-_process.Id, KillSignal);
        _process.Dispose();
        _process = null;
    }

    [LibraryImport("libc")]
    private static partial int kill(int processOrGroup, int signal);
}
