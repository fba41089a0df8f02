using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace TekSipCloud.Api.Security;

/// <summary>Names the source of an attempt: an IPv4 address, or the /64 of an IPv6 address, which one subscriber has whole.</summary>
internal static class AttemptSource
{
    private const int SubnetOctets = 8;

    public static string Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    public static string Of(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4().ToString();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, SubnetOctets))
            : address.ToString();
    }
}
