using System.Collections.Immutable;

namespace TekSipCloud.Contracts.Nodes;

/// <summary>Tells where this process takes SIP.</summary>
public interface ISipListeners
{
    /// <summary>The open sockets; empty before they are opened and in a process without a gateway.</summary>
    ImmutableArray<SipListener> Open { get; }
}
