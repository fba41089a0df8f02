using System.ComponentModel.DataAnnotations;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using TekSipCloud.Grains.Nodes;

namespace TekSipCloud.Silo;

/// <summary>Tells which failures to start are the operator's to mend, and says them in a line instead of a stack trace.</summary>
internal static class StartFailure
{
    /// <summary>What is wrong with an option, or which address can't be had; null for anything else, which is a fault of ours.</summary>
    public static string? Explain(Exception failure) => failure switch
    {
        OptionsValidationException options => string.Join(' ', options.Failures),
        ValidationException or FormatException => failure.Message,
        StorageInUseException => failure.Message,
        // The configuration binder's way to say that a value is not of its option's type.
        InvalidOperationException { InnerException: ArgumentException or FormatException } => failure.Message,
        IOException { InnerException: not null } => failure.Message,
        SocketException => $"{failure.Message}: is --bind an address of this machine, and are the ports free?",
        _ => null,
    };
}
