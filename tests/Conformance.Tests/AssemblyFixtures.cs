using TekSipCloud.Conformance.Tests.Torture;

[assembly: AssemblyFixture(typeof(TortureRig))]
// The suites share one called phone and one carrier, and a message of theirs is told from another by its Call-ID only.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
