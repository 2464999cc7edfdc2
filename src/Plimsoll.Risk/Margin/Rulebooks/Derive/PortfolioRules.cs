using System.Collections.Immutable;

namespace Plimsoll.Risk.Margin.Rulebooks.Derive;

/// <summary>
/// Derive's portfolio margin, PMRM_2. Source: Derive v2-core, <c>PMRM_2.sol</c> and <c>PMRMLib_2.sol</c>.
/// <list type="number">
/// <item>Mark everything: options by Black-76, discounted; perpetual profit and funding; collateral over the stablecoin's price.</item>
/// <item>In each scenario, revalue every expiry, mark it down where positive and up where negative, and take the difference to
/// its mark; skews take it as a loss either way.</item>
/// <item>Add the perpetual and the collateral that moves with spot; dampen.</item>
/// <item>The worst of all scenarios and the basis charge, times the loss factors, less the contingencies, is the margin.</item>
/// </list>
/// </summary>
/// <param name="Parameters">The parameters of the underlying.</param>
public sealed record PortfolioRules(PortfolioParameters Parameters)
{
    /// <summary>Judges a portfolio.</summary>
    /// <exception cref="Units.InputException">A price, size or volatility has no meaning.</exception>
    public PortfolioVerdict Judge(PortfolioBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        book.Checked();
        var options = new ShockedOptions(book, Parameters);
        double basis = options.Basis(Parameters.Basis);
        double spotWorth = (book.Perpetual.Size * book.Perpetual.Price.Price) + book.Collateral.Where(c => c.MovesWithSpot).Sum(c => Worth(book, c));
        ImmutableArray<double> changes = [.. Parameters.Grid.Select(s => (spotWorth * (s.Spot - 1) * s.Dampening) + options.Change(s))];

        double worst = basis;
        int? binding = null;
        for (int k = 0; k < changes.Length; k++)
            if (changes[k] < worst) (worst, binding) = (changes[k], k);

        double marked = MarkToMarket(book, options);
        double peg = Parameters.Other.Peg.At(book.StablePrice);
        ImmutableArray<RulebookLine> lines =
        [
            new("mark to market", marked, marked),
            new(binding is null ? "basis" : "worst scenario", worst * Parameters.MaintenanceLossFactor, worst * Parameters.InitialLossFactor),
            new("depeg", 0, worst * peg),
            .. Contingencies(book),
        ];

        return new PortfolioVerdict(lines.Sum(l => l.Initial), lines.Sum(l => l.Maintenance), marked, basis, changes, binding, lines);
    }

    private static double MarkToMarket(PortfolioBook book, ShockedOptions options)
    {
        double perpetual = book.Perpetual.Size != 0 ? book.Perpetual.Profit + book.Perpetual.Funding : 0;

        return perpetual + options.Marked + book.Collateral.Sum(c => Worth(book, c)) + book.Cash;
    }

    private IEnumerable<RulebookLine> Contingencies(PortfolioBook book)
    {
        OtherContingency other = Parameters.Other;
        (double spot, double sure) = (book.Spot.Price, book.Spot.Confidence);
        double perpetual = Math.Abs(book.Perpetual.Size) * spot;

        // A doubtful perpetual price casts its doubt on options, which are hedged with it, but not on collateral.
        double traded = perpetual > 0 ? Math.Min(sure, book.Perpetual.Price.Confidence) : sure;
        if (perpetual > 0)
        {
            yield return Charge("perpetual", perpetual * other.PerpMaintenance, perpetual * other.PerpInitial);
            yield return Charge("perpetual confidence", 0, other.Confidence.On(traded, perpetual));
        }

        foreach (OptionExpiry expiry in book.Expiries.Where(e => !e.Options.IsEmpty))
        {
            double naked = Naked(expiry.Options) * spot;
            double confidence = Math.Min(Math.Min(expiry.Forward.Confidence, expiry.RateConfidence), Math.Min(expiry.VolatilityConfidence, traded));
            yield return Charge("naked options", naked * other.NakedMaintenance, naked * other.NakedInitial);
            yield return Charge("option confidence", 0, other.Confidence.On(confidence, expiry.Options.Sum(o => Math.Abs(o.Size)) * spot));
        }

        foreach (CollateralPosition held in book.Collateral)
        {
            double worth = Worth(book, held);
            yield return Charge($"haircut {held.Asset}", worth * held.MaintenanceHaircut, worth * held.InitialHaircut);
            yield return Charge($"confidence {held.Asset}", 0, other.Confidence.On(Math.Min(held.Price.Confidence, sure), worth));
        }
    }

    // Initial margin bears the maintenance charge and its own.
    private static RulebookLine Charge(string what, double maintenance, double initialBesides) => new(what, -maintenance, -maintenance - initialBesides);

    private static double Worth(PortfolioBook book, CollateralPosition held) => held.Amount * held.Price.Price / book.StablePrice;

    // Shorts that no long of the same strike covers, calls and puts counted together.
    private static double Naked(ImmutableArray<OptionPosition> options) =>
        options.GroupBy(o => o.Strike).Sum(strike => Math.Max(-strike.Sum(o => o.Size), 0));
}
