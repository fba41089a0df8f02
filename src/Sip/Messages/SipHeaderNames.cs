using System.Text;

namespace TekSipCloud.Sip.Messages;

/// <summary>Header names as bytes, and back; and how many values each header may have.</summary>
public static class SipHeaderNames
{
    private const int SlotCount = 512;

    private static readonly byte[][] Wire = [.. SipHeaderTable.Entries.Select(entry => Encoding.ASCII.GetBytes(entry.Wire))];
    private static readonly byte[][] Beginnings = [.. SipHeaderTable.Entries.Select(entry => Encoding.ASCII.GetBytes($"{entry.Wire}: "))];
    private static readonly SipHeaderName[] CompactForms = ReadCompactForms();
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

        for (var slot = Slot(name); Slots[slot] != SipHeaderName.Other; slot = (slot + 1) % SlotCount)
        {
            if (SipToken.EqualsIgnoreCase(name, Wire[(int)Slots[slot]]))
                return Slots[slot];
        }

        return SipHeaderName.Other;
    }

    private static int Slot(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
            return 0;

        // Setting bit 5 folds the case of letters; what it does to other bytes does not matter to a hash.
        var hash = (name[0] | 0x20) * 31 + (name[^1] | 0x20) * 7 + (name[name.Length / 2] | 0x20) * 3 + name.Length * 61;
        return hash % SlotCount;
    }

    private static SipHeaderName[] FillSlots()
    {
        var slots = new SipHeaderName[SlotCount];
        foreach (var entry in SipHeaderTable.Entries.AsSpan(1))
        {
            var slot = Slot(Wire[(int)entry.Name]);
            while (slots[slot] != SipHeaderName.Other)
                slot = (slot + 1) % SlotCount;
            slots[slot] = entry.Name;
        }

        return slots;
    }

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
