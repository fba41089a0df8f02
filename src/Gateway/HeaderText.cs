using System.Text;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway;

/// <summary>Header values that are kept for people, such as User-Agent: whatever a phone sends, lists and books stay readable.</summary>
internal static class HeaderText
{
    private const int MaxBytes = 200;

    /// <summary>The header's first value, cut to what a list shows; empty when there is none.</summary>
    public static string Of(SipMessage message, SipHeaderName name) =>
        message.TryGet(name, out var value) ? Encoding.UTF8.GetString(value[..Math.Min(value.Length, MaxBytes)]) : "";
}
