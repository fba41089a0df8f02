using System.Security.Cryptography.X509Certificates;
using TekSipCloud.Sip.Tls;

namespace TekSipCloud.Silo.Certificates;

/// <summary>The file with the authorities of clients' certificates, as last read whole.</summary>
internal sealed class ClientAuthorities(string path)
{
    private string _text = "";

    public X509Certificate2Collection All { get; private set; } = [];

    /// <summary>Why the present content is not in use; null when it is.</summary>
    public string? Fault { get; private set; } = path.Length == 0 ? "none is given" : null;

    /// <summary>Reads it again; true when something about it is new.</summary>
    public bool Refresh()
    {
        if (path.Length == 0)
            return false;

        var before = (_text, Fault);
        try
        {
            var text = File.ReadAllText(path);
            if (text != _text)
                Take(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _text = "";
            Fault = e.Message;
        }

        return before != (_text, Fault);
    }

    /// <summary>What has become of it, for the event log.</summary>
    public string Describe() => Fault is null
        ? $"The authorities of clients in {path} are in use for new connections: {All.Count}."
        : $"The authorities of clients in {path} can't be used: {Fault}. The earlier ones stay in use.";

    private void Take(string text)
    {
        _text = text;
        var isRead = ServerTrust.TryRead(text, out var all);
        if (isRead)
            All = all;
        Fault = isRead ? null : "it holds no certificate that can be read";
    }
}
