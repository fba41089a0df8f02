namespace TekSipCloud.Sip.Resolution;

/// <summary>A small file of the system's, read again after it changed. Thread-safe.</summary>
/// <param name="path">Where it is; one that is not there reads as empty.</param>
/// <param name="parse">Makes a value of its text.</param>
/// <param name="time">Asked so that the file is looked at every <see cref="Period"/> only.</param>
internal sealed class WatchedFile<T>(string path, Func<string, T> parse, TimeProvider time)
    where T : class
{
    private readonly Lock _lock = new();
    private T? _value;
    private DateTime _written;
    private long _looked;

    /// <summary>How long a change may go unseen.</summary>
    public static TimeSpan Period { get; } = TimeSpan.FromSeconds(5);

    /// <summary>The file as it is, or was a moment ago.</summary>
    public T Value
    {
        get
        {
            lock (_lock)
            {
                if (_value is null || time.GetElapsedTime(_looked) >= Period)
                    Look();
                return _value!;
            }
        }
    }

    private void Look()
    {
        _looked = time.GetTimestamp();
        var written = File.GetLastWriteTimeUtc(path);
        if (_value is not null && written == _written)
            return;

        try
        {
            _value = parse(File.Exists(path) ? File.ReadAllText(path) : "");
            _written = written;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Being written, or not ours to read: what was known goes on.
            _value ??= parse("");
        }
    }
}
