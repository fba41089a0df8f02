using System.Net;
using System.Net.Sockets;

namespace TekSipCloud.Testing.Networks;

/// <summary>A server that takes every connection and answers nothing, as one that hangs. The system takes them: nobody reads what comes.</summary>
public sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    /// <summary>Listens from now on.</summary>
    public SilentServer() => _listener.Start(backlog: 1_000);

    /// <summary>Where, such as <c>127.0.0.1:40000</c>.</summary>
    public string Authority => _listener.LocalEndpoint.ToString()!;

    /// <summary>The connection string of a storage account whose tables are elsewhere and whose blob service is this one.</summary>
    public string Account(string tableEndpoint) =>
        $"AccountName={AzuriteFixture.AccountName};AccountKey={AzuriteFixture.AccountKey};"
        + $"TableEndpoint={tableEndpoint};BlobEndpoint=http://{Authority}/{AzuriteFixture.AccountName}";

    /// <summary>Closes what was taken.</summary>
    public void Dispose() => _listener.Dispose();
}
