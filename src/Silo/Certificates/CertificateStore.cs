using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Nodes;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Gateway;

namespace TekSipCloud.Silo.Certificates;

/// <summary>
/// The certificates of HTTPS and SIP over TLS. A file that changes is used for the next handshake; one that can't be read leaves what was read
/// from it before in use. Thread-safe.
/// </summary>
internal sealed partial class CertificateStore : IServerCertificates, IClientCertificate
{
    private readonly TlsOptions _options;
    private readonly SiloOptions _silo;
    private readonly GatewayOptions _gateway;
    private readonly IConfiguration _configuration;
    private readonly IEventLog _events;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CertificateExpiry _expiry;
    private readonly ClientAuthorities _authorities;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, CertificateFile> _files = new(StringComparer.Ordinal);
    private CertificateFile? _named;
    private volatile CertificateIndex _index = new([], default, named: null, host: "");

    /// <summary>Reads everything for the first time.</summary>
    /// <exception cref="ValidationException">The operator's certificate can't be read: better no start than the wrong certificate.</exception>
    public CertificateStore(
        IOptions<TlsOptions> options, IOptions<SiloOptions> silo, IOptions<GatewayOptions> gateway, IConfiguration configuration,
        IEventLog events, TimeProvider clock, ILogger<CertificateStore> logger)
    {
        _options = options.Value;
        _silo = silo.Value;
        _gateway = gateway.Value;
        _configuration = configuration;
        _events = events;
        _clock = clock;
        _logger = logger;
        _expiry = new CertificateExpiry(_options.WarnBefore);
        _authorities = new ClientAuthorities(_options.ClientAuthorities);
        Folder = Directory.CreateDirectory(
            _options.Folder.Length > 0 ? _options.Folder : Path.Combine(_silo.DataFolder, "certificates")).FullName;
        Check(isFirst: true);
        if (_named is { Current: null })
            throw new ValidationException($"The certificate {_named.Path} can't be used: {_named.Fault}.");
        if (_options.ClientCertificates != ClientCertificates.Off && _authorities.All.Count == 0)
            throw new ValidationException($"Tls:ClientAuthorities names no PEM file with certificates of authorities: {_authorities.Fault}.");
    }

    /// <summary>Where certificates are looked for.</summary>
    public string Folder { get; }

    /// <summary>For those who ask for no name.</summary>
    public StoredCertificate? Default => _index.Default;

    SslStreamCertificateContext? IClientCertificate.Context => Default is { IsDevelopment: false } own ? own.Context : null;

    /// <summary>The only authorities whose clients are believed.</summary>
    public X509Certificate2Collection Authorities => _authorities.All;

    public ImmutableArray<ServerCertificate> All
    {
        get
        {
            lock (_lock)
                return [.. _files.Values.Where(file => file.Current is not null).Select(Show).OrderBy(shown => shown.Source, StringComparer.Ordinal)];
        }
    }

    /// <summary>The certificate for the name that a client asks for.</summary>
    public StoredCertificate? Find(string? name) => _index.Find(name);

    /// <summary>Reads what has changed.</summary>
    public void Check() => Check(isFirst: false);

    private void Check(bool isFirst)
    {
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            if (_silo.Certificate.Length == 0)
                DevelopmentCertificate.Ensure(Folder, OwnNames(), now);
            else
                _named ??= Track(Path.GetFullPath(_silo.Certificate));

            ForgetMissing();
            foreach (var path in CertificateContent.Find(Folder))
                Track(path);
            foreach (var file in _files.Values)
                Refresh(file, isFirst);

            var certificates = _files.Values.Select(file => file.Current).OfType<StoredCertificate>().ToArray();
            _index = new CertificateIndex(certificates, now, _named?.Current, _gateway.External);
            if (_authorities.Refresh() && !isFirst)
                Tell(_authorities.Fault is null ? EventType.Information : EventType.Error, _authorities.Describe());
            foreach (var (type, message) in _expiry.Check(_index.InUse, now))
                Tell(type, message);
        }
    }

    private CertificateFile Track(string path)
    {
        if (!_files.TryGetValue(path, out var file))
            _files.Add(path, file = new CertificateFile(path, _options.Password.Length > 0 ? _options.Password : null));
        return file;
    }

    private void ForgetMissing()
    {
        foreach (var file in _files.Values.Where(file => file != _named && !File.Exists(file.Path)).ToArray())
        {
            _files.Remove(file.Path);
            if (file.Current is not null)
                Tell(EventType.Warning, $"The certificate {file.Path} is gone and not in use any more.");
        }
    }

    private void Refresh(CertificateFile file, bool isFirst)
    {
        if (!file.Refresh(mustBeOne: file == _named))
            return;

        if (file.Fault is { } fault)
            Tell(EventType.Error, $"The certificate {file.Path} can't be used: {fault}. {(file.Current is null ? "It is left out." : "The earlier one stays in use.")}");
        else if (file.Current is { } current && !isFirst)
            Tell(EventType.Information, $"The certificate {file.Path} is in use for new connections: {Describe(current)}.");
    }

    private static string Describe(StoredCertificate certificate) =>
        $"{string.Join(", ", certificate.Names.Concat(certificate.Addresses))}, valid until {certificate.NotAfter:yyyy-MM-dd HH:mm} UTC";

    private void Tell(EventType type, string message)
    {
        _events.Write(TenantId.System, type, message);
        if (type == EventType.Information)
            LogNews(message);
        else
            LogTrouble(message);
    }

    private string[] OwnNames() =>
    [
        _gateway.ExternalName, .. _gateway.ExternalAddresses.Concat(_gateway.BindAddresses).Select(a => a.ToString()),
        _configuration["Setup:Domain"] ?? "", Environment.MachineName,
    ];

    private ServerCertificate Show(CertificateFile file)
    {
        var certificate = file.Current!;
        return new(
            file.Path, [.. certificate.Names, .. certificate.Addresses], certificate.Certificate.Issuer, certificate.NotBefore, certificate.NotAfter,
            certificate.Thumbprint, certificate == _index.Default, certificate.IsDevelopment, file.Fault);
    }

    [LoggerMessage(7010, LogLevel.Information, "{Message}")]
    private partial void LogNews(string message);

    [LoggerMessage(7011, LogLevel.Warning, "{Message}")]
    private partial void LogTrouble(string message);
}
