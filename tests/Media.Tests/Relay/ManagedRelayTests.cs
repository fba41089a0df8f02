using TekSipCloud.Media.Relay;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>The relay over .NET's own sockets, as it runs elsewhere.</summary>
public sealed class ManagedRelayTests() : RelayTests(() => new ManagedIo());
