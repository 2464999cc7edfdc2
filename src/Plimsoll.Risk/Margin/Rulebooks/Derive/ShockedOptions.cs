namespace Plimsoll.Risk.Margin.Rulebooks.Derive;

/// <summary>All options of a portfolio, priced together in every scenario and judged expiry by expiry.</summary>
internal sealed class ShockedOptions
{
    private readonly OptionBlock columns;
    private readonly ShockedExpiry[] expiries;

    public ShockedOptions(PortfolioBook book, PortfolioParameters rules)
    {
        OptionExpiry[] held = [.. book.Expiries.Where(e => !e.Options.IsEmpty)];
        columns = new OptionBlock(held.Select(e => (e.Options, ShockedExpiry.YearsOf(e))));
        expiries = new ShockedExpiry[held.Length];
        for (int e = 0, from = 0; e < held.Length; from += held[e].Options.Length, e++) expiries[e] = new ShockedExpiry(held[e], rules, columns, from);

        Move(1, SurfaceMove.None);
        foreach (ShockedExpiry expiry in expiries)
        {
            expiry.Marked = expiry.Worth;
            Marked += expiry.Marked;
        }
    }

    /// <summary>Worth of all options as marked.</summary>
    public double Marked { get; }

    /// <summary>What the options gain in a scenario.</summary>
    public double Change(SpotVolScenario scenario)
    {
        // Upstream's skew scenarios leave the spot of options where it is.
        Move(scenario.IsSkew ? 1 : scenario.Spot, scenario.Surface);
        double change = 0;
        foreach (ShockedExpiry expiry in expiries) change += expiry.Change(scenario);

        return change;
    }

    /// <summary>The charge for calendar spreads: every expiry in its own worse move, no gain set against a loss; not above 0.</summary>
    public double Basis(BasisContingency basis)
    {
        Move(basis.SpotUp, SurfaceMove.None);
        double[] up = [.. expiries.Select(e => e.Worth)];
        Move(basis.SpotDown, SurfaceMove.None);
        double charge = 0;
        for (int e = 0; e < expiries.Length; e++)
            charge += Math.Min(Math.Min(up[e], expiries[e].Worth) - expiries[e].Marked, 0) * expiries[e].BasisPart;

        return charge;
    }

    private void Move(double spot, SurfaceMove move)
    {
        foreach (ShockedExpiry expiry in expiries) expiry.Place(spot, move);
        columns.Price();
    }
}
