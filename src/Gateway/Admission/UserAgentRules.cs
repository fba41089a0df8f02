using System.Text;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Admission;

/// <summary>
/// Which phones a tenant lets register, call and send messages by what they say they are (the manual, Settings / Security). No protection against who lies: it keeps known
/// scanners and wrong devices away before anything is computed for them.
/// </summary>
internal sealed class UserAgentRules
{
    /// <summary>Of a longer User-Agent the rest is not looked at.</summary>
    private const int MaxBytes = 1024;

    private readonly bool _demandsName;
    private readonly UserAgentPolicy _policy;
    private readonly string[] _listed;

    private UserAgentRules(TenantSettings settings)
    {
        _demandsName = settings.IgnoreNullUserAgent;
        _policy = settings.UserAgentPolicy;
        _listed = UserAgents.Split(settings.UserAgents);
    }

    /// <summary>A tenant's rules; null when every phone may.</summary>
    public static UserAgentRules? Of(TenantSettings settings) =>
        settings is { IgnoreNullUserAgent: false, UserAgentPolicy: UserAgentPolicy.Off } ? null : new(settings);

    /// <summary>Whether the request may go on. Who only asks what the server or an extension can is not looked at.</summary>
    public bool Admits(SipMessage request)
    {
        if (request.Method is not (SipMethod.Register or SipMethod.Invite or SipMethod.Message))
            return true;

        if (!request.TryGet(SipHeaderName.UserAgent, out var agent) || agent.IsEmpty)
            return !_demandsName && _policy != UserAgentPolicy.Allow;

        return _policy switch
        {
            UserAgentPolicy.Allow => IsListed(agent),
            UserAgentPolicy.Ban => !IsListed(agent),
            _ => true,
        };
    }

    private bool IsListed(ReadOnlySpan<byte> agent)
    {
        Span<char> buffer = stackalloc char[MaxBytes];
        ReadOnlySpan<char> text = buffer[..Encoding.UTF8.GetChars(agent[..Math.Min(agent.Length, MaxBytes)], buffer)];
        foreach (var part in _listed)
        {
            if (text.Contains(part, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
