using Microsoft.Extensions.Options;

namespace TekSipCloud.Grains.Nodes;

/// <summary>Checks <see cref="NodeOptions"/> at start-up.</summary>
[OptionsValidator]
internal sealed partial class NodeOptionsValidator : IValidateOptions<NodeOptions>;
