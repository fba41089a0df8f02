namespace TekSipCloud.Gateway.Tests.Scripts;

/// <summary>For tests that collect garbage: others measure what they allocate, and a collection shows in their figures.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public static class Alone;
