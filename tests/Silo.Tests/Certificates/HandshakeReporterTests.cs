using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Silo.Certificates;
using TekSipCloud.Testing;

namespace TekSipCloud.Silo.Tests.Certificates;

/// <summary>Failed handshakes in the event log: soon, in the right one, and never a flood.</summary>
public sealed class HandshakeReporterTests : IDisposable
{
    private static readonly IPAddress Phone = IPAddress.Parse("192.0.2.7");
    private readonly FakeClock _clock = new();
    private readonly StoreBench.KeptEvents _events = new();
    private readonly HandshakeFailures _failures = new();
    private readonly HandshakeReporter _reporter;

    public HandshakeReporterTests() => _reporter = new HandshakeReporter(
        _failures, _events, new OneTenant(), _clock, NullLogger<HandshakeReporter>.Instance);

    public void Dispose() => _reporter.Dispose();

    [Fact]
    public async Task A_failure_is_told_within_seconds_to_the_tenant_whose_domain_was_asked_for()
    {
        await Start();
        _failures.Add(Phone, "a.example.com", "It broke off.");
        _failures.Add(Phone, "a.example.com", "It broke off.");
        _failures.Add(Phone, "", "It is no TLS.");

        await Await(2);

        Assert.Contains(_events.All, e => e.Tenant.Value == "a" && e.Message == "A TLS handshake from 192.0.2.7 for a.example.com failed 2 times: It broke off.");
        Assert.Contains(_events.All, e => e.Tenant == TenantId.System && e.Message == "A TLS handshake from 192.0.2.7 failed: It is no TLS.");
    }

    [Fact]
    public async Task A_scan_makes_twenty_lines_a_minute_and_one_number()
    {
        await Start();
        for (var i = 0; i < 5_000; i++)
            _failures.Add(new IPAddress(0x0A000000 + i), "", "It is no TLS.");

        await Await(HandshakeReporter.MaxLines + 1);
        for (var i = 0; i < 100; i++)
            _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(HandshakeReporter.MaxLines + 1, _events.All.Count);
        Assert.StartsWith("4980 more TLS handshakes failed", _events.All.Last().Message, StringComparison.Ordinal);
    }

    private Task Start() => _reporter.StartAsync(TestContext.Current.CancellationToken);

    /// <summary>Each look is due five seconds after the last; the reporter takes it on a thread of its own.</summary>
    private Task<int> Await(int count) => Poll.UntilSeen("events", () =>
    {
        _clock.Advance(TimeSpan.FromSeconds(5));
        return _events.All.Count;
    }, seen => seen >= count, TimeSpan.FromSeconds(20));

    private sealed class OneTenant : ITenantDirectory
    {
        public Task<TenantId?> FindByDomain(string domain, CancellationToken cancel) =>
            Task.FromResult<TenantId?>(domain == "a.example.com" ? new TenantId("a") : null);

        public Task<Page<Tenant>> List(PageRequest page, CancellationToken cancel) => throw new NotSupportedException();
    }
}
