using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace TekSipCloud.Testing.Fuzzing;

/// <summary>
/// Makes cases from a seed and gives each to a check, until the cases or the minutes are over. <c>FUZZ_SEED</c>, <c>FUZZ_MINUTES</c> and
/// <c>FUZZ_CASES</c> change what the test says. A case that fails is kept in <see cref="FuzzCorpus.FoundFolder"/>.
/// </summary>
/// <param name="kind">Names the cases and their files, such as <c>stream</c>.</param>
/// <param name="cases">How many when nothing else is said.</param>
public sealed class FuzzRun(string kind, int cases)
{
    /// <summary>A case takes microseconds: one that lasts so long does not end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly int _seed = Setting("FUZZ_SEED") ?? 4475;
    private readonly int _cases = Setting("FUZZ_CASES") ?? cases;
    private readonly TimeSpan _time = TimeSpan.FromMinutes(Setting("FUZZ_MINUTES") ?? 0);
    private volatile byte[] _current = [];
    private long _done;

    /// <summary>Runs.</summary>
    /// <param name="make">Makes a case of what a random source says, and of nothing else.</param>
    /// <param name="check">Throws when something is wrong.</param>
    public async Task Check(Func<Random, byte[]> make, Action<byte[]> check)
    {
        var running = Task.Factory.StartNew(
            () => RunCases(make, check), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        while (!running.IsCompleted)
        {
            var before = Interlocked.Read(ref _done);
            await Task.WhenAny(running, Task.Delay(Patience, TimeProvider.System));
            if (!running.IsCompleted && before == Interlocked.Read(ref _done))
                throw new InvalidOperationException($"Case {before} of seed {_seed} does not end. {FuzzCorpus.Keep(kind, _current)}");
        }

        await running;
        await Console.Out.WriteLineAsync($"Fuzz {kind}: {_done} cases of seed {_seed}");
    }

    private void RunCases(Func<Random, byte[]> make, Action<byte[]> check)
    {
        var started = Stopwatch.GetTimestamp();
        for (var number = 0; _time > TimeSpan.Zero ? Stopwatch.GetElapsedTime(started) < _time : number < _cases; number++)
        {
            _current = make(Source(number));
            var copy = _current.ToArray();
            try
            {
                check(copy);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Case {number} of seed {_seed} ({e.Message}). {FuzzCorpus.Keep(kind, _current)}", e);
            }

            Interlocked.Increment(ref _done);
        }
    }

    /// <summary>A case depends on seed and number only, so that each can be made again alone.</summary>
    private Random Source(int number)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(System.Text.Encoding.ASCII.GetBytes($"{kind}.{_seed}.{number}"), hash);
        return new Random(BitConverter.ToInt32(hash));
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;
}
