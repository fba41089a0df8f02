using System.Diagnostics;

namespace Orleans.Configuration;

/// <summary>How calls are carried.</summary>
public abstract class MessagingOptions
{
    /// <summary>How long a caller waits. Default: 30 s, under a debugger 30 min.</summary>
    public TimeSpan ResponseTimeout { get; set; } =
        Debugger.IsAttached ? TimeSpan.FromMinutes(30) : TimeSpan.FromSeconds(30);

    /// <summary>Whether the callee's token is cancelled when its caller stops waiting. Default: true.</summary>
    public bool CancelRequestOnTimeout { get; set; } = true;
}
