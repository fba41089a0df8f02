using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Gateway;

namespace TekSipCloud.Silo.Certificates;

/// <summary>Composition of what TLS needs.</summary>
internal static class CertificateServices
{
    public static void AddCertificates(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<TlsOptions>().BindConfiguration(TlsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CertificateStore>();
        services.AddSingleton<IServerCertificates>(s => s.GetRequiredService<CertificateStore>());
        services.AddSingleton<IClientCertificate>(s => s.GetRequiredService<CertificateStore>());
        services.AddHostedService<CertificateWatch>();
        services.AddSingleton<HandshakeFailures>();
        services.AddHostedService<HandshakeReporter>();
        services.AddHostedService<TlsMetrics>();
        services.AddSingleton<ILoggerProvider, HandshakeLog>();
        builder.Logging.AddFilter<HandshakeLog>(category: null, LogLevel.None);
        builder.Logging.AddFilter<HandshakeLog>(HandshakeLog.Category, LogLevel.Debug);
    }

    /// <summary>TLS with the store's certificates.</summary>
    /// <param name="listen">The listener.</param>
    /// <param name="isSip">Whether clients are SIP peers, who may be asked for certificates; browsers and programs are not.</param>
    public static void UseStoredCertificates(this ListenOptions listen, bool isSip)
    {
        var services = listen.ApplicationServices;
        var clients = isSip ? services.GetRequiredService<IOptions<TlsOptions>>().Value.ClientCertificates : ClientCertificates.Off;
        var handshake = new TlsHandshake(services.GetRequiredService<CertificateStore>(), clients);
        listen.Use(next => connection => Attempt(connection, next));
        listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = handshake.Choose });
    }

    private static async Task Attempt(ConnectionContext connection, ConnectionDelegate next)
    {
        HandshakeAttempt.Current = new HandshakeAttempt(AddressOf(connection.RemoteEndPoint));
        await next(connection);
    }

    private static IPAddress AddressOf(EndPoint? remote)
    {
        var address = (remote as IPEndPoint)?.Address ?? IPAddress.None;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}
