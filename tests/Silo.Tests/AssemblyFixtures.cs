using TekSipCloud.Testing.Hosts;

[assembly: AssemblyFixture(typeof(HostFixture))]
