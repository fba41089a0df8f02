using TekSipCloud.Sip.Transactions;
using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Sip.Tests.Transactions;

/// <summary>Ways back that a test lays out; opening one takes until <see cref="Opens"/> when it is slow.</summary>
internal sealed class KnownWays(params SipFlow[] ways) : IReturnPath
{
    private readonly Queue<SipFlow> _ways = new(ways);
    private readonly TaskCompletionSource _opened = new();

    public bool IsSlow { get; init; }

    /// <summary>How often a way was asked for.</summary>
    public int Asked { get; private set; }

    public void Opens() => _opened.SetResult();

    public async ValueTask<SipFlow?> Next(CancellationToken cancel)
    {
        Asked++;
        if (IsSlow)
            await _opened.Task.WaitAsync(cancel);
        return _ways.TryDequeue(out var way) ? way : null;
    }
}
