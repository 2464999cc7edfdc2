namespace Plimsoll.Risk.Margin;

/// <summary>
/// Sums kept apart by ordinal (root, expiry, strike), in the order in which the ordinals first come up: what is summed
/// over them afterwards has one order, whatever lists and hashes do.
/// </summary>
internal sealed class Slots(int width)
{
    private int[] slotOf = [];
    private int[] ids = new int[16];
    private double[] sums = new double[16 * width];

    /// <summary>How many ordinals have come up.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets everything and makes room for so many ordinals.</summary>
    public void Clear(int ordinals)
    {
        for (int s = 0; s < Count; s++) slotOf[ids[s]] = 0;
        Count = 0;
        if (slotOf.Length < ordinals) slotOf = new int[ordinals];
    }

    /// <summary>The sums of an ordinal; zeros when it comes up for the first time.</summary>
    public Span<double> Of(int ordinal)
    {
        int slot = slotOf[ordinal] - 1;
        if (slot < 0) slot = Make(ordinal);

        return At(slot);
    }

    /// <summary>The sums of an ordinal that has come up.</summary>
    public Span<double> At(int slot) => sums.AsSpan(slot * width, width);

    /// <summary>The ordinal of a slot.</summary>
    public int Ordinal(int slot) => ids[slot];

    private int Make(int ordinal)
    {
        if (Count == ids.Length)
        {
            Array.Resize(ref ids, 2 * Count);
            Array.Resize(ref sums, 2 * Count * width);
        }

        int slot = Count++;
        ids[slot] = ordinal;
        slotOf[ordinal] = slot + 1;
        At(slot).Clear();

        return slot;
    }
}
