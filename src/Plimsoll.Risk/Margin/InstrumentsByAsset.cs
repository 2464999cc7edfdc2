using Plimsoll.Pricing.Valuation;

namespace Plimsoll.Risk.Margin;

/// <summary>Which instruments' worth hangs on which asset, as underlying, quote or settlement; built once per model.</summary>
internal sealed class InstrumentsByAsset
{
    private readonly int[][] byAsset;
    private readonly int[] ageing;

    public InstrumentsByAsset(MarginModel model)
    {
        var lists = new List<int>[model.AssetCount];
        var withClock = new List<int>();
        for (int a = 0; a < lists.Length; a++) lists[a] = [];
        for (int i = 0; i < model.InstrumentCount; i++)
        {
            ContractTerms terms = model.Contract(i);
            lists[terms.Underlying].Add(i);
            if (terms.Quote >= 0 && terms.Quote != terms.Underlying) lists[terms.Quote].Add(i);
            if (terms.Settlement != terms.Underlying && terms.Settlement != terms.Quote) lists[terms.Settlement].Add(i);
            if (terms.IsOption || (terms.Expiry != default && model.Table.Basis is not null)) withClock.Add(i);
        }

        (byAsset, ageing) = ([.. lists.Select(l => l.ToArray())], [.. withClock]);
    }

    /// <summary>Contracts whose rows change with the clock: ageing age, and a future's drift shrinks.</summary>
    public ReadOnlySpan<int> Ageing => ageing;

    /// <summary>Instruments that name the asset, ascending.</summary>
    public ReadOnlySpan<int> Of(int asset) => byAsset[asset];
}
