using TekSipCloud.Testing.Hosts;
using TekSipCloud.Testing.Phones;

namespace TekSipCloud.Interop.Tests;

/// <summary>Accounts of phones at a tenant's extensions.</summary>
internal static class PhoneAccounts
{
    public static PhoneAccount Account(this HostProcess host, TestTenant tenant, string number, string transport = "udp") =>
        new(number, TestTenant.PasswordOf(number), tenant.Domain, transport == "tls" ? host.Ports.Sips : host.Ports.Sip)
        {
            Transport = transport,
            TrustedCertificate = transport == "tls" ? host.Certificate : null,
        };
}
