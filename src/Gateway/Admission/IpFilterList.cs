using System.Collections.Immutable;
using System.Net;
using TekSipCloud.Contracts.DialPlan;

namespace TekSipCloud.Gateway.Admission;

/// <summary>A tenant's IP filters (the manual, Settings / IP Filters): the first that covers a source decides, and who is covered by none authenticates.</summary>
internal sealed class IpFilterList
{
    private readonly IpFilterRule[] _rules;

    private IpFilterList(IEnumerable<IpFilter> filters) => _rules = [.. filters.Select(IpFilterRule.Of).OfType<IpFilterRule>()];

    /// <summary>A tenant's filters in order; null when it has none, as nearly all.</summary>
    public static IpFilterList? Of(ImmutableArray<IpFilter> filters) => filters.IsDefaultOrEmpty ? null : new(filters);

    /// <summary>The filter that decides about a source; null when none does.</summary>
    public IpFilterRule? Find(IPAddress source)
    {
        var key = IpFilterRule.KeyOf(source);
        foreach (var rule in _rules)
        {
            if (rule.Covers(key))
                return rule;
        }

        return null;
    }

    /// <summary>Whether requests of a source get no answer.</summary>
    public bool Drops(IPAddress source) => Find(source)?.Action == IpFilterAction.Drop;
}
