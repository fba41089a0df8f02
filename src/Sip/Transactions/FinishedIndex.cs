namespace TekSipCloud.Sip.Transactions;

/// <summary>
/// Where each key's records are: a table of open addressing without references, in which 64 bits of the hash have to agree before a key is
/// compared.
/// </summary>
internal sealed class FinishedIndex(FinishedPages pages)
{
    private const int LeastSlots = 64;

    private Slot[] _slots = new Slot[LeastSlots];

    /// <summary>Records that are in it.</summary>
    public int Count { get; private set; }

    /// <summary>Finds the record of a key that is not over at <paramref name="now"/>.</summary>
    public bool TryFind(ulong hash, ReadOnlySpan<byte> key, long now, out (int Page, int Offset) place)
    {
        for (var i = Home(hash); _slots[i].IsTaken; i = Next(i))
        {
            ref readonly var slot = ref _slots[i];
            if (slot.Hash != hash)
                continue;

            var page = pages[slot.Page];
            if (page.At(slot.Offset).Due > now && page.KeyAt(slot.Offset).SequenceEqual(key))
            {
                place = (slot.Page, slot.Offset);
                return true;
            }
        }

        place = default;
        return false;
    }

    public void Add(ulong hash, (int Page, int Offset) place)
    {
        // At most half full: a search ends at the first empty slot, and nearly all searches are for what is not there.
        if ((Count + 1) * 2L > _slots.Length)
            Resize(_slots.Length * 2);
        Insert(new Slot { Hash = hash, Page = place.Page, Offset = place.Offset });
        Count++;
    }

    /// <summary>Takes a record out that is in it.</summary>
    public void Remove(ulong hash, (int Page, int Offset) place)
    {
        var hole = Home(hash);
        while (_slots[hole].Page != place.Page || _slots[hole].Offset != place.Offset)
            hole = Next(hole);

        // Whoever was put off by the one that goes moves up, or the hole would hide it.
        for (var i = Next(hole); _slots[i].IsTaken; i = Next(i))
        {
            if (Distance(Home(_slots[i].Hash), i) < Distance(hole, i))
                continue;

            _slots[hole] = _slots[i];
            hole = i;
        }

        _slots[hole] = default;
        Count--;
        if (_slots.Length > LeastSlots && Count * 8L < _slots.Length)
            Resize(_slots.Length / 2);
    }

    private int Home(ulong hash) => (int)hash & (_slots.Length - 1);

    private int Next(int index) => (index + 1) & (_slots.Length - 1);

    private int Distance(int from, int to) => (to - from) & (_slots.Length - 1);

    private void Insert(in Slot slot)
    {
        var i = Home(slot.Hash);
        while (_slots[i].IsTaken)
            i = Next(i);
        _slots[i] = slot;
    }

    private void Resize(int length)
    {
        var old = _slots;
        _slots = new Slot[length];
        foreach (ref readonly var slot in old.AsSpan())
        {
            if (slot.IsTaken)
                Insert(slot);
        }
    }

    private struct Slot
    {
        public ulong Hash;
        public int Page;
        public int Offset;

        // Pages are numbered from 1.
        public readonly bool IsTaken => Page != 0;
    }
}
