using Microsoft.Extensions.Logging;

namespace TekSipCloud.Media.Dtls;

/// <summary>Who this process is in handshakes: one certificate for all calls, and another one in time. Thread-safe.</summary>
/// <param name="clock">Says when it is time.</param>
/// <param name="logger">Gets why there is none.</param>
public sealed partial class DtlsIdentity(TimeProvider clock, ILogger logger)
{
    private readonly Lock _lock = new();
    private volatile DtlsContext? _context;
    private long _made;

    /// <summary>How long calls begin with the same certificate; those that began go on with theirs.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(30);

    /// <summary>What this machine lacks, for the operator; null when nothing.</summary>
    public static string? WhyNone => OpenSslLibrary.IsAvailable(out var whyNot) ? null : whyNot;

    /// <summary>For a call that begins now; null when there can be none.</summary>
    public DtlsContext? Current =>
        _context is { } context && clock.GetElapsedTime(Volatile.Read(ref _made)) < Lifetime ? context
        : WhyNone is null ? Renew()
        : null;

    /// <summary>Makes the certificate, so that the first call need not wait for it, and tells when there can be none.</summary>
    public void Prepare()
    {
        if (Current is null && WhyNone is { } why)
            LogNone(why);
    }

    private DtlsContext Renew()
    {
        lock (_lock)
        {
            if (_context is { } other && clock.GetElapsedTime(_made) < Lifetime)
                return other;

            // The former one is let go of by the last call that has it.
            var context = DtlsContext.Create(clock);
            Volatile.Write(ref _made, clock.GetTimestamp());
            _context = context;
            return context;
        }
    }

    [LoggerMessage(2005, LogLevel.Warning, "Calls with browsers (WebRTC) are not possible: {WhyNot}")]
    private partial void LogNone(string whyNot);
}
