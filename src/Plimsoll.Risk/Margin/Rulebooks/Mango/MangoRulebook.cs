using System.Collections.Immutable;
using Plimsoll.Markets.Instruments;

namespace Plimsoll.Risk.Margin.Rulebooks.Mango;

/// <summary>
/// Mango v4 asked about a house account: tokens by weight, linear perpetuals settled in USDC, each health by its own weights.
/// Prices count as stable ones; nothing of the venue's own size is in the book.
/// </summary>
public sealed record MangoRulebook : IRulebook
{
    /// <inheritdoc/>
    public string Name => "mango";

    /// <inheritdoc/>
    public string Source => "Mango v4, health/cache.rs";

    /// <inheritdoc/>
    public string Parameters => "weights of its main tokens: 0.8 / 1.2 initial, 0.9 / 1.1 maintenance; perpetuals 0.9 / 1.1 and 0.95 / 1.05";

    /// <inheritdoc/>
    public string Blind => "offsets between tokens and perpetuals, volatility, options";

    /// <inheritdoc/>
    public RulebookAnswer Judge(Portfolio portfolio)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        foreach (HeldContract contract in portfolio.Contracts)
        {
            if (contract.Kind != InstrumentKind.Perpetual || !contract.IsLinear) return RulebookAnswer.No($"{contract.Instrument}: linear perpetuals only");
            if (portfolio.Assets[contract.Terms.Settlement].Class != AssetClass.Stable) return RulebookAnswer.No($"{contract.Instrument}: perpetuals settle in a stablecoin");
        }

        double maintenance = Account(portfolio, initial: false).Health();
        double initial = Account(portfolio, initial: true).Health();
        IEnumerable<string> uncounted = portfolio.Assets
            .Where(a => a.Coins > 0 && Weights(a.Class, initial: false).Asset == 0)
            .Select(a => $"{a.Asset} as collateral");

        return RulebookAnswer.Of([new RulebookLine("health", maintenance, initial)], uncounted);
    }

    private static HealthAccount Account(Portfolio portfolio, bool initial)
    {
        SignedWeights perp = initial ? new SignedWeights(0.9, 1.1) : new SignedWeights(0.95, 1.05);

        return new HealthAccount(
            [.. portfolio.Assets.Select(a => new TokenHealth(a.Coins, a.Price, Weights(a.Class, initial)))],
            [.. portfolio.Contracts.Select(c => new PerpHealth(c.Terms.Settlement, 1, c.Forward, c.Size, -c.Cost, 0, 0, perp, 1))],
            []);
    }

    private static SignedWeights Weights(AssetClass kind, bool initial) => kind switch
    {
        AssetClass.Stable => new SignedWeights(1, 1),
        AssetClass.Major or AssetClass.Staked => initial ? new SignedWeights(0.8, 1.2) : new SignedWeights(0.9, 1.1),
        AssetClass.Alt => initial ? new SignedWeights(0, 1.4) : new SignedWeights(0, 1.2),
        _ => new SignedWeights(0, 1),
    };
}
