using System.Runtime.CompilerServices;

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

    /// <summary>Σ |quantity| × unit notional.</summary>
    public double Notional { get; private set; }

    /// <summary>The most assets an account can touch: those it has money in, and one settlement asset per position.</summary>
    public static int Room(in Holdings holdings) => holdings.Assets.Length + holdings.Instruments.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(in Holdings holdings, in PricedColumns priced, MarginModel model)
    {
        TakeNet(holdings, priced);
        TakeCounted(priced, model);
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

    private void TakeCounted(in PricedColumns priced, MarginModel model)
    {
        double equity = 0;
        double counted = 0;
        for (int a = 0; a < Count; a++)
        {
            double price = priced.AssetPrices[assets[a]];
            double value = coins[a] * price;
            equity += value;
            if (value > 0)
            {
                double part = model.CountedValue(assets[a], value);
                coins[a] = part / price;
                value = part;
            }

            counted += value;
        }

        (Equity, Counted) = (equity, counted);
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
