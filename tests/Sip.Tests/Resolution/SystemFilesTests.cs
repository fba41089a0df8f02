using System.Net;
using TekSipCloud.Sip.Resolution;
using TekSipCloud.Testing;

namespace TekSipCloud.Sip.Tests.Resolution;

/// <summary>resolv.conf(5) and hosts(5).</summary>
public sealed class SystemFilesTests
{
    [Fact]
    public void Servers_search_and_options_are_read()
    {
        var conf = ResolvConf.Parse("""
            # a comment
            domain ignored.test
            search Corp.Example. lab.example
            nameserver 192.0.2.1
            nameserver	2001:db8::1
            nameserver nonsense
            options edns0 timeout:3 attempts:9
            sortlist 130.155.160.0
            """);

        Assert.Equal([IPEndPoint.Parse("192.0.2.1:53"), IPEndPoint.Parse("[2001:db8::1]:53")], conf.Servers);
        Assert.Equal(["corp.example", "lab.example"], conf.Search);
        Assert.Equal(TimeSpan.FromSeconds(3), conf.Timeout);
        Assert.Equal(5, conf.Attempts);
    }

    [Fact]
    public void Without_a_nameserver_this_machine_is_asked()
    {
        var conf = ResolvConf.Parse("");
        Assert.Equal([IPEndPoint.Parse("127.0.0.1:53")], conf.Servers);
        Assert.Null(conf.Timeout);
    }

    [Fact]
    public void A_fourth_nameserver_is_not_asked() =>
        Assert.Equal(3, ResolvConf.Parse("nameserver 1.1.1.1\nnameserver 1.1.1.2\nnameserver 1.1.1.3\nnameserver 1.1.1.4").Servers.Length);

    [Fact]
    public void Hosts_has_names_with_aliases_and_both_families()
    {
        var hosts = HostsFile.Parse("127.0.0.1 localhost # me\n::1 localhost ip6-localhost\n\nnonsense x\n192.0.2.9\tPBX pbx.example\n");

        Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback], hosts.Find("localhost"));
        Assert.Equal([IPAddress.Parse("192.0.2.9")], hosts.Find("pbx.example"));
        Assert.Equal([IPAddress.Parse("192.0.2.9")], hosts.Find("pbx"));
        Assert.Empty(hosts.Find("x"));
    }

    [Fact]
    public void A_file_that_changes_is_read_again()
    {
        using var folder = new TestFolder("resolv");
        var clock = new FakeClock();
        var path = folder.Combine("resolv.conf");
        File.WriteAllText(path, "nameserver 192.0.2.1");
        var file = new WatchedFile<ResolvConf>(path, ResolvConf.Parse, clock);
        Assert.Equal("192.0.2.1:53", file.Value.Servers[0].ToString());

        File.WriteAllText(path, "nameserver 192.0.2.2");
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddSeconds(1));
        clock.Advance(WatchedFile<ResolvConf>.Period);

        Assert.Equal("192.0.2.2:53", file.Value.Servers[0].ToString());
    }

    [Fact]
    public void A_file_that_is_not_there_reads_as_empty() =>
        Assert.Equal("127.0.0.1:53", new WatchedFile<ResolvConf>("/nonexistent/resolv.conf", ResolvConf.Parse, new FakeClock()).Value.Servers[0].ToString());
}
