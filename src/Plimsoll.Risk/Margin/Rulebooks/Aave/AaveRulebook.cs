using Plimsoll.Markets.Instruments;

namespace Plimsoll.Risk.Margin.Rulebooks.Aave;

/// <summary>
/// Aave v3 asked about a house account that only owns and owes: collateral at its loan-to-value to borrow, at its
/// liquidation threshold to stay; health factor = threshold-weighted collateral over debt. Source: Aave v3-origin,
/// <c>GenericLogic.calculateUserAccountData</c>.
/// </summary>
public sealed record AaveRulebook : IRulebook
{
    /// <inheritdoc/>
    public string Name => "aave";

    /// <inheritdoc/>
    public string Source => "Aave v3-origin, GenericLogic";

    /// <inheritdoc/>
    public string Parameters => "typical of its Ethereum market: majors 80 / 83, staked 78 / 81, stablecoins 75 / 78; no eMode";

    /// <inheritdoc/>
    public string Blind => "contracts of any kind, volatility, size";

    /// <inheritdoc/>
    public RulebookAnswer Judge(Portfolio portfolio)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        if (portfolio.Contracts.Length > 0) return RulebookAnswer.No("lends and borrows only; the account holds contracts");

        var lines = new List<RulebookLine>();
        var uncounted = new List<string>();
        foreach (HeldAsset held in portfolio.Assets)
        {
            double value = held.Coins * held.Price;
            if (value < 0) lines.Add(new RulebookLine($"{held.Asset} owed", value, value));
            else if (value > 0 && Factors(held.Class) is { } factors) lines.Add(new RulebookLine(held.Asset.Value, value * factors.Threshold, value * factors.LoanToValue));
            else if (value > 0) uncounted.Add($"{held.Asset} as collateral");
        }

        return RulebookAnswer.Of(lines, uncounted);
    }

    private static (double LoanToValue, double Threshold)? Factors(AssetClass kind) => kind switch
    {
        AssetClass.Major => (0.80, 0.83),
        AssetClass.Staked => (0.78, 0.81),
        AssetClass.Stable => (0.75, 0.78),
        _ => null,
    };
}
