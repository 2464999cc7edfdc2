using Plimsoll.Numerics;

namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>
/// Where an asset's price would take an account below a rulebook's maintenance, all else unchanged, found by asking the
/// rulebook again and again: works for portfolio rules as for linear ones.
/// <list type="number">
/// <item>Walk from today's price down to a thousandth and up to a hundredfold in steps of 5 %.</item>
/// <item>Halve the first step that ends below maintenance. An account liquidatable only within one step is missed.</item>
/// </list>
/// </summary>
public static class RulebookLiquidation
{
    private const double Step = 1.05;
    private const double Lowest = 0.001;
    private const double Highest = 100;
    private const double Width = 1e-10;

    /// <summary>Solves for one asset; none where the rulebook does not apply.</summary>
    /// <param name="rulebook">The rules.</param>
    /// <param name="portfolio">The account.</param>
    /// <param name="asset">Place of the asset whose price moves.</param>
    public static LiquidationPrices Solve(IRulebook rulebook, Portfolio portfolio, int asset)
    {
        ArgumentNullException.ThrowIfNull(rulebook);
        ArgumentNullException.ThrowIfNull(portfolio);
        double Health(double ratio) => rulebook.Judge(portfolio.Moved(asset, ratio)).MaintenanceHealth;

        if (Health(1) < 0) return new LiquidationPrices(LiquidationPriceState.Already, null, null);
        if (!portfolio.HangsOn(asset) || !(portfolio.PriceOf(asset) > 0)) return default;

        double? below = Walk(Health, 1 / Step) * portfolio.PriceOf(asset);
        double? above = Walk(Health, Step) * portfolio.PriceOf(asset);

        return new LiquidationPrices((below ?? above) is null ? LiquidationPriceState.None : LiquidationPriceState.Price, below, above);
    }

    private static double? Walk(Func<double, double> health, double step)
    {
        for (double at = 1; at is > Lowest and < Highest; at *= step)
        {
            double next = at * step;
            if (health(next) < 0) return Solver.Bisect(health, Math.Min(at, next), Math.Max(at, next), Width * at).Value;
        }

        return null;
    }
}
