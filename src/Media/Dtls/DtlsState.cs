namespace TekSipCloud.Media.Dtls;

/// <summary>How far an association has come.</summary>
public enum DtlsState
{
    /// <summary>The handshake is not over.</summary>
    Handshaking,

    /// <summary>The handshake is over, but no description has told yet whose certificate the party must have. There are no keys.</summary>
    AwaitingFingerprint,

    /// <summary>The party is who its description says, and there are keys.</summary>
    Established,

    /// <summary>One side ended it, by close_notify.</summary>
    Closed,

    /// <summary>It came to nothing: <see cref="DtlsFailure"/> says why.</summary>
    Failed,
}
