using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway;
using TekSipCloud.Silo.Certificates;
using TekSipCloud.Testing;
using TekSipCloud.Testing.Certificates;

namespace TekSipCloud.Silo.Tests.Certificates;

/// <summary>A certificate store over a folder of a test's own, with an authority to fill it.</summary>
internal sealed class StoreBench : IDisposable
{
    private readonly TestFolder _data = new("certificates");

    public StoreBench(Action<TlsOptions>? configure = null) => configure?.Invoke(Options);

    public TestAuthority Authority { get; } = new();

    public FakeClock Clock { get; } = new(TimeProvider.System.GetUtcNow());

    public KeptEvents Events { get; } = new();

    public SiloOptions Silo { get; } = new();

    public TlsOptions Options { get; } = new();

    public string Folder => _data.Combine("certificates");

    public CertificateStore Open()
    {
        Silo.DataFolder = _data.Path;
        return new CertificateStore(
            Microsoft.Extensions.Options.Options.Create(Options), Microsoft.Extensions.Options.Options.Create(Silo),
            Microsoft.Extensions.Options.Options.Create(new GatewayOptions { External = "sip.known.example" }),
            new ConfigurationBuilder().Build(), Events, Clock, NullLogger<CertificateStore>.Instance);
    }

    public X509Certificate2 Issue(params string[] names) => Authority.Issue(names);

    /// <summary>Writes a file below the folder.</summary>
    public string Write(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public string Write(string name, X509Certificate2 certificate) => Write(name, TestAuthority.PemOf(certificate));

    public void Dispose()
    {
        Authority.Dispose();
        _data.Dispose();
    }

    internal sealed class KeptEvents : IEventLog
    {
        public ConcurrentQueue<(TenantId Tenant, EventType Type, string Message)> All { get; } = new();

        public void Write(TenantId tenant, EventType type, string message) => All.Enqueue((tenant, type, message));

        public Task<Page<EventEntry>> List(TenantId tenant, PageRequest page, CancellationToken cancel) => throw new NotSupportedException();

        public Task Clear(TenantId tenant, CancellationToken cancel) => throw new NotSupportedException();
    }
}
