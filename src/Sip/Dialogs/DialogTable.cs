using System.Diagnostics.CodeAnalysis;

namespace TekSipCloud.Sip.Dialogs;

/// <summary>Dialogs of one loop, found by what a message says of itself without making anything of it. Not thread-safe.</summary>
/// <typeparam name="T">What is kept for a dialog.</typeparam>
public sealed class DialogTable<T>
    where T : class
{
    private readonly Dictionary<Dialog, T> _dialogs = new(new Comparer());
    private readonly Dictionary<Dialog, T>.AlternateLookup<DialogName> _byName;

    /// <summary>Makes an empty table.</summary>
    public DialogTable() => _byName = _dialogs.GetAlternateLookup<DialogName>();

    /// <summary>Dialogs kept.</summary>
    public int Count => _dialogs.Count;

    /// <summary>Keeps something for a dialog, in place of what was kept for it before.</summary>
    public void Add(Dialog dialog, T value) => _dialogs[dialog] = value;

    /// <summary>Forgets a dialog; harmless when it is not there.</summary>
    public void Remove(Dialog dialog) => _dialogs.Remove(dialog);

    /// <summary>Whether a dialog of that Call-ID is kept, whatever its tags are. Looks at each: for what is rare.</summary>
    public bool HasCall(ReadOnlySpan<byte> callId)
    {
        foreach (var dialog in _dialogs.Keys)
        {
            if (dialog.Name.CallId.SequenceEqual(callId))
                return true;
        }

        return false;
    }

    /// <summary>What is kept for the dialog of that name.</summary>
    public bool TryFind(DialogName name, [NotNullWhen(true)] out T? value) => _byName.TryGetValue(name, out value);

    // The hash is seeded anew in every process.
    private sealed class Comparer : IEqualityComparer<Dialog>, IAlternateEqualityComparer<DialogName, Dialog>
    {
        public bool Equals(Dialog? x, Dialog? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.Name.Is(y.Name));

        public int GetHashCode(Dialog dialog) => GetHashCode(dialog.Name);

        public bool Equals(DialogName alternate, Dialog other) => other.Name.Is(alternate);

        public int GetHashCode(DialogName alternate)
        {
            // A tag of ours is random and one dialog's: it tells dialogs apart without the rest, whatever a peer chooses.
            var hash = default(HashCode);
            hash.AddBytes(alternate.LocalTag);
            return hash.ToHashCode();
        }

        public Dialog Create(DialogName alternate) => throw new NotSupportedException("A name is no dialog yet.");
    }
}
