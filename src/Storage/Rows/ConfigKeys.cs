using TekSipCloud.Contracts;

namespace TekSipCloud.Storage.Rows;

/// <summary>The row keys of the Config table: a kind, a bar and the escaped name.</summary>
public static class ConfigKeys
{
    /// <summary>The partition of the console's accounts; no tenant's id starts with <c>!</c>.</summary>
    public const string AccountPartition = "!accounts";

    /// <summary>The partition that lists the tenants.</summary>
    public const string TenantPartition = "!tenants";

    /// <summary>The partition of changes of tenants' sounds that are under way.</summary>
    public const string SoundPartition = "!sounds";

    /// <summary>The tenant itself.</summary>
    public const string Tenant = "tenant";

    /// <summary>The dial plan's version.</summary>
    public const string DialPlan = "dialplan";

    /// <summary>The counters' totals and baseline.</summary>
    public const string Counters = "counters";

    /// <summary>Begins the key of an extension.</summary>
    public const string Extensions = "extension|";

    /// <summary>Begins the key of a destination.</summary>
    public const string Destinations = "destination|";

    /// <summary>Begins the key of a route.</summary>
    public const string Routes = "route|";

    /// <summary>Begins the key of an IP filter.</summary>
    public const string IpFilters = "ipfilter|";

    /// <summary>Begins the key of a blocked address.</summary>
    public const string Quarantine = "quarantine|";

    /// <summary>Begins the key of an API key.</summary>
    public const string ApiKeys = "apikey|";

    /// <summary>Begins the key of a console account.</summary>
    public const string Accounts = "account|";

    /// <summary>Begins the key of an audit entry.</summary>
    public const string Audit = "audit|";

    /// <summary>The key of one thing of a kind.</summary>
    public static string Of(string kind, string name) => kind + KeyEscaping.Escape(name);
}
