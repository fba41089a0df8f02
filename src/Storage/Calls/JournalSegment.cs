using Microsoft.Win32.SafeHandles;

namespace TekSipCloud.Storage.Calls;

/// <summary>One file of the call journal and how much of it is still needed. Not thread-safe.</summary>
internal sealed class JournalSegment : IDisposable
{
    /// <summary>Small, so that disk space comes back soon after storage does.</summary>
    private const long FullBytes = 4 * 1024 * 1024;

    private readonly string _path;
    private readonly SafeFileHandle _file;
    private long _length;
    private int _needed;

    public JournalSegment(long number, string path)
    {
        Number = number;
        _path = path;
        // CDRs are the tenants' business: nobody else on this machine reads them.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.Open(path, options).Dispose();
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.Read);
    }

    public long Number { get; }

    public bool IsFull => _length >= FullBytes;

    /// <summary>Appends lines; they are on disk when it returns.</summary>
    public void Append(IReadOnlyList<ReadOnlyMemory<byte>> lines, int reports)
    {
        // Its length grows last: what a full disk took in part is overwritten.
        RandomAccess.Write(_file, lines, _length);
        RandomAccess.FlushToDisk(_file);
        foreach (var some in lines)
            _length += some.Length;
        _needed += reports;
    }

    /// <summary>A report of it is needed no more.</summary>
    /// <returns>Whether it was the last.</returns>
    public bool Release() => --_needed == 0;

    public void Delete()
    {
        _file.Dispose();
        File.Delete(_path);
    }

    public void Dispose() => _file.Dispose();
}
