using System.Collections.Immutable;
using TekSipCloud.Contracts;
using TekSipCloud.Contracts.Accounts;
using TekSipCloud.Contracts.Sounds;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Grains.Extensions;
using TekSipCloud.Storage.Tenants;

namespace TekSipCloud.Grains.Tenants;

/// <summary>What a tenant must be like, and what it becomes.</summary>
internal static class TenantRules
{
    private const int MaxDomains = 100;
    private const int MaxNameLength = 100;

    /// <summary>The tenant that is asked for; domains in their one form, without repetition.</summary>
    public static TenantDocument Create(TenantId id, NewTenant wish, DateTimeOffset now)
    {
        var domains = Normalize(wish.Domains);
        var name = wish.Name is { Length: > 0 } given ? given : id.Value;
        var realm = wish.Realm ?? domains.FirstOrDefault() ?? "";
        var tenant = new Tenant(id, name, realm, domains, Enabled: true, wish.Settings ?? new(), now)
        {
            OriginationDomains = Normalize(wish.OriginationDomains),
        };
        return new(tenant, Version: 1);
    }

    /// <summary>The tenant after a change; what the change leaves out stays.</summary>
    public static TenantDocument Change(TenantDocument current, TenantChange change)
    {
        var kept = change.Domains is { } named ? Normalize(named) : current.Tenant.Domains;
        var tenant = current.Tenant with
        {
            Name = change.Name ?? current.Tenant.Name,
            Domains = kept,
            OriginationDomains = change.OriginationDomains is { } modes ? Normalize(modes) : [.. kept.Where(current.Tenant.IsOriginationOnly)],
            Enabled = change.Enabled ?? current.Tenant.Enabled,
            Settings = change.Settings ?? current.Tenant.Settings,
        };
        var released = current.ReleasedDomains.Union(current.Tenant.Domains).Except(tenant.Domains);
        return current with { Tenant = tenant, Version = current.Version + 1, ReleasedDomains = [.. released] };
    }

    /// <summary>Everything that is wrong with a tenant; null when nothing is.</summary>
    public static Problem? Validate(Tenant tenant)
    {
        var rules = new FieldRules()
            .DemandText(tenant.Name, MaxNameLength, "Name", minLength: 1)
            .Demand(IsRealm(tenant.Realm), "Realm",
                "Realm takes 1 to 100 printable ASCII characters without quotes and backslashes.")
            .Demand(tenant.Domains.Length is > 0 and <= MaxDomains, "Domains",
                $"A tenant has 1 to {MaxDomains} domains.");

        for (var i = 0; i < tenant.Domains.Length; i++)
        {
            rules.Demand(SipDomain.Normalize(tenant.Domains[i]) is not null, $"Domains[{i}]",
                $"'{tenant.Domains[i]}' is neither a host name nor an address.");
        }

        for (var i = 0; i < tenant.OriginationDomains.Length; i++)
        {
            rules.Demand(tenant.Domains.Contains(tenant.OriginationDomains[i]), $"OriginationDomains[{i}]",
                $"'{tenant.OriginationDomains[i]}' is none of the tenant's domains.");
        }

        return Validate(tenant.Settings, rules).Problem;
    }

    /// <summary>What is wrong with a sound.</summary>
    public static Problem? ValidateSound(Sound sound) => new FieldRules()
        .DemandText(sound.Name, SoundLimits.MaxNameLength, "Name")
        .Demand(Enum.IsDefined(sound.Kind), "Kind", "There is no such kind of sound.")
        .DemandRange(sound.Duration, SoundLimits.Shortest, SoundLimits.LongestOf(sound.Kind), "Duration")
        .Problem;

    /// <summary>The tenant with a sound in place of what it had of that kind; with the default when there is none.</summary>
    public static TenantDocument WithSound(TenantDocument current, SoundKind kind, Sound? sound)
    {
        var others = SoundsOf(current.Tenant).Where(other => other.Kind != kind);
        return current with
        {
            Tenant = current.Tenant with { Sounds = [.. others.Concat(sound is null ? [] : [sound]).OrderBy(own => own.Kind)] },
            Version = current.Version + 1,
            HadSounds = current.HadSounds || sound is not null,
        };
    }

    /// <summary>What a tenant has of its own.</summary>
    public static ImmutableArray<Sound> SoundsOf(Tenant tenant) => tenant.Sounds.IsDefault ? [] : tenant.Sounds;

    /// <summary>What is wrong with a password of the TekSIP-compatible API.</summary>
    public static Problem? ValidateApiPassword(string? password) => new FieldRules()
        .Demand(password is null or { Length: >= 8 and <= 128 }, "Password",
            "The API password has 8 to 128 characters.")
        .Problem;

    /// <summary>What is wrong with an API key to be made.</summary>
    public static Problem? ValidateApiKey(string name, Role role) => new FieldRules()
        .DemandText(name, MaxNameLength, "Name", minLength: 1)
        .Demand(role is Role.Viewer or Role.TenantAdmin, "Role", "An API key's role is Viewer or TenantAdmin.")
        .Problem;

    private static FieldRules Validate(TenantSettings settings, FieldRules rules) => rules
        .Demand(Enum.IsDefined(settings.DigestAlgorithm), "Settings.DigestAlgorithm",
            "DigestAlgorithm is Md5 or Sha256.")
        .DemandRange(settings.MinExpires, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), "Settings.MinExpires")
        .DemandRange(settings.MaxExpires, settings.MinExpires, TimeSpan.FromDays(7), "Settings.MaxExpires")
        .DemandRange(settings.DefaultExpires, settings.MinExpires, settings.MaxExpires, "Settings.DefaultExpires")
        .DemandRange(settings.MaxBindings, 1, 100, "Settings.MaxBindings")
        .Demand(Enum.IsDefined(settings.KeepAlive), "Settings.KeepAlive", "KeepAlive is Off, Crlf or Options.")
        .DemandRange(settings.KeepAlivePeriod, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10), "Settings.KeepAlivePeriod")
        .DemandRange(settings.KeepAliveMisses, 0, 100, "Settings.KeepAliveMisses")
        .DemandRange(settings.RingTimeout, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10), "Settings.RingTimeout")
        .Demand(settings.MaxSessionDuration is not { } longest || longest >= TimeSpan.FromSeconds(1),
            "Settings.MaxSessionDuration",
            "MaxSessionDuration is at least a second, or null for no limit.")
        .Demand(settings.VoiceMailDestination is null or { Length: > 0 and <= 64 }, "Settings.VoiceMailDestination",
            "VoiceMailDestination is a destination's name, or null.")
        .Demand(IsNumber(settings.EchoNumber), "Settings.EchoNumber", NumberRule)
        .Demand(IsNumber(settings.MusicNumber), "Settings.MusicNumber", NumberRule)
        .Demand(settings.MusicNumber is "" or null || settings.MusicNumber != settings.EchoNumber, "Settings.MusicNumber",
            "The music test has another number than the echo test.")
        .Demand(IsNumber(settings.PickUpPrefix), "Settings.PickUpPrefix", "The pick-up prefix is written as an extension, or empty for none.")
        .Demand(CodecIds.TryParse(settings.CodecIds, out _), "Settings.CodecIds",
            $"CodecIds are profiles with codecs and payload types of 96 to 127, such as Default: telephone-event=96; Carrier: iLBC=97, in at most {CodecIds.MaxLength} characters; or empty.")
        .Demand(Enum.IsDefined(settings.Transfers), "Settings.Transfers", "Transfers is CarryOut, PassThrough or Refuse.")
        .Demand(Enum.IsDefined(settings.UserAgentPolicy), "Settings.UserAgentPolicy", "UserAgentPolicy is Off, Allow or Ban.")
        .DemandText(settings.UserAgents, UserAgents.MaxLength, "Settings.UserAgents")
        .Demand(settings.UserAgentPolicy == UserAgentPolicy.Off || UserAgents.Split(settings.UserAgents ?? "").Length > 0, "Settings.UserAgents",
            "A policy for user agents needs some, with semicolons between them.");

    private const string NumberRule = "A test's number is written as an extension's, or empty for none.";

    private static bool IsNumber(string? number) => number is "" || ExtensionRules.IsUsername(number);

    private static bool IsRealm(string? realm) =>
        realm is { Length: > 0 and <= 100 } && realm.All(c => c is >= ' ' and <= '~' and not '"' and not '\\');

    // One that cannot be read stays as it is, so that the validation can name it.
    private static ImmutableArray<string> Normalize(ImmutableArray<string> domains) => domains.IsDefault
        ? []
        : [.. domains.Select(domain => SipDomain.Normalize(domain) ?? domain ?? "").Distinct()];
}
