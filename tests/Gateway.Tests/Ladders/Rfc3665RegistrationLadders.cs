using TekSipCloud.Contracts.Registrations;
using TekSipCloud.Gateway.Tests.Scripts;
using TekSipCloud.Sip.Messages;

namespace TekSipCloud.Gateway.Tests.Ladders;

/// <summary>RFC 3665 §2: a phone and its registrar.</summary>
public sealed class Rfc3665RegistrationLadders : LadderTest
{
    private const string Second = "<sip:102@192.0.2.99:5062>";

    private IReadOnlyList<Binding> Bindings => Script.Grains.Extension(SipScript.Tenant, "102").Bindings;

    [Fact]
    public void Section_2_1_a_new_phone_is_challenged_and_then_registered()
    {
        var bob = Script.Phone("102");

        bob.SendsRegister();
        var challenge = bob.Gets(401);
        bob.Digest.Learn(challenge);
        bob.SendsRegister();
        var accepted = bob.Gets(200);

        Answers(challenge, bob.RegistrationCallId, "1 REGISTER");
        Assert.StartsWith($"Digest realm=\"{SipScript.Domain}\"", SipText.Header(challenge, "WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Empty(SipText.Lines(challenge, "Contact"));
        Answers(accepted, bob.RegistrationCallId, "2 REGISTER");
        Assert.StartsWith($"{bob.Contact};expires=3600", SipText.Header(accepted, "Contact"), StringComparison.Ordinal);
        Assert.Single(Bindings);
    }

    [Fact]
    public void Section_2_2_a_second_contact_joins_the_first()
    {
        var bob = Script.Registered("102");

        bob.SendsRegister(Second);

        var accepted = bob.Gets(200);
        Answers(accepted, bob.RegistrationCallId, "3 REGISTER");
        Assert.Equal([bob.Contact, Second], Contacts(accepted));
        Assert.Equal(2, Bindings.Count);
    }

    [Fact]
    public void Section_2_2_a_contact_that_is_no_phone_is_refused_and_the_first_one_stays()
    {
        // The RFC's second contact is a mailto URI, which a server that calls cannot reach.
        var bob = Script.Registered("102");

        bob.SendsRegister("<mailto:bob@example.com>");

        bob.Gets(416);
        Assert.Single(Bindings);
    }

    [Fact]
    public void Section_2_3_who_asks_without_a_Contact_is_told_the_list()
    {
        var bob = Script.Registered("102");
        bob.Registers(Second);

        bob.SendsRegister(contact: "", expires: null);

        var told = bob.Gets(200);
        Answers(told, bob.RegistrationCallId, "4 REGISTER");
        Assert.Equal([bob.Contact, Second], Contacts(told));
        Assert.Equal(2, Bindings.Count);
    }

    [Fact]
    public void Section_2_4_a_star_that_expires_at_once_cancels_the_registration()
    {
        var bob = Script.Registered("102");

        bob.SendsRegister("*", expires: 0);

        var cancelled = bob.Gets(200);
        Answers(cancelled, bob.RegistrationCallId, "3 REGISTER");
        Assert.Empty(SipText.Lines(cancelled, "Contact"));
        Assert.Empty(Bindings);
        Script.Registered("101").Invites("102").GetsRefusal(480);
    }

    [Fact]
    public void Section_2_5_a_wrong_password_is_refused_and_registers_nothing()
    {
        // The RFC's registrar challenges once more; 403 tells the phone that asking again is of no use (RFC 3261 §21.4.4).
        var bob = Script.Phone("102", password: "wrong");
        bob.SendsRegister();
        bob.Digest.Learn(bob.Gets(401));

        bob.SendsRegister();

        var refused = bob.Gets(403);
        Answers(refused, bob.RegistrationCallId, "2 REGISTER");
        Assert.Empty(SipText.Lines(refused, "WWW-Authenticate"));
        Assert.Empty(SipText.Lines(refused, "Contact"));
        Assert.Empty(Bindings);
    }

    /// <summary>The addresses without their parameters, in an order that does not depend on the answer's.</summary>
    private static string[] Contacts(SipMessage answer) =>
        [.. SipText.Lines(answer, "Contact").Select(line => line["Contact: ".Length..].Split(';')[0]).Order(StringComparer.Ordinal)];
}
