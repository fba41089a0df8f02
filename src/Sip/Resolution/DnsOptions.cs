using System.ComponentModel.DataAnnotations;
using System.Net;

namespace TekSipCloud.Sip.Resolution;

/// <summary>Which name servers are asked and how long their answers are kept. Section <c>Dns</c>.</summary>
public sealed class DnsOptions : IValidatableObject
{
    /// <summary>Configuration section of these options.</summary>
    public const string Section = "Dns";

    /// <summary>
    /// Name servers as <c>address</c> or <c>address:port</c>, several with commas between, asked in this order. Empty, the default: those of
    /// <c>/etc/resolv.conf</c>, read again when it changes.
    /// </summary>
    public string Servers { get; set; } = "";

    /// <summary>
    /// How long one server has for one answer, 100 ms to 30 s. Default none: what <c>resolv.conf</c> says, else 2 s. More than a caller waits
    /// (5 s for a call) is of no use.
    /// </summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>How often each server is asked before it is given up. Default none: what <c>resolv.conf</c> says, else 2.</summary>
    [Range(1, 5)]
    public int? Attempts { get; set; }

    /// <summary>An answer is kept at least as long, whatever it says, so that a zero does not cost a question a call. Default 5 s.</summary>
    public TimeSpan MinTtl { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>An answer is kept at most as long. Default 1 day (RFC 8767 §4 caps at days as well).</summary>
    public TimeSpan MaxTtl { get; set; } = TimeSpan.FromDays(1);

    /// <summary>"There is none" is kept at most as long. Default 5 min, so that a record that is added is seen soon (RFC 2308 §5).</summary>
    public TimeSpan MaxNegativeTtl { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long after its end an answer still serves while no name server answers. Default 1 day (RFC 8767 §5.11 recommends 1 to 3 days); zero
    /// for not at all.
    /// </summary>
    public TimeSpan MaxStale { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Answers kept at most. Default 10,000: about 5 MB.</summary>
    [Range(100, 1_000_000)]
    public int MaxEntries { get; set; } = 10_000;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!TryReadServers(out _))
            yield return new("Name servers are given as address or address:port, with commas between.", [nameof(Servers)]);
        if (Timeout is { } timeout && (timeout < TimeSpan.FromMilliseconds(100) || timeout > TimeSpan.FromSeconds(30)))
            yield return new("A name server's time is from 100 ms to 30 s.", [nameof(Timeout)]);
        if (MinTtl < TimeSpan.Zero || MinTtl > MaxTtl || MaxNegativeTtl < TimeSpan.Zero || MaxStale < TimeSpan.Zero)
            yield return new("An answer's times are not negative, and the least is no longer than the longest.", [nameof(MinTtl)]);
    }

    /// <summary>The servers of <see cref="Servers"/>, port 53 where none is said. False when one of them is no address.</summary>
    internal bool TryReadServers(out IPEndPoint[] servers)
    {
        var texts = Servers.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        servers = new IPEndPoint[texts.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            // A bare IPv6 address would be read as address and port.
            if (IPAddress.TryParse(texts[i], out var address))
                servers[i] = new IPEndPoint(address, ResolvConf.DnsPort);
            else if (IPEndPoint.TryParse(texts[i], out var endpoint) && endpoint.Port > 0)
                servers[i] = endpoint;
            else
                return false;
        }

        return true;
    }
}
