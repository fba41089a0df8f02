using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography.X509Certificates;
using TekSipCloud.Contracts.Events;
using TekSipCloud.Contracts.Tenants;
using TekSipCloud.Silo.Certificates;
using TekSipCloud.Testing.Certificates;

namespace TekSipCloud.Silo.Tests.Certificates;

/// <summary>Which certificate is shown to whom, and what happens when a file changes (the manual, Server Certificate).</summary>
public sealed class CertificateStoreTests : IDisposable
{
    private readonly StoreBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_first_run_makes_a_development_certificate_and_keeps_it()
    {
        var first = _bench.Open().Default;
        var second = _bench.Open().Default;

        Assert.True(first!.IsDevelopment);
        Assert.Equal(first.Thumbprint, second!.Thumbprint);
        Assert.Contains("localhost", first.Names);
    }

    [Fact]
    public void A_development_certificate_that_can_not_be_read_is_made_anew()
    {
        _bench.Write("development.pfx", "not a PFX");

        Assert.True(_bench.Open().Default!.IsDevelopment);
    }

    [Fact]
    public void The_name_asked_for_chooses_the_certificate_RFC_6066_3()
    {
        _bench.Write("a.pem", _bench.Issue("a.example.com"));
        _bench.Write("b.pem", _bench.Issue("b.example.com", "sip:b.example.net"));
        _bench.Write("wild.pem", _bench.Issue("*.example.org"));
        var store = _bench.Open();

        Assert.EndsWith("a.pem", store.Find("A.example.com")!.Source, StringComparison.Ordinal);
        Assert.EndsWith("b.pem", store.Find("b.example.com")!.Source, StringComparison.Ordinal);
        Assert.EndsWith("b.pem", store.Find("b.example.net")!.Source, StringComparison.Ordinal);
        Assert.EndsWith("wild.pem", store.Find("any.example.org")!.Source, StringComparison.Ordinal);
        Assert.Same(store.Default, store.Find("two.labels.example.org"));
        Assert.Same(store.Default, store.Find("example.org"));
        Assert.Same(store.Default, store.Find(null));
    }

    [Fact]
    public void An_exact_name_wins_over_a_wildcard()
    {
        _bench.Write("wild.pem", _bench.Issue("*.example.com"));
        _bench.Write("exact.pem", _bench.Issue("sip.example.com"));

        Assert.EndsWith("exact.pem", _bench.Open().Find("sip.example.com")!.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_asks_for_no_name_gets_the_file_named_default_then_the_one_of_our_host_then_the_first()
    {
        _bench.Write("a.pem", _bench.Issue("a.example.com"));
        Assert.EndsWith("a.pem", _bench.Open().Default!.Source, StringComparison.Ordinal);

        _bench.Write("z.pem", _bench.Issue("sip.known.example"));
        Assert.EndsWith("z.pem", _bench.Open().Default!.Source, StringComparison.Ordinal);

        _bench.Write("default.pem", _bench.Issue("other.example.com"));
        Assert.EndsWith("default.pem", _bench.Open().Default!.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void The_certificate_an_operator_named_is_the_default_and_no_other_is_made()
    {
        _bench.Write("a.pem", _bench.Issue("a.example.com"));
        _bench.Silo.Certificate = _bench.Write("../mine.pem", _bench.Issue("mine.example.com"));
        var store = _bench.Open();

        Assert.EndsWith("mine.pem", store.Default!.Source, StringComparison.Ordinal);
        Assert.DoesNotContain(store.All, certificate => certificate.IsDevelopment);
    }

    [Fact]
    public void A_named_certificate_that_can_not_be_read_is_told_at_start()
    {
        _bench.Silo.Certificate = "/nowhere/mine.pem";

        Assert.Contains("/nowhere/mine.pem", Assert.Throws<ValidationException>(_bench.Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_may_be_beside_as_certbot_keeps_them_and_chains_are_sent()
    {
        using var between = new TestAuthority("Between", _bench.Authority);
        using var certificate = between.Issue("bot.example.com");
        _bench.Write("live/fullchain.pem", certificate.ExportCertificatePem() + "\n" + between.Pem);
        _bench.Write("live/cert.pem", certificate.ExportCertificatePem());
        _bench.Write("live/privkey.pem", TestAuthority.KeyPemOf(certificate));
        using var split = _bench.Issue("split.example.com");
        _bench.Write("split.crt", split.ExportCertificatePem());
        _bench.Write("split.key", TestAuthority.KeyPemOf(split));
        var store = _bench.Open();

        Assert.Equal(["live/fullchain.pem", "split.crt"], Sources(store));
        Assert.Single(store.Find("bot.example.com")!.Context.IntermediateCertificates);
        Assert.Empty(_bench.Events.All);
    }

    [Fact]
    public void A_PFX_is_opened_with_the_password()
    {
        _bench.Options.Password = "open sesame";
        Directory.CreateDirectory(_bench.Folder);
        File.WriteAllBytes(Path.Combine(_bench.Folder, "a.pfx"), _bench.Issue("a.example.com").Export(X509ContentType.Pfx, "open sesame"));

        Assert.EndsWith("a.pfx", _bench.Open().Find("a.example.com")!.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_changed_is_used_for_the_next_handshake_and_told()
    {
        _bench.Write("a.pem", _bench.Issue("a.example.com"));
        var store = _bench.Open();
        var old = store.Find("a.example.com")!;

        using var renewed = _bench.Issue("a.example.com", "new.example.com");
        _bench.Write("a.pem", renewed);
        store.Check();

        Assert.NotEqual(old.Thumbprint, store.Find("a.example.com")!.Thumbprint);
        Assert.Same(store.Find("a.example.com"), store.Find("new.example.com"));
        var (tenant, type, message) = Assert.Single(_bench.Events.All);
        Assert.Equal((TenantId.System, EventType.Information), (tenant, type));
        Assert.Contains("new.example.com", message, StringComparison.Ordinal);
        Assert.NotNull(old.Context.TargetCertificate.GetECDsaPrivateKey());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIC")]
    [InlineData("garbage")]
    public void A_half_written_file_keeps_the_old_certificate_and_is_told_once(string half)
    {
        _bench.Write("a.pem", _bench.Issue("a.example.com"));
        var store = _bench.Open();
        var old = store.Find("a.example.com");

        _bench.Write("a.pem", half);
        store.Check();
        store.Check();

        Assert.Same(old, store.Find("a.example.com"));
        Assert.NotNull(Assert.Single(store.All, certificate => !certificate.IsDevelopment).Fault);
        Assert.Contains("The earlier one stays in use.", Assert.Single(_bench.Events.All).Message, StringComparison.Ordinal);

        _bench.Write("a.pem", _bench.Issue("a.example.com"));
        store.Check();
        Assert.NotSame(old, store.Find("a.example.com"));
        Assert.Null(Assert.Single(store.All, certificate => !certificate.IsDevelopment).Fault);
    }

    [Fact]
    public void A_key_of_another_certificate_keeps_the_old_one()
    {
        using var first = _bench.Issue("a.example.com");
        using var other = _bench.Issue("a.example.com");
        _bench.Write("a.crt", first.ExportCertificatePem());
        _bench.Write("a.key", TestAuthority.KeyPemOf(first));
        var store = _bench.Open();

        _bench.Write("a.crt", other.ExportCertificatePem());
        store.Check();
        Assert.Equal(first.Thumbprint, store.Find("a.example.com")!.Certificate.Thumbprint);

        _bench.Write("a.key", TestAuthority.KeyPemOf(other));
        store.Check();
        Assert.Equal(other.Thumbprint, store.Find("a.example.com")!.Certificate.Thumbprint);
    }

    [Fact]
    public void A_removed_file_is_not_shown_any_more()
    {
        var file = _bench.Write("a.pem", _bench.Issue("a.example.com"));
        var store = _bench.Open();
        File.Delete(file);
        store.Check();

        Assert.True(store.Find("a.example.com")!.IsDevelopment);
        Assert.Contains("is gone", Assert.Single(_bench.Events.All).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_for_one_name_the_most_current_valid_one_is_shown_and_the_other_when_that_has_expired()
    {
        var now = _bench.Clock.GetUtcNow();
        _bench.Write("1.pem", _bench.Authority.Issue(now.AddDays(-50), now.AddDays(90), "a.example.com"));
        _bench.Write("2.pem", _bench.Authority.Issue(now.AddDays(-20), now.AddDays(30), "a.example.com"));
        _bench.Write("3.pem", _bench.Authority.Issue(now.AddDays(40), now.AddDays(130), "a.example.com"));
        var store = _bench.Open();

        Assert.EndsWith("2.pem", store.Find("a.example.com")!.Source, StringComparison.Ordinal);
        AssertAfter(TimeSpan.FromDays(31), "1.pem");
        AssertAfter(TimeSpan.FromDays(10), "3.pem");
        AssertAfter(TimeSpan.FromDays(100), "3.pem");

        void AssertAfter(TimeSpan time, string source)
        {
            _bench.Clock.Advance(time);
            store.Check();
            Assert.EndsWith(source, store.Find("a.example.com")!.Source, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("default.pem")]
    [InlineData("../mine.pem")]
    public void When_the_chosen_certificate_has_expired_a_newer_one_with_its_names_takes_over_for_those_who_ask_for_no_name(string file)
    {
        // The manual, Server Certificate
        var now = _bench.Clock.GetUtcNow();
        var chosen = _bench.Write(file, _bench.Authority.Issue(now.AddDays(-50), now.AddDays(10), "sip.example.com", "127.0.0.1"));
        if (file != "default.pem")
            _bench.Silo.Certificate = chosen;
        _bench.Write("other.pem", _bench.Authority.Issue(now.AddDays(-1), now.AddDays(300), "other.example.com"));
        _bench.Write("next.pem", _bench.Authority.Issue(now.AddDays(-2), now.AddDays(90), "SIP.example.com", "127.0.0.1", "more.example.com"));
        var store = _bench.Open();
        Assert.Equal(Path.GetFileName(file), Path.GetFileName(store.Default!.Source));

        _bench.Clock.Advance(TimeSpan.FromDays(11));
        store.Check();
        Assert.EndsWith("next.pem", store.Default!.Source, StringComparison.Ordinal);
        Assert.Same(store.Default, store.Find("sip.example.com"));

        _bench.Clock.Advance(TimeSpan.FromDays(100));
        store.Check();
        Assert.Equal(Path.GetFileName(file), Path.GetFileName(store.Default!.Source));
    }

    [Fact]
    public void Its_end_is_told_three_weeks_a_week_and_a_day_before_and_when_it_has_come_each_once()
    {
        var now = _bench.Clock.GetUtcNow();
        _bench.Write("a.pem", _bench.Authority.Issue(now.AddDays(-1), now.AddDays(30), "a.example.com"));
        var store = _bench.Open();
        for (var day = 0; day < 35; day++)
        {
            _bench.Clock.Advance(TimeSpan.FromDays(1));
            store.Check();
            store.Check();
        }

        Assert.Equal(
            [EventType.Warning, EventType.Warning, EventType.Warning, EventType.Error],
            _bench.Events.All.Select(told => told.Type));
    }

    [Fact]
    public void Clients_can_not_be_asked_without_authorities()
    {
        _bench.Options.ClientCertificates = ClientCertificates.Required;

        Assert.Contains("Tls:ClientAuthorities", Assert.Throws<ValidationException>(_bench.Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Authorities_of_clients_are_read_again_and_kept_when_they_can_not_be()
    {
        _bench.Options.ClientCertificates = ClientCertificates.Requested;
        _bench.Options.ClientAuthorities = _bench.Write("../clients.pem", _bench.Authority.Pem);
        var store = _bench.Open();
        using var second = new TestAuthority("Second");

        _bench.Write("../clients.pem", _bench.Authority.Pem + "\n" + second.Pem);
        store.Check();
        Assert.Equal(2, store.Authorities.Count);

        _bench.Write("../clients.pem", "");
        store.Check();
        store.Check();
        Assert.Equal(2, store.Authorities.Count);
        Assert.Equal([EventType.Information, EventType.Error], _bench.Events.All.Select(told => told.Type));
    }

    private string[] Sources(CertificateStore store) =>
        [.. store.All.Where(c => !c.IsDevelopment).Select(c => Path.GetRelativePath(_bench.Folder, c.Source))];
}
