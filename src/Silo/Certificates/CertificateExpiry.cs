using TekSipCloud.Contracts.Events;

namespace TekSipCloud.Silo.Certificates;

/// <summary>Warns of certificates that end: first in good time, then a week, a day before and when it has happened; each once.</summary>
internal sealed class CertificateExpiry(TimeSpan warnBefore)
{
    private readonly TimeSpan[] _stages = [warnBefore, TimeSpan.FromDays(7), TimeSpan.FromDays(1), TimeSpan.Zero];
    private Dictionary<string, int> _told = [];

    /// <summary>What is to be told now.</summary>
    public IEnumerable<(EventType Type, string Message)> Check(IEnumerable<StoredCertificate> inUse, DateTimeOffset now)
    {
        var told = new Dictionary<string, int>();
        var news = new List<(EventType, string)>();
        foreach (var certificate in inUse.Where(certificate => !certificate.IsDevelopment))
        {
            var left = certificate.NotAfter - now;
            var stage = _stages.Count(before => left <= before);
            if (stage > 0 && stage > _told.GetValueOrDefault(certificate.Thumbprint))
                news.Add(Word(certificate, left));
            told[certificate.Thumbprint] = stage;
        }

        _told = told;
        return news;
    }

    private static (EventType Type, string Message) Word(StoredCertificate certificate, TimeSpan left)
    {
        var what = $"The certificate {certificate.Source} ({string.Join(", ", certificate.Names.Concat(certificate.Addresses))})";
        return left <= TimeSpan.Zero
            ? (EventType.Error, $"{what} expired at {certificate.NotAfter:yyyy-MM-dd HH:mm} UTC.")
            : (EventType.Warning, $"{what} expires at {certificate.NotAfter:yyyy-MM-dd HH:mm} UTC, in {Math.Ceiling(left.TotalDays):0} days or less.");
    }
}
