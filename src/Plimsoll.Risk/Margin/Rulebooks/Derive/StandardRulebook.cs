using System.Collections.Immutable;
using Plimsoll.Markets.Instruments;

namespace Plimsoll.Risk.Margin.Rulebooks.Derive;

/// <summary>
/// Derive's standard manager asked about a house account: cash in USDC, linear perpetuals and options of any underlying,
/// each underlying's coins as base collateral.
/// </summary>
/// <param name="Rules">The rules with their parameters.</param>
public sealed record StandardRulebook(StandardRules Rules) : IRulebook
{
    /// <summary>The parameters of Derive's published portfolios.</summary>
    public static StandardRulebook Published => new(new StandardRules(new StandardParameters(
        new ShortOptionRequirement(0.15, 0.10, 0.075, 0.075, 0.075, 1.05, 1.2, 1.1),
        PerpMaintenance: 0.05,
        PerpInitial: 0.065,
        BaseFactor: 0.8,
        BaseInitialScale: 1,
        new ConfidenceCharge(0.4, 0.4),
        new PegLoss(0.98, 1.2))));

    /// <inheritdoc/>
    public string Name => "derive-srm";

    /// <inheritdoc/>
    public string Source => "Derive v2-core, StandardManager.sol";

    /// <inheritdoc/>
    public string Parameters => "those of Derive's published portfolios; feeds fully confident";

    /// <inheritdoc/>
    public string Blind => "offsets across expiries and underlyings, volatility moves";

    /// <inheritdoc/>
    public RulebookAnswer Judge(Portfolio portfolio)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        var taken = new DeriveIntake(portfolio);
        if (taken.Refused is { } reason) return RulebookAnswer.No(reason);

        var uncounted = new List<string>();
        var markets = ImmutableArray.CreateBuilder<StandardMarket>();
        for (int a = 0; a < portfolio.Assets.Length; a++)
        {
            HeldAsset held = portfolio.Assets[a];
            if (a == taken.Cash || held.Class is AssetClass.Stable or AssetClass.Fiat || held.Follows is not null)
            {
                if (a != taken.Cash && held.Coins > 0) uncounted.Add($"{held.Asset} as collateral");
                continue;
            }

            if (held.Coins != 0 || taken.Trades(a)) markets.Add(Market(taken, a, held));
        }

        StandardVerdict verdict = Rules.Judge(new StandardBook(taken.CashCoins, taken.CashPrice, markets.DrainToImmutable()));

        return RulebookAnswer.Of(verdict.Lines.Select(taken.InNumeraire), uncounted);
    }

    private static StandardMarket Market(DeriveIntake taken, int asset, HeldAsset held) => new(
        new ScoredPrice(held.Price / taken.CashPrice, 1),
        taken.Perpetual(asset),
        [.. taken.Expiries(asset).Select(e => new StandardExpiry(e.Years, new ScoredPrice(e.Forward, 1), 1, e.Options))],
        held.Coins);
}
