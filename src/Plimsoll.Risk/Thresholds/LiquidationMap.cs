using Plimsoll.Units;

namespace Plimsoll.Risk.Thresholds;

/// <summary>What is liquidated first when an underlying comes to a price; money in the numeraire.</summary>
/// <param name="Ratio">The price ÷ today's.</param>
/// <param name="Price">The price.</param>
/// <param name="Accounts">Accounts that are liquidatable here and were not at any price of the map nearer to today's.</param>
/// <param name="Notional">Notional, at today's prices, of their contracts on the underlying.</param>
/// <param name="Flow">What closing those contracts trades in the underlying at this price: + must be bought, − sold; options by their delta.</param>
/// <param name="CollateralSold">Worth, at this price, of the underlying's coins they would have to sell to pay what they owe in other assets.</param>
public readonly record struct MapStep(double Ratio, double Price, int Accounts, double Notional, double Flow, double CollateralSold)
{
    /// <summary>A step at which nothing is liquidated.</summary>
    /// <param name="ratio">The price ÷ today's.</param>
    /// <param name="today">Today's price.</param>
    internal static MapStep At(double ratio, double today) => new(ratio, ratio * today, 0, 0, 0, 0);

    /// <summary>The step with another's figures added.</summary>
    internal MapStep Plus(in MapStep other) => this with
    {
        Accounts = Accounts + other.Accounts,
        Notional = Notional + other.Notional,
        Flow = Flow + other.Flow,
        CollateralSold = CollateralSold + other.CollateralSold,
    };
}

/// <summary>Where one underlying's price liquidates how much of a venue.</summary>
/// <param name="Underlying">The asset whose price moves; claims on it and forwards move along.</param>
/// <param name="Price">Today's price.</param>
/// <param name="SunkLong">Who is under water today and would gain if the price rose.</param>
/// <param name="SunkShort">Who is under water today and would gain if it fell.</param>
/// <param name="Down">Prices below today's, the nearest first.</param>
/// <param name="Up">Prices above today's, the nearest first.</param>
public sealed record LiquidationMap(
    AssetIndex Underlying, double Price, MapStep SunkLong, MapStep SunkShort, IReadOnlyList<MapStep> Down, IReadOnlyList<MapStep> Up);

/// <summary>Which prices a map asks about, as parts of today's.</summary>
public sealed record MapGrid
{
    /// <summary>The most prices on one side.</summary>
    public const int MaxSteps = 1000;

    private MapGrid(IReadOnlyList<double> down, IReadOnlyList<double> up) => (Down, Up) = (down, up);

    /// <summary>60 % down and up in steps of 2 %.</summary>
    public static MapGrid Usual { get; } = Of(0.02, 0.6, 0.6);

    /// <summary>Below 1, falling.</summary>
    public IReadOnlyList<double> Down { get; }

    /// <summary>Above 1, rising.</summary>
    public IReadOnlyList<double> Up { get; }

    /// <summary>Even steps to either side.</summary>
    /// <param name="step">The step as a part of today's price, above 0.</param>
    /// <param name="down">How far down, below 1.</param>
    /// <param name="up">How far up.</param>
    /// <exception cref="InputException">A number lies outside its range, or there would be more than <see cref="MaxSteps"/> steps on a side.</exception>
    public static MapGrid Of(double step, double down, double up)
    {
        if (!(step > 0 && step <= 1)) throw new InputException("step", $"found {step}, expected above 0 and at most 1");
        if (!(down >= 0 && down < 1)) throw new InputException("down", $"found {down}, expected 0 to below 1");
        if (!(up >= 0 && up <= 100)) throw new InputException("up", $"found {up}, expected 0 to 100");
        if (Math.Max(down, up) / step > MaxSteps + 0.5) throw new InputException("step", $"expected at most {MaxSteps} steps to a side");

        return new MapGrid(
            [.. Enumerable.Range(1, (int)Math.Round(down / step)).Select(k => 1 - (step * k)).Where(ratio => ratio > 0)],
            [.. Enumerable.Range(1, (int)Math.Round(up / step)).Select(k => 1 + (step * k))]);
    }
}
