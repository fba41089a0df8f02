using TekSipCloud.Media.Relay;

namespace TekSipCloud.Media.Tests.Relay;

/// <summary>The relay over the system's own calls, where it has them: epoll on Linux.</summary>
public sealed class NativeRelayTests() : RelayTests(MediaRelay.CreateIo);
