using Plimsoll.Markets.Surfaces;

namespace Plimsoll.Pricing.Surfaces;

/// <summary>One way to fill a surface: a smile for each expiry, where it came from, and what had to be done.</summary>
internal sealed class Draft
{
    private readonly List<SurfaceNote> _notes = [];

    /// <summary>A draft without smiles yet.</summary>
    public Draft(int expiries) => (Smiles, Origins) = (new Smile[expiries], new SliceOrigin[expiries]);

    /// <summary>A draft of extended SSVI slices.</summary>
    public Draft(SviSlice[] essvi, List<ExpiryQuotes> expiries)
        : this(essvi.Length)
    {
        for (var i = 0; i < essvi.Length; i++)
            (Smiles[i], Origins[i]) = (essvi[i], expiries[i].Origin == SliceOrigin.Fitted ? SliceOrigin.Essvi : expiries[i].Origin);
    }

    /// <summary>The smiles.</summary>
    public Smile[] Smiles { get; }

    /// <summary>Where each came from.</summary>
    public SliceOrigin[] Origins { get; }

    /// <summary>What had to be done.</summary>
    public IReadOnlyList<SurfaceNote> Notes => _notes;

    /// <summary>Puts the smile found for an expiry, or what stands in for it.</summary>
    public Smile Put(int at, Smile? found, ExpiryQuotes expiry, Smile otherwise)
    {
        Smiles[at] = found ?? otherwise;
        Origins[at] = expiry.Origin != SliceOrigin.Fitted ? expiry.Origin
            : found is null ? SliceOrigin.Borrowed
            : found.Value.IsBent ? SliceOrigin.Bent : SliceOrigin.Fitted;
        if (found is null) _notes.Add(new SurfaceNote(expiry.Expiry, "no smile of its own was free of arbitrage: the shape of its neighbour, moved to its level"));
        return Smiles[at];
    }
}
