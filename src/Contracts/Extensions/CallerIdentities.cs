namespace TekSipCloud.Contracts.Extensions;

/// <summary>What an extension may call as, as text.</summary>
public static class CallerIdentities
{
    /// <summary>The most that an extension has.</summary>
    public const int Max = 20;

    /// <summary>The identities of a list; none for an empty one.</summary>
    public static string[] Split(string list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return list.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>A list of identities; empty for none. One that is empty or has a space, which none may, stands in quotes: it must not be taken for others.</summary>
    public static string Join(IEnumerable<string>? identities) =>
        string.Join(' ', (identities ?? []).Select(identity => string.IsNullOrEmpty(identity) || identity.Contains(' ', StringComparison.Ordinal) ? $"\"{identity}\"" : identity));
}
