using System.Runtime.CompilerServices;
using Plimsoll.Risk.Collateral;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// Steps 1 to 3 of the judgement: what an account has net of each asset, what of it counts, and its size. After
/// <see cref="Take"/>, place a of the two columns holds an asset, ascending, and its counted coins.
/// </summary>
internal ref struct AccountSums(Span<int> assets, Span<double> coins)
{
    private readonly Span<int> assets = assets;
    private readonly Span<double> coins = coins;

    /// <summary>How many assets the account touches.</summary>
    public int Count { get; private set; }

    /// <summary>Σ net × price.</summary>
    public double Equity { get; private set; }

    /// <summary>Σ counted × price.</summary>
    public double Counted { get; private set; }

    /// <summary>What of <see cref="Counted"/> does not count for opening, because the venue's customers hold too much of it together; at least 0.</summary>
    public double Crowding { get; private set; }

    /// <summary>Σ |quantity| × unit notional.</summary>
    public double Notional { get; private set; }

    /// <summary>The most assets an account can touch: those it has money in, and one settlement asset per position.</summary>
    public static int Room(in Holdings holdings) => holdings.Assets.Length + holdings.Instruments.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(in Holdings holdings, in PricedColumns priced, MarginModel model)
    {
        TakeNet(holdings, priced);
        TakeCounted(holdings, priced, model, []);
    }

    /// <summary>Net coins only, before haircuts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void TakeNet(in Holdings holdings, in PricedColumns priced)
    {
        holdings.Assets.CopyTo(assets);
        holdings.Money.CopyTo(coins);
        Count = holdings.Assets.Length;
        double notional = 0;
        int place = 0;
        for (int p = 0; p < holdings.Instruments.Length; p++)
        {
            int instrument = holdings.Instruments[p];
            double quantity = holdings.Quantities[p];
            int settlement = priced.Settlements[instrument];
            if ((uint)place >= (uint)Count || assets[place] != settlement) place = PlaceOf(settlement);
            coins[place] += quantity * priced.UnitValues[instrument];
            notional += priced.Notional(instrument, quantity);
        }

        Notional = notional;
    }

    /// <summary>Takes the haircuts off net coins; <paramref name="counts"/>, if there is room, receives what each asset counts.</summary>
    public void TakeCounted(in Holdings holdings, in PricedColumns priced, MarginModel model, scoped Span<double> counts)
    {
        bool rich = holdings.Others is not null || !holdings.CostsOf.IsEmpty;
        ReadOnlySpan<double> ends = model.Schedule.FirstEnds;
        for (int a = 0; a < Count && !rich; a++) rich = !(coins[a] * priced.AssetPrices[assets[a]] <= ends[assets[a]]) && coins[a] > 0;

        Span<double> values = Count <= 64 ? stackalloc double[Count] : new double[Count];
        if (rich) TakeRich(holdings, priced, model, values);
        else TakeFirstTiers(priced, model, values);
        if (!counts.IsEmpty) values.CopyTo(counts);
    }

    private void TakeFirstTiers(in PricedColumns priced, MarginModel model, scoped Span<double> values)
    {
        (double equity, double counted) = (0, 0);
        for (int a = 0; a < Count; a++)
        {
            double price = priced.AssetPrices[assets[a]];
            double value = coins[a] * price;
            equity += value;
            if (value > 0)
            {
                value *= model.Schedule.FirstParts[assets[a]];
                coins[a] = value / price;
            }

            counted += value;
            values[a] = value;
        }

        (Equity, Counted) = (equity, counted);
    }

    private void TakeRich(in Holdings holdings, in PricedColumns priced, MarginModel model, scoped Span<double> values)
    {
        (double equity, double counted, double opening) = (0, 0, 0);
        for (int a = 0; a < Count; a++) equity += coins[a] * priced.AssetPrices[assets[a]];

        Span<double> countable = Count <= 64 ? stackalloc double[Count] : new double[Count];
        coins[..Count].CopyTo(countable);
        CountableValue.Take(holdings, priced, model, assets[..Count], countable);
        bool crowded = model.Schedule.IsCrowded;
        var whole = new CollateralCount(assets[..Count], countable, holdings.Others, holdings, priced, model, cut: false);
        var cut = new CollateralCount(assets[..Count], countable, holdings.Others, holdings, priced, model, cut: true);
        for (int a = 0; a < Count; a++)
        {
            double value = countable[a];
            double kept = value;
            if (value > 0)
            {
                (value, kept) = (whole.Of(a), crowded ? cut.Of(a) : 0);
                coins[a] = value / priced.AssetPrices[assets[a]];
            }
            else if (!holdings.CostsOf.IsEmpty && value < 0)
            {
                coins[a] = value / priced.AssetPrices[assets[a]];
            }

            counted += value;
            opening += kept;
            values[a] = value;
        }

        (Equity, Counted) = (equity, counted);
        Crowding = crowded ? Math.Max(0, counted - opening) : 0;
    }

    private int PlaceOf(int asset)
    {
        int at = assets[..Count].BinarySearch(asset);
        if (at >= 0) return at;

        at = ~at;
        assets[at..Count].CopyTo(assets[(at + 1)..]);
        coins[at..Count].CopyTo(coins[(at + 1)..]);
        (assets[at], coins[at]) = (asset, 0);
        Count++;

        return at;
    }
}
