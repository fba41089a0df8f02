using System.Diagnostics.Metrics;

namespace TekSipCloud.Silo.Certificates;

/// <summary>Figures of TLS (meter <c>TekSipCloud.Tls</c>), read when somebody reads the meter. Starts with the host, so that they are there.</summary>
internal sealed class TlsMetrics : IHostedService
{
    private readonly Meter _meter;

    public TlsMetrics(IMeterFactory meters, CertificateStore store, HandshakeFailures failures, TimeProvider clock)
    {
        _meter = meters.Create("TekSipCloud.Tls");
        _meter.CreateObservableCounter(
            "teksip.tls.handshakes_failed", () => failures.Total, "{handshake}", "TLS handshakes of others with this node that failed.");
        _meter.CreateObservableGauge(
            "teksip.tls.certificate_time_left", () => ShortestTimeLeft(store, clock), "s", "Time until the first of the certificates in use expires.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static double ShortestTimeLeft(CertificateStore store, TimeProvider clock) =>
        store.All.Select(certificate => (certificate.NotAfter - clock.GetUtcNow()).TotalSeconds).DefaultIfEmpty().Min();
}
