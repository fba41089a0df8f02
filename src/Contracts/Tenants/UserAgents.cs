namespace TekSipCloud.Contracts.Tenants;

/// <summary>A list of user agents as text (the manual's User Agent Policy): <c>Yealink; Linphone/5</c>.</summary>
public static class UserAgents
{
    /// <summary>The most characters.</summary>
    public const int MaxLength = 1024;

    /// <summary>The identifiers of a list; none for an empty one.</summary>
    public static string[] Split(string list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
