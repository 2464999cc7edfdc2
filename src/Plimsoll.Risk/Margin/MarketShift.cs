using Plimsoll.Markets.Instruments;
using Plimsoll.Markets.Prices;
using Plimsoll.Units;

namespace Plimsoll.Risk.Margin;

/// <summary>One asset's price as it is asked about.</summary>
/// <param name="Asset">The asset; claims on it move along unless they are named themselves.</param>
/// <param name="Ratio">Its price asked about ÷ its price, above 0.</param>
public readonly record struct PriceMove(AssetIndex Asset, double Ratio);

/// <summary>Implied volatility as it is asked about.</summary>
/// <param name="Underlying">The asset whose options are meant; none for all that are not named themselves.</param>
/// <param name="Factor">What the volatility is multiplied by, at least 0.</param>
/// <param name="Added">What is added after that: 0.1 is ten vol points.</param>
public readonly record struct VolatilityMove(AssetIndex? Underlying, double Factor, double Added);

/// <summary>
/// A market that is only asked about: prices and volatilities moved, time gone by. Forwards keep their ratio to the index;
/// an option that has expired by then is worth what it pays.
/// </summary>
public sealed class MarketShift
{
    /// <summary>Volatility is never shifted below this: 1 %.</summary>
    public const double LeastVolatility = 0.01;

    /// <summary>The largest ratio a price may be moved by, and the smallest is one over it.</summary>
    public const double MostRatio = 1_000_000;

    /// <summary>The longest time that may go by.</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromDays(3650);

    private readonly double[] ratios;
    private readonly double[] factors;
    private readonly double[] added;

    private MarketShift(double[] ratios, double[] factors, double[] added, TimeSpan later) =>
        (this.ratios, this.factors, this.added, Later) = (ratios, factors, added, later);

    /// <summary>How much time goes by.</summary>
    public TimeSpan Later { get; }

    /// <summary>Makes a shift over what is listed.</summary>
    /// <param name="catalog">What is listed.</param>
    /// <param name="prices">Prices moved, each asset once.</param>
    /// <param name="volatilities">Volatilities moved, each underlying once.</param>
    /// <param name="later">Time gone by, not below 0.</param>
    /// <exception cref="InputException">An asset is named twice, or a number lies outside its range.</exception>
    public static MarketShift Of(
        Catalog catalog, IReadOnlyList<PriceMove> prices, IReadOnlyList<VolatilityMove> volatilities, TimeSpan later)
    {
        if (later < TimeSpan.Zero || later > MostTime) throw new InputException("days", $"{later.TotalDays} lies outside 0 to {MostTime.TotalDays}");

        int count = catalog.Assets.Count;
        double[] stated = new double[count], factorOf = new double[count], addedOf = new double[count];
        foreach (PriceMove move in prices)
        {
            string name = $"price {catalog[move.Asset].Id}";
            if (!(move.Ratio >= 1 / MostRatio && move.Ratio <= MostRatio)) throw new InputException(name, "expected a price above 0 and at most a million times today's");
            if (stated[move.Asset.Value] != 0) throw new InputException(name, "is moved twice");
            stated[move.Asset.Value] = move.Ratio;
        }

        TakeVolatilities(catalog, volatilities, factorOf, addedOf);
        double[] moved = new double[count];
        for (int a = 0; a < count; a++) moved[a] = RatioOf(catalog, stated, a);

        return new MarketShift(moved, factorOf, addedOf, later);
    }

    /// <summary>What an asset's price is multiplied by.</summary>
    public double RatioOf(int asset) => ratios[asset];

    /// <summary>The volatility asked about.</summary>
    /// <param name="underlying">Ordinal of the option's underlying.</param>
    /// <param name="volatility">Its volatility today.</param>
    public double VolatilityOf(int underlying, double volatility) => factors[underlying] == 1 && added[underlying] == 0
        ? volatility
        : Math.Clamp((volatility * factors[underlying]) + added[underlying], LeastVolatility, MarketState.MaxVolatility);

    private static void TakeVolatilities(Catalog catalog, IReadOnlyList<VolatilityMove> moves, double[] factorOf, double[] addedOf)
    {
        Array.Fill(factorOf, double.NaN);
        VolatilityMove everyOther = new(null, 1, 0);
        bool general = false;
        foreach (VolatilityMove move in moves)
        {
            string name = move.Underlying is { } named ? $"vol {catalog[named].Id}" : "vol of all";
            if (!(move.Factor >= 0 && move.Factor <= 1000 && Math.Abs(move.Added) <= MarketState.MaxVolatility)) throw new InputException(name, "expected a volatility of at least 0 and at most 5,000 %");
            if (move.Underlying is { } underlying)
            {
                if (!double.IsNaN(factorOf[underlying.Value])) throw new InputException(name, "is moved twice");
                (factorOf[underlying.Value], addedOf[underlying.Value]) = (move.Factor, move.Added);
            }
            else
            {
                if (general) throw new InputException(name, "is moved twice");
                (everyOther, general) = (move, true);
            }
        }

        for (int a = 0; a < factorOf.Length; a++)
        {
            if (double.IsNaN(factorOf[a])) (factorOf[a], addedOf[a]) = (everyOther.Factor, everyOther.Added);
        }
    }

    /// <summary>The asset's own move, or that of the nearest asset it is a claim on.</summary>
    private static double RatioOf(Catalog catalog, double[] stated, int asset)
    {
        for (int steps = 0; steps <= stated.Length; steps++)
        {
            if (stated[asset] != 0) return stated[asset];
            if (catalog.Assets[asset].Follows is not { } next) return 1;
            asset = next.Value;
        }

        return 1;
    }
}
