using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Calls;
using TekSipCloud.Storage.Rows;

namespace TekSipCloud.Storage.Calls;

/// <summary>
/// Reports on disk: files of JSON lines in <c>journal</c> of the data folder. Each file is deleted when nothing in it is needed any more,
/// so that the folder is empty while storage keeps up.
/// </summary>
public sealed partial class CallJournal : ICallJournal, IDisposable
{
    private const string Pattern = "calls-*.jsonl";

    /// <summary>What is encoded for so many files is kept for storage, which needs it soon; behind them memory is worth more.</summary>
    private const int MaxKept = 4;

    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly ILogger<CallJournal> _logger;
    private readonly Dictionary<long, JournalSegment> _segments = [];
    private ImmutableArray<string> _left;
    private JournalSegment? _open;
    private long _last;

    /// <summary>Notes what an earlier start left.</summary>
    public CallJournal(IOptions<StorageOptions> options, ILogger<CallJournal> logger)
    {
        _folder = Path.Combine(options.Value.DataFolder, "journal");
        _logger = logger;
        _left = Directory.Exists(_folder) ? [.. Directory.EnumerateFiles(_folder, Pattern).Order(StringComparer.Ordinal)] : [];
        _last = _left.IsEmpty ? 0 : NumberOf(_left[^1]);
    }

    /// <inheritdoc/>
    public long Append(IReadOnlyList<CallReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        lock (_lock)
        {
            var isKept = _segments.Count <= MaxKept;
            using var lines = new JsonPages(isKept);
            foreach (var report in reports)
            {
                var line = lines.Write(report, CallJson.WriteLine);
                if (isKept && report.End is { } record)
                    report.Encoded = new EncodedRecord(record, CallJson.RecordOf(line));
            }

            var segment = _open is { IsFull: false } open ? open : Begin();
            segment.Append(lines.Written, reports.Count);
            return segment.Number;
        }
    }

    /// <inheritdoc/>
    public void Release(long segment)
    {
        lock (_lock)
        {
            if (!_segments.TryGetValue(segment, out var held) || !held.Release())
                return;

            _segments.Remove(segment);
            if (_open == held)
                _open = null;
            held.Delete();
        }
    }

    /// <summary>What an earlier start left: the last report of each call.</summary>
    public IReadOnlyCollection<CallReport> ReadLeft()
    {
        var reports = new Dictionary<Guid, CallReport>();
        foreach (var line in _left.SelectMany(File.ReadLines))
        {
            if (TryRead(line) is { } report)
                reports[report.Call.Id] = report;
        }

        return reports.Values;
    }

    /// <summary>The books have what an earlier start left.</summary>
    public void DeleteLeft()
    {
        foreach (var file in _left)
            File.Delete(file);
        _left = [];
    }

    /// <summary>Closes the files; what is in them stays for the next start.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var segment in _segments.Values)
                segment.Dispose();
        }
    }

    private static long NumberOf(string path) =>
        long.TryParse(Path.GetFileNameWithoutExtension(path).AsSpan("calls-".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    private JournalSegment Begin()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(_folder);
        else
            Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        _last++;
        _open = new JournalSegment(_last, Path.Combine(_folder, $"calls-{_last:D16}.jsonl"));
        _segments.Add(_last, _open);
        return _open;
    }

    private CallReport? TryRead(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<JournalLine>(line, JsonColumns.Format)?.ToReport();
        }
        catch (JsonException fault)
        {
            // The last line of a process that died while it wrote: nobody was told that it is on disk.
            LogTorn(fault);
            return null;
        }
    }

    [LoggerMessage(6020, LogLevel.Warning, "A line of the call journal is incomplete and is passed over")]
    private partial void LogTorn(Exception fault);
}
