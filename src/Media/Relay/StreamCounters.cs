namespace TekSipCloud.Media.Relay;

/// <summary>What one port, or one loop in all, received and sent. One thread writes; others may read a moment behind.</summary>
internal struct StreamCounters
{
    public long Received;
    public long ReceivedOctets;
    public long Sent;
    public long SentOctets;

    /// <summary>From an address that is not permitted.</summary>
    public long Strangers;

    /// <summary>Of a party whose packets are protected: a wrong tag, or one that came before.</summary>
    public long Unauthentic;

    /// <summary>Not RTP or RTCP, or too long.</summary>
    public long Invalid;

    /// <summary>A second source beside one that still talks.</summary>
    public long RefusedSources;

    /// <summary>Valid, but not passed on: no joined leg, on hold, the other address is not known, sent once already under the same key, or the first of a source that begins anew.</summary>
    public long Withheld;

    /// <summary>The system did not take the packet.</summary>
    public long SendFailures;

    /// <summary>Checks of ICE and records of DTLS.</summary>
    public long Control;

    /// <summary>Whether nothing came and nothing went.</summary>
    public readonly bool IsSilent => (Received | Sent | Strangers | Unauthentic | Invalid | RefusedSources | Withheld | SendFailures | Control) == 0;
}
