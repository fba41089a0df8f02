using System.Text;

namespace TekSipCloud.Sip.Messages;

/// <summary>Header names as bytes, and back; and how many values each header may have.</summary>
public static class SipHeaderNames
{
    private static readonly byte[][] Wire = [.. SipHeaderTable.Entries.Select(entry => Encoding.ASCII.GetBytes(entry.Wire))];
    private static readonly byte[][] Beginnings = [.. SipHeaderTable.Entries.Select(entry => Encoding.ASCII.GetBytes($"{entry.Wire}: "))];
    private static readonly SipHeaderName[] CompactForms = ReadCompactForms();
    private static readonly KnownName[] Known = [.. Wire.Select(name => new KnownName(new(name), FoldsOf(name), name.Length))];
    private static readonly SipHeaderName[] Slots = FillSlots();

    /// <summary>How many members <see cref="SipHeaderName"/> has, <see cref="SipHeaderName.Other"/> included.</summary>
    public static int Count => SipHeaderTable.Entries.Length;

    /// <summary>The header's long name as it is written, such as <c>Call-ID</c>.</summary>
    /// <returns>Static bytes; empty for <see cref="SipHeaderName.Other"/>.</returns>
    public static ReadOnlySpan<byte> Bytes(SipHeaderName name) => Wire[(int)name];

    /// <summary>The header's long name with the colon and the space after it: how each line of ours begins.</summary>
    internal static ReadOnlySpan<byte> Beginning(SipHeaderName name) => Beginnings[(int)name];

    /// <summary>Whether the header's values are separated by commas (RFC 3261 §7.3.1). Digest headers are not, though
    /// they contain commas.</summary>
    public static bool IsList(SipHeaderName name) => SipHeaderTable.Entries[(int)name].Shape == SipHeaderTable.Shape.List;

    /// <summary>Whether a message may carry the header only once.</summary>
    public static bool IsSingle(SipHeaderName name) => SipHeaderTable.Entries[(int)name].Shape == SipHeaderTable.Shape.Single;

    /// <summary>Finds a header by its long or compact name, in any case.</summary>
    /// <returns>The header, or <see cref="SipHeaderName.Other"/>.</returns>
    public static SipHeaderName Parse(ReadOnlySpan<byte> name)
    {
        if (name.Length == 1)
            return CompactForms[name[0]];

        if (name.Length is 0 or > SipHeaderNameWords.MaxBytes)
            return SipHeaderName.Other;

        var words = new SipHeaderNameWords(name);
        for (var slot = words.Slot; Slots[slot] is not SipHeaderName.Other and var known; slot = (slot + 1) % SipHeaderNameWords.SlotCount)
        {
            ref readonly var entry = ref Known[(int)known];
            if (entry.Length == name.Length && words.Are(entry.Words, entry.Folds))
                return known;
        }

        return SipHeaderName.Other;
    }

    /// <summary>The bit that tells upper from lower case wherever a letter stands.</summary>
    private static SipHeaderNameWords FoldsOf(byte[] name) =>
        new([.. name.Select(character => char.IsAsciiLetter((char)character) ? (byte)0x20 : (byte)0)]);

    private static SipHeaderName[] FillSlots()
    {
        var slots = new SipHeaderName[SipHeaderNameWords.SlotCount];
        foreach (var entry in SipHeaderTable.Entries.AsSpan(1))
        {
            var slot = Known[(int)entry.Name].Words.Slot;
            while (slots[slot] != SipHeaderName.Other)
                slot = (slot + 1) % SipHeaderNameWords.SlotCount;
            slots[slot] = entry.Name;
        }

        return slots;
    }

    private readonly record struct KnownName(SipHeaderNameWords Words, SipHeaderNameWords Folds, int Length);

    private static SipHeaderName[] ReadCompactForms()
    {
        var forms = new SipHeaderName[256];
        foreach (var entry in SipHeaderTable.Entries)
        {
            if (entry.Compact == '\0')
                continue;
            forms[entry.Compact] = entry.Name;
            forms[char.ToUpperInvariant(entry.Compact)] = entry.Name;
        }

        return forms;
    }
}
