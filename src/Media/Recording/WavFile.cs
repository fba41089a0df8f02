namespace TekSipCloud.Media.Recording;

/// <summary>A WAV file while it is written. Whatever happens, what is written so far can be made a whole file by <see cref="Mend"/>.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class WavFile : IDisposable
{
    private readonly FileStream _file;
    private readonly WavFormat _format;

    private WavFile(FileStream file, WavFormat format)
    {
        _file = file;
        _format = format;
    }

    /// <summary>Bytes of samples so far.</summary>
    public long DataBytes { get; private set; }

    /// <summary>How long it lasts so far.</summary>
    public TimeSpan Duration => _format.DurationOf(DataBytes);

    /// <summary>Begins a file that does not exist yet, which nobody else may read or write meanwhile.</summary>
    /// <exception cref="IOException">The disk does not take it, or there is one.</exception>
    public static WavFile Create(string path, WavFormat format)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            // What is written is to be the system's at once, so that it outlives the process.
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new WavFile(new FileStream(path, options), format);
        file.WriteHeader();
        return file;
    }

    /// <summary>Appends samples, those of a moment side by side.</summary>
    /// <exception cref="IOException">The disk does not take them, or the file is as long as it may be.</exception>
    public void Append(ReadOnlySpan<byte> samples)
    {
        if (DataBytes + samples.Length > WavHeader.MaxDataBytes)
            throw new IOException("A WAV file cannot be longer.");

        _file.Write(samples);
        DataBytes += samples.Length;
    }

    /// <summary>Writes the right lengths and waits until the disk has everything.</summary>
    public void Finish()
    {
        // A write that failed may have left a part behind the last whole moment.
        DataBytes = WholeBytes(_file, _format);
        Span<byte> header = stackalloc byte[WavHeader.Length];
        WavHeader.Write(header, _format, DataBytes);
        Rewrite(_file, header, DataBytes);
    }

    /// <summary>Makes a file whole that a process left which ended while it wrote it.</summary>
    /// <param name="file">The file, open for reading and writing; a whole one stays as it is.</param>
    /// <param name="format">What it holds.</param>
    /// <param name="dataBytes">How many bytes of samples.</param>
    /// <returns>Whether there is anything in it.</returns>
    public static bool Mend(FileStream file, out WavFormat format, out long dataBytes)
    {
        dataBytes = 0;
        Span<byte> header = stackalloc byte[WavHeader.Length];
        file.Position = 0;
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !WavHeader.TryRead(header, out format))
        {
            format = default;
            return false;
        }

        dataBytes = WholeBytes(file, format);
        Span<byte> whole = stackalloc byte[WavHeader.Length];
        WavHeader.Write(whole, format, dataBytes);
        // As nearly always: its writer finished it, and the disk has it.
        if (!whole.SequenceEqual(header) || file.Length != WavHeader.Length + dataBytes)
            Rewrite(file, whole, dataBytes);
        file.Position = 0;
        return dataBytes > 0;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private static void Rewrite(FileStream file, ReadOnlySpan<byte> header, long dataBytes)
    {
        file.SetLength(WavHeader.Length + dataBytes);
        file.Position = 0;
        file.Write(header);
        file.Flush(flushToDisk: true);
    }

    // RIFF chunks have an even length, and with it a whole number of moments.
    private static long WholeBytes(FileStream file, WavFormat format)
    {
        var bytes = Math.Min(file.Length - WavHeader.Length, WavHeader.MaxDataBytes) & ~1L;
        return bytes - (bytes % format.Channels);
    }

    private void WriteHeader()
    {
        Span<byte> header = stackalloc byte[WavHeader.Length];
        WavHeader.Write(header, _format, DataBytes);
        _file.Write(header);
    }
}
