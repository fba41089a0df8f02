namespace TekSipCloud.Grains.Registrations;

/// <summary>Compares Contacts by RFC 3261 §19.1.4, given in the form of <see cref="Contracts.Registrations.Binding.Identity"/>.</summary>
internal static class ContactEquality
{
    /// <summary>Parameters that make a difference when only one URI has them.</summary>
    private static readonly string[] NeverImplied = ["user", "ttl", "method", "maddr", "transport"];

    /// <summary>Whether both mean the same resource. By the RFC this is not transitive.</summary>
    public static bool AreSame(string one, string other)
    {
        if (string.Equals(one, other, StringComparison.Ordinal))
            return true;

        Split(one, out var address, out var parameters, out var headers);
        Split(other, out var otherAddress, out var otherParameters, out var otherHeaders);
        return address.SequenceEqual(otherAddress)
            && headers.SequenceEqual(otherHeaders)
            && Agree(parameters, otherParameters)
            && Agree(otherParameters, parameters);
    }

    private static void Split(
        ReadOnlySpan<char> identity, out ReadOnlySpan<char> address, out ReadOnlySpan<char> parameters, out ReadOnlySpan<char> headers)
    {
        // The user part, with its escapes undone, may contain anything; what comes behind the last @ may not contain one.
        var host = identity.LastIndexOf('@') + 1;
        var mark = identity[host..].IndexOf('?');
        var end = mark < 0 ? identity.Length : host + mark;
        var semicolon = identity[host..end].IndexOf(';');
        var begin = semicolon < 0 ? end : host + semicolon;
        address = identity[..begin];
        parameters = identity[begin..end];
        headers = identity[end..];
    }

    /// <summary>Whether the other URI has each of these parameters with the same value, or lacks one that may be lacking.</summary>
    private static bool Agree(ReadOnlySpan<char> parameters, ReadOnlySpan<char> others)
    {
        foreach (var range in parameters.Split(';'))
        {
            var parameter = parameters[range];
            if (parameter.IsEmpty)
                continue;

            var name = NameOf(parameter);
            if (TryFind(others, name, out var found) ? !found.SequenceEqual(parameter) : IsNeverImplied(name))
                return false;
        }

        return true;
    }

    private static bool TryFind(ReadOnlySpan<char> parameters, ReadOnlySpan<char> name, out ReadOnlySpan<char> found)
    {
        foreach (var range in parameters.Split(';'))
        {
            found = parameters[range];
            if (!found.IsEmpty && NameOf(found).SequenceEqual(name))
                return true;
        }

        found = default;
        return false;
    }

    private static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> parameter) =>
        parameter.IndexOf('=') is >= 0 and var equals ? parameter[..equals] : parameter;

    private static bool IsNeverImplied(ReadOnlySpan<char> name)
    {
        foreach (var known in NeverImplied)
        {
            if (name.SequenceEqual(known))
                return true;
        }

        return false;
    }
}
