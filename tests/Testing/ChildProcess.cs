using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TekSipCloud.Testing;

/// <summary>
/// A program started by a test. Its output and errors are kept line by line; disposing ends it: first asked (SIGTERM), then,
/// when it has not gone within <see cref="Grace"/>, killed.
/// </summary>
/// <example>
/// <code>
/// await using var server = ChildProcess.Start("node", ["server.js"]);
/// var line = await server.WaitForLine(l => l.Contains("listening"), TimeSpan.FromSeconds(10));
/// </code>
/// </example>
public sealed class ChildProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private const int SigStop = 19;
    private const int SigCont = 18;
    private const int ShownLines = 40;

    private readonly Process _process;
    private readonly string _name;
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<(Func<string, bool> Matches, TaskCompletionSource<string> Found)> _waiters = [];
    private readonly Task<int> _exit;
    private bool _hasEnded;

    private ChildProcess(Process process, string name)
    {
        _process = process;
        _name = name;
        _exit = Watch();
        AppDomain.CurrentDomain.ProcessExit += KillWithTests;
    }

    /// <summary>How long a program that was asked to end may take.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The operating system's id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Whether the program has ended.</summary>
    public bool HasExited => _exit.IsCompleted;

    /// <summary>What it wrote so far, output and errors in the order they came.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="fileName">A path, or a name to look up on the PATH.</param>
    /// <param name="arguments">Its arguments, each passed as it is.</param>
    /// <param name="workingDirectory">Where it runs; null means here.</param>
    /// <param name="environment">What to set besides the inherited variables; a null value removes one.</param>
    /// <exception cref="InvalidOperationException">There is no such program.</exception>
    public static ChildProcess Start(
        string fileName,
        IEnumerable<string> arguments,
        string? workingDirectory = null,
        IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(fileName, arguments)
        {
            WorkingDirectory = workingDirectory ?? "",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;

        try
        {
            return new ChildProcess(Process.Start(start)!, Path.GetFileName(fileName));
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"'{fileName}' cannot be started: {e.Message}", e);
        }
    }

    /// <summary>Writes a line to its standard input.</summary>
    public void WriteLine(string line)
    {
        lock (_process)
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
    }

    /// <summary>The first line that matches, written already or within the time given.</summary>
    /// <exception cref="TimeoutException">No such line came in time; the message has the last lines.</exception>
    /// <exception cref="InvalidOperationException">The program ended without such a line; the message has the last lines.</exception>
    public async Task<string> WaitForLine(Func<string, bool> matches, TimeSpan within)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_lines.FirstOrDefault(matches) is { } line)
                return line;

            if (_hasEnded)
                throw Ended();

            _waiters.Add((matches, found));
        }

        try
        {
            return await found.Task.WaitAsync(within);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{_name} did not write the line awaited within {within}.{Tail()}", e);
        }
    }

    /// <summary>The exit code of a program that ends by itself.</summary>
    /// <exception cref="TimeoutException">It did not end in time; the message has the last lines.</exception>
    public async Task<int> WaitForExit(TimeSpan within)
    {
        try
        {
            return await _exit.WaitAsync(within);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{_name} did not end within {within}.{Tail()}", e);
        }
    }

    /// <summary>Ends it at once, without asking (SIGKILL).</summary>
    public Task Kill()
    {
        if (!_process.HasExited)
            _process.Kill();

        return WaitForExit(Grace);
    }

    /// <summary>Asks it to end (SIGTERM), without waiting.</summary>
    public void RequestStop()
    {
        if (!_process.HasExited && !OperatingSystem.IsWindows())
            _ = SendSignal(_process.Id, SigTerm);
    }

    /// <summary>Has it do nothing until <see cref="Resume"/> (SIGSTOP): its connections stay open and unanswered.</summary>
    public void Pause() => _ = SendSignal(_process.Id, SigStop);

    /// <summary>Lets it go on (SIGCONT).</summary>
    public void Resume() => _ = SendSignal(_process.Id, SigCont);

    /// <summary>Asks it to end (SIGTERM) and kills it when it does not.</summary>
    public async Task Stop()
    {
        if (!_process.HasExited && !OperatingSystem.IsWindows())
        {
            Resume();
            RequestStop();
            await ((Task)_exit.WaitAsync(Grace)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Kill();
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillWithTests;
        await Stop();
        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);

    private async Task<int> Watch()
    {
        await Task.WhenAll(ReadLines(_process.StandardOutput), ReadLines(_process.StandardError));
        await _process.WaitForExitAsync();
        FailWaiters();
        return _process.ExitCode;
    }

    private async Task ReadLines(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_lock)
            {
                _lines.Add(line);
                foreach (var waiter in _waiters.Where(w => w.Matches(line)))
                    waiter.Found.TrySetResult(line);
            }
        }
    }

    private void FailWaiters()
    {
        lock (_lock)
        {
            _hasEnded = true;
            foreach (var (_, found) in _waiters)
                found.TrySetException(Ended());
        }
    }

    private InvalidOperationException Ended() => new($"{_name} ended with {_process.ExitCode}.{Tail()}");

    private string Tail() => string.Concat(Lines.TakeLast(ShownLines).Select(line => $"\n  | {line}"));

    private void KillWithTests(object? sender, EventArgs e)
    {
        if (!_process.HasExited)
            _process.Kill();
    }
}
