using System.Collections.Immutable;
using System.Numerics;
using Plimsoll.Markets.Instruments;

namespace Plimsoll.Risk.Margin.Rulebooks.Dydx;

/// <summary>
/// dYdX v4 asked about a house account: USDC and linear perpetuals. Open interest is not in a book, so that the base initial
/// fraction stands.
/// </summary>
public sealed record DydxRulebook : IRulebook
{
    private const string Stablecoin = "USDC";
    private const double Quantums = 1e6;

    // Liquidity tiers of the chain: initial fraction in millionths, and the part of it that is maintenance.
    private static readonly (int InitialPpm, decimal MaintenancePart) LargeCap = (20_000, 0.6m);
    private static readonly (int InitialPpm, decimal MaintenancePart) SmallCap = (100_000, 0.5m);

    /// <inheritdoc/>
    public string Name => "dydx";

    /// <inheritdoc/>
    public string Source => "dYdX v4-chain, liquidity_tier.go, liquidations.go";

    /// <inheritdoc/>
    public string Parameters => "liquidity tiers: large caps 2 % and 1.2 %, others 10 % and 5 %; open interest below its cap";

    /// <inheritdoc/>
    public string Blind => "offsets, volatility, any collateral but USDC";

    /// <inheritdoc/>
    public RulebookAnswer Judge(Portfolio portfolio)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        int cash = Enumerable.Range(0, portfolio.Assets.Length).FirstOrDefault(a => portfolio.Assets[a].Asset.Value == Stablecoin, -1);
        if (cash < 0) return RulebookAnswer.No($"its collateral is {Stablecoin}, which is not here");

        foreach (HeldContract contract in portfolio.Contracts)
            if (contract.Kind != InstrumentKind.Perpetual || contract.Terms.Settlement != cash) return RulebookAnswer.No($"{contract.Instrument}: perpetuals in {Stablecoin} only");
        if (portfolio.Assets.FirstOrDefault(a => a.Coins < 0 && a.Asset.Value != Stablecoin) is { } owed) return RulebookAnswer.No($"{owed.Asset} cannot be borrowed");

        double price = portfolio.Assets[cash].Price;
        var subaccount = new Subaccount(
            ExactFigure.Of(portfolio.Assets[cash].Coins - portfolio.Contracts.Sum(c => c.Cost), Stablecoin),
            [.. portfolio.Contracts.Select(c => Position(portfolio, c))]);
        double collateral = (double)subaccount.NetCollateral * price;
        IEnumerable<RulebookLine> required = subaccount.Positions.Select((p, k) => new RulebookLine(
            p.Perpetual,
            -(double)(Math.Abs(p.Size * p.Price) * p.MaintenanceFraction) * price,
            -InitialMargin(Tier(portfolio, portfolio.Contracts[k]).InitialPpm, Math.Abs(p.Size * p.Price)) * price));

        return RulebookAnswer.Of(
            [new RulebookLine("net collateral", collateral, collateral), .. required],
            portfolio.Assets.Where(a => a.Coins > 0 && a.Asset.Value != Stablecoin).Select(a => $"{a.Asset} as collateral"));
    }

    private static SubaccountPosition Position(Portfolio portfolio, HeldContract contract)
    {
        (int initial, decimal part) = Tier(portfolio, contract);

        return new SubaccountPosition(contract.Instrument.Value, ExactFigure.Of(contract.Size, "size"), ExactFigure.Of(contract.Forward, "forward"), initial * part / OpenInterestScaling.Million);
    }

    private static double InitialMargin(int ppm, decimal notional) =>
        (double)new OpenInterestScaling(ppm, 0, 0).InitialMargin((BigInteger)((double)notional * Quantums), 0) / Quantums;

    private static (int InitialPpm, decimal MaintenancePart) Tier(Portfolio portfolio, HeldContract contract) =>
        portfolio.Assets[contract.Terms.Underlying].Class == AssetClass.Major ? LargeCap : SmallCap;
}
