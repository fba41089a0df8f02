namespace TekSipCloud.Media.Dtls;

/// <summary>OpenSSL's timer of the last flight, which goes by the system's clock.</summary>
internal static unsafe class DtlsTimer
{
    /// <summary>How long until the flight is to be sent again; null when it was answered.</summary>
    public static TimeSpan? Left(SslHandle ssl)
    {
        // A struct timeval: seconds and microseconds.
        var time = stackalloc nint[2];
        return LibSsl.Control(ssl, LibSsl.GetTimeout, 0, time) == 1
            ? TimeSpan.FromSeconds(time[0]) + TimeSpan.FromMicroseconds(time[1])
            : null;
    }

    /// <summary>Sends the flight again if its time has come.</summary>
    /// <returns>False when that was done often enough.</returns>
    public static bool TryHandle(SslHandle ssl) => LibSsl.Control(ssl, LibSsl.HandleTimeout, 0, null) >= 0;
}
