using TekSipCloud.Sip.Transports;

namespace TekSipCloud.Gateway.Calls;

/// <summary>The ways to one place, best first. Used by one candidate, on its loop.</summary>
internal interface ICallPath
{
    /// <summary>Whether another way may follow the present one.</summary>
    bool HasNext { get; }

    /// <summary>What to do with a request that is too long for a datagram (RFC 3261 §18.1.1): whether there is a way by TCP beside the present one.</summary>
    bool MayChangeTransport { get; }

    /// <summary>The next way when it is known without asking anybody, null when none is left; false when <see cref="Next"/> must find it.</summary>
    bool TryNext(out SipFlow? flow);

    /// <summary>Finds or opens the next way; null when none is left that can be opened.</summary>
    ValueTask<SipFlow?> Next(CancellationToken cancel);

    /// <summary>The present way led nowhere.</summary>
    /// <param name="reason">How, for the decision log.</param>
    /// <param name="retryAfter">How long the far side asked to be left alone.</param>
    void OnFailed(string reason, TimeSpan? retryAfter = null);

    /// <summary>Somebody answered on the present way.</summary>
    void OnHeard();
}
