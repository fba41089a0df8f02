using System.Collections.Immutable;

namespace TekSipCloud.Sip.Resolution;

/// <summary>What came of a question, and how long that holds.</summary>
/// <param name="Outcome">Whether there are records.</param>
/// <param name="Records">Those asked for, aliases followed; empty unless found.</param>
/// <param name="Ttl">How long it holds; zero when nothing was said.</param>
/// <param name="Alias">The name to ask for instead when the server knew an alias but not its target; null otherwise.</param>
internal sealed record DnsAnswer(DnsOutcome Outcome, ImmutableArray<DnsRecord> Records, TimeSpan Ttl, string? Alias = null)
{
    private const int MaxAliases = 8;

    /// <summary>No server answered, or none of them knew.</summary>
    public static DnsAnswer None { get; } = new(DnsOutcome.NoAnswer, [], TimeSpan.Zero);

    /// <summary>Takes out of a message what was asked for.</summary>
    public static DnsAnswer Of(DnsQuestion question, DnsMessage message)
    {
        if (message.Code is not (DnsResponseCode.NoError or DnsResponseCode.NameError))
            return None;

        var (name, ttl) = FollowAliases(question.Name, message.Answers);
        var found = message.Answers.Where(r => r.Type == question.Type && r.Name == name).ToImmutableArray();
        if (!found.IsEmpty)
            return new(DnsOutcome.Found, found, found.Select(r => r.Ttl).Append(ttl).Min());

        if (message.Code == DnsResponseCode.NameError)
            return new(DnsOutcome.NoName, [], NegativeTtl(message.Authority));

        var isOpen = name != question.Name && message.Authority is null;
        return new(DnsOutcome.NoRecord, [], isOpen ? ttl : NegativeTtl(message.Authority), isOpen ? name : null);
    }

    private static (string Name, TimeSpan Ttl) FollowAliases(string name, List<DnsRecord> records)
    {
        var ttl = TimeSpan.MaxValue;
        for (var i = 0; i < MaxAliases; i++)
        {
            if (records.OfType<AliasRecord>().FirstOrDefault(r => r.Name == name) is not { } alias)
                break;

            name = alias.Target;
            ttl = alias.Ttl < ttl ? alias.Ttl : ttl;
        }

        return (name, ttl);
    }

    /// <summary>RFC 2308 §5: the lesser of the authority's own lifetime and its minimum.</summary>
    private static TimeSpan NegativeTtl(AuthorityRecord? authority) =>
        authority is null ? TimeSpan.Zero : authority.Ttl < authority.Minimum ? authority.Ttl : authority.Minimum;
}
