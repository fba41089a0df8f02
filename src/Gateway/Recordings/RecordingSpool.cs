using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Recordings;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Media.Recording;

namespace TekSipCloud.Gateway.Recordings;

/// <summary>
/// Recordings on disk that storage does not have yet, each a WAV file beside a note that says whose it is. They survive the process: what is there at
/// the start is made whole and goes to storage then.
/// </summary>
internal sealed partial class RecordingSpool(IOptions<RecordingOptions> options, ILogger<RecordingSpool> logger)
{
    private const string Audio = ".wav";
    private const string Note = ".json";

    private readonly string _folder = Path.GetFullPath(options.Value.SpoolFolder);
    private readonly long _minFree = options.Value.MinFreeMegabytes * 1024L * 1024;

    /// <summary>Why nothing more should be written, for people; null when there is room.</summary>
    public string? Shortage
    {
        get
        {
            if (_minFree == 0)
                return null;

            Prepare();
            var free = new DriveInfo(_folder).AvailableFreeSpace;
            return free >= _minFree ? null : $"The disk of the recordings has only {free / (1024 * 1024)} MiB left.";
        }
    }

    /// <summary>Begins a recording's files.</summary>
    /// <exception cref="IOException">The disk does not take them.</exception>
    public WavFile Create(Recording recording, WavFormat format)
    {
        Prepare();
        // Before the audio: what is there without a note belongs to nobody.
        WriteNote(recording);
        return WavFile.Create(PathOf(recording.Call, Audio), format);
    }

    /// <summary>Says what the finished file is.</summary>
    public void WriteNote(Recording recording)
    {
        var path = PathOf(recording.Call, Note);
        var fresh = path + ".new";
        File.Delete(fresh);
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(fresh, create))
        {
            JsonSerializer.Serialize(file, SpoolNote.Of(recording));
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>The calls whose recordings are here, those being written too; oldest first.</summary>
    public IReadOnlyList<Guid> List() => !Directory.Exists(_folder) ? [] :
    [
        .. Directory.EnumerateFiles(_folder, "*" + Note)
            .Select(path => Guid.TryParseExact(Path.GetFileNameWithoutExtension(path), "N", out var call) ? call : Guid.Empty)
            .Where(call => call != Guid.Empty)
            // The hexadecimal digits of a UUIDv7 begin with its time.
            .OrderBy(call => call.ToString("N"), StringComparer.Ordinal),
    ];

    /// <summary>
    /// Opens a recording to be uploaded, made whole if its writer came to no end; nobody else can open it meanwhile. Null when there is nothing to
    /// upload.
    /// </summary>
    /// <exception cref="IOException">Not now: the disk, or another process that has it.</exception>
    public (Recording Recording, FileStream Audio)? Open(Guid call)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(PathOf(call, Audio), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            var note = JsonSerializer.Deserialize<SpoolNote>(File.ReadAllBytes(PathOf(call, Note)));
            if (note is not null && WavFile.Mend(file, out var format, out var bytes))
            {
                var recording = note.ToRecording(call) with { Duration = format.DurationOf(bytes), Bytes = file.Length };
                return (recording, file);
            }

            LogEmpty(call);
            file.Dispose();
            Remove(call);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            // A note whose audio was never begun, or both were removed meanwhile.
            file?.Dispose();
            Remove(call);
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            file?.Dispose();
            LogUnreadable(call, fault.Message);
        }
        catch (IOException)
        {
            file?.Dispose();
            throw;
        }

        return null;
    }

    /// <summary>Removes a recording's files: storage has it, or nobody may have it.</summary>
    public void Remove(Guid call)
    {
        if (!Directory.Exists(_folder))
            return;

        // The note last: without it the audio would stay for ever.
        File.Delete(PathOf(call, Audio));
        File.Delete(PathOf(call, Note));
    }

    private string PathOf(Guid call, string kind) => Path.Combine(_folder, call.ToString("N") + kind);

    private void Prepare()
    {
        if (Directory.Exists(_folder))
            return;

        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(_folder);
        else
            Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [LoggerMessage(4101, LogLevel.Information, "The recording of call {Call} has no sound and is removed")]
    private partial void LogEmpty(Guid call);

    [LoggerMessage(4102, LogLevel.Warning, "The recording of call {Call} stays on the disk: its note can't be read ({Reason})")]
    private partial void LogUnreadable(Guid call, string reason);

    /// <summary>A note's content.</summary>
    private sealed record SpoolNote(
        string Tenant, DateTimeOffset Started, bool IsMixed, string Caller, string CallerName, string Callee, string CalleeName, string? CutShort)
    {
        public static SpoolNote Of(Recording recording) => new(
            recording.Tenant.Value, recording.Started, recording.IsMixed, recording.Caller, recording.CallerName,
            recording.Callee, recording.CalleeName, recording.CutShort);

        public Recording ToRecording(Guid call) => new()
        {
            Call = call,
            Tenant = new TenantId(Tenant),
            Started = Started,
            IsMixed = IsMixed,
            Caller = Caller,
            CallerName = CallerName,
            Callee = Callee,
            CalleeName = CalleeName,
            CutShort = CutShort,
        };
    }
}
