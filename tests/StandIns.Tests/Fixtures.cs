using TekSipCloud.Testing;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]
