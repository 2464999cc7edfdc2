using System.Collections.Immutable;

namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>How much of an asset counts as collateral.</summary>
/// <param name="Of">The asset's name.</param>
/// <param name="Counted">The part of its value that counts, by value in the numeraire.</param>
public sealed record CollateralRule(string Of, RateTiers Counted);

/// <summary>What futures on an underlying ask for.</summary>
/// <param name="Of">The underlying's name.</param>
/// <param name="Maintenance">Maintenance by notional in the numeraire, each slice at its own rate.</param>
/// <param name="Initial">Initial by notional, the whole at the rate of the slice it ends in: one over the highest leverage allowed.</param>
public sealed record FutureRule(string Of, RateTiers Maintenance, RateTiers Initial);

/// <summary>
/// Cross margin as most exchanges run it: collateral counts by tiers, requirements of futures add, nothing offsets. What
/// differs between them is data.
/// </summary>
/// <param name="Name">The rulebook's name.</param>
/// <param name="Source">Where the rules are published.</param>
/// <param name="Parameters">Where the parameters come from.</param>
/// <param name="Blind">What the rules never look at.</param>
/// <param name="Collateral">What counts; an asset that is not named counts nothing.</param>
/// <param name="Futures">What futures ask for; an underlying that is not named is not listed.</param>
/// <param name="TakesInverse">Whether coin-margined futures share the account.</param>
public sealed record AdditiveRulebook(
    string Name,
    string Source,
    string Parameters,
    string Blind,
    ImmutableArray<CollateralRule> Collateral,
    ImmutableArray<FutureRule> Futures,
    bool TakesInverse) : IRulebook
{
    /// <inheritdoc/>
    public RulebookAnswer Judge(Portfolio portfolio)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        foreach (HeldContract contract in portfolio.Contracts)
        {
            if (!contract.IsFuture) return RulebookAnswer.No($"{contract.Instrument}: only futures share this account");
            if (!contract.IsLinear && !TakesInverse) return RulebookAnswer.No($"{contract.Instrument}: coin-margined futures have an account of their own");
            if (Rule(portfolio, contract) is null) return RulebookAnswer.No($"{contract.Instrument}: no schedule for its underlying");
        }

        var lines = new List<RulebookLine>();
        var uncounted = new List<string>();
        for (int a = 0; a < portfolio.Assets.Length; a++) Count(portfolio, a, lines, uncounted);
        foreach (HeldContract contract in portfolio.Contracts)
        {
            FutureRule rule = Rule(portfolio, contract)!;
            decimal notional = ExactFigure.Of(portfolio.NotionalOf(contract), contract.Instrument.Value);
            decimal initial = notional * rule.Initial.Tiers[rule.Initial.Place(notional)].Rate;
            lines.Add(new RulebookLine(contract.Instrument.Value, -(double)rule.Maintenance.Amount(notional), -(double)initial));
        }

        return RulebookAnswer.Of(lines, uncounted);
    }

    private void Count(Portfolio portfolio, int asset, List<RulebookLine> lines, List<string> uncounted)
    {
        HeldAsset held = portfolio.Assets[asset];
        double value = portfolio.NetCoins(asset) * held.Price;
        if (value == 0) return;

        RateTiers? tiers = Collateral.FirstOrDefault(c => string.Equals(c.Of, held.Asset.Value, StringComparison.Ordinal))?.Counted;
        if (tiers is null && value > 0)
        {
            uncounted.Add($"{held.Asset} as collateral");

            return;
        }

        double counted = value > 0 ? (double)tiers!.Amount(ExactFigure.Of(value, held.Asset.Value)) : value;
        lines.Add(new RulebookLine(held.Asset.Value, counted, counted));
    }

    private FutureRule? Rule(Portfolio portfolio, HeldContract contract) =>
        Futures.FirstOrDefault(f => string.Equals(f.Of, portfolio.Assets[contract.Terms.Underlying].Asset.Value, StringComparison.Ordinal));
}
