using Plimsoll.Markets.Instruments;

namespace Plimsoll.Risk.Margin.Rulebooks.Vega;

/// <summary>
/// Vega asked about a house account: every futures market by itself against the settlement asset's balance, which is all the
/// collateral there is.
/// </summary>
public sealed record VegaRulebook : IRulebook
{
    // Smallest units of a settlement asset with six decimals.
    private const decimal Units = 1_000_000m;

    private static readonly MarketMargin Rules = new(0.0001m, 0.05m, 0.05m);
    private static readonly MarginMultiples Multiples = new(1.1m, 1.5m, 1.7m);

    /// <inheritdoc/>
    public string Name => "vega";

    /// <inheritdoc/>
    public string Source => "Vega specs 0019-MCAL, 0010-MARG";

    /// <inheritdoc/>
    public string Parameters => "risk factors 5 %, slippage 0.01 %, initial 1.5 × maintenance: assumed, each market sets its own";

    /// <inheritdoc/>
    public string Blind => "offsets between markets, collateral other than the settlement asset";

    /// <inheritdoc/>
    public RulebookAnswer Judge(Portfolio portfolio)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        foreach (HeldContract contract in portfolio.Contracts)
            if (!contract.IsFuture || !contract.IsLinear) return RulebookAnswer.No($"{contract.Instrument}: linear futures only");
        if (portfolio.Contracts.Select(c => c.Terms.Settlement).Distinct().Count() > 1) return RulebookAnswer.No("several settlement assets, which cannot stand for each other");
        if (portfolio.Assets.FirstOrDefault(a => a.Coins < 0) is { } owed) return RulebookAnswer.No($"{owed.Asset} cannot be borrowed");

        int settlement = portfolio.Contracts.Length > 0 ? portfolio.Contracts[0].Terms.Settlement : -1;
        var lines = new List<RulebookLine>();
        if (settlement >= 0)
        {
            double balance = portfolio.NetCoins(settlement) * portfolio.PriceOf(settlement);
            lines.Add(new RulebookLine(portfolio.Assets[settlement].Asset.Value, balance, balance));
        }

        foreach (HeldContract contract in portfolio.Contracts)
        {
            MarginLevels levels = Rules.Cross(new PartyVolume(ExactFigure.Of(contract.Size, "size"), 0, 0), ExactFigure.Of(contract.Forward, "forward") * Units, Multiples);
            double price = portfolio.PriceOf(settlement) / (double)Units;
            lines.Add(new RulebookLine(contract.Instrument.Value, -(double)levels.Maintenance * price, -(double)levels.Initial * price));
        }

        return RulebookAnswer.Of(
            lines,
            portfolio.Assets.Where((a, k) => a.Coins > 0 && k != settlement).Select(a => $"{a.Asset} as collateral"));
    }
}
