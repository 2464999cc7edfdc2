using System.Collections.Immutable;
using Plimsoll.Markets.Instruments;

namespace Plimsoll.Risk.Margin.Rulebooks.Derive;

/// <summary>A house account read as Derive would hold it: cash in USDC, linear perpetuals and options, coins as collateral.</summary>
internal sealed class DeriveIntake
{
    private const string Stablecoin = "USDC";

    private readonly Portfolio portfolio;

    public DeriveIntake(Portfolio portfolio)
    {
        this.portfolio = portfolio;
        Cash = -1;
        for (int a = 0; a < portfolio.Assets.Length; a++)
            if (portfolio.Assets[a].Asset.Value == Stablecoin) Cash = a;
        Refused = Objection();
    }

    /// <summary>Why Derive could not hold the account; none if it could.</summary>
    public string? Refused { get; }

    /// <summary>Place of the stablecoin.</summary>
    public int Cash { get; }

    public double CashCoins => portfolio.Assets[Cash].Coins;

    public double CashPrice => portfolio.Assets[Cash].Price;

    /// <summary>Whether a contract on the asset is held.</summary>
    public bool Trades(int asset) => portfolio.Contracts.Any(c => c.Terms.Underlying == asset);

    /// <summary>The perpetuals on an asset as one position: sizes add, so does profit.</summary>
    public PerpetualPosition Perpetual(int asset)
    {
        HeldContract[] held = [.. portfolio.Contracts.Where(c => c.IsFuture && c.Terms.Underlying == asset)];

        return held.Length == 0
            ? default
            : new PerpetualPosition(held.Sum(c => c.Size), new ScoredPrice(held[0].Forward, 1), held.Sum(c => c.Profit), 0);
    }

    /// <summary>The options on an asset by expiry, the nearest first.</summary>
    public IEnumerable<(double Years, double Forward, ImmutableArray<OptionPosition> Options)> Expiries(int asset) => portfolio.Contracts
        .Where(c => c.Kind == InstrumentKind.Option && c.Terms.Underlying == asset)
        .GroupBy(c => c.Years)
        .OrderBy(group => group.Key)
        .Select(group => (
            group.Key,
            group.First().Forward,
            group.Select(c => new OptionPosition(c.Terms.Side, c.Terms.Strike, c.Size, c.Volatility)).ToImmutableArray()));

    /// <summary>A line in stablecoins as one in the numeraire.</summary>
    public RulebookLine InNumeraire(RulebookLine line) => line with { Maintenance = line.Maintenance * CashPrice, Initial = line.Initial * CashPrice };

    private string? Objection()
    {
        if (Cash < 0 || !(CashPrice > 0)) return $"its cash is {Stablecoin}, which is not here";

        foreach (HeldContract contract in portfolio.Contracts)
        {
            if (contract.Kind is not (InstrumentKind.Perpetual or InstrumentKind.Option)) return $"{contract.Instrument}: perpetuals and options only";
            if (contract.Terms.Settlement != Cash) return $"{contract.Instrument}: settles in {portfolio.Assets[contract.Terms.Settlement].Asset}, not in {Stablecoin}";
        }

        for (int a = 0; a < portfolio.Assets.Length; a++)
            if (a != Cash && portfolio.Assets[a].Coins < 0) return $"{portfolio.Assets[a].Asset} cannot be borrowed";

        return null;
    }
}
