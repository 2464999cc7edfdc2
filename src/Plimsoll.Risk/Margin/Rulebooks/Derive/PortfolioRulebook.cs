using System.Collections.Immutable;
using Plimsoll.Markets.Instruments;

namespace Plimsoll.Risk.Margin.Rulebooks.Derive;

/// <summary>
/// Derive's portfolio manager asked about a house account. There is one manager per underlying, so that an account with
/// contracts on two has no place in it.
/// </summary>
/// <param name="Rules">The rules with their parameters.</param>
public sealed record PortfolioRulebook(PortfolioRules Rules) : IRulebook
{
    private const double SecondsPerYear = 365 * 86_400;

    /// <summary>The parameters and the grid of Derive's published portfolios.</summary>
    public static PortfolioRulebook Published => new(new PortfolioRules(new PortfolioParameters(
        new VolatilityShock(0.5, 0.275, 0.3, 0.13, 1, 0.45),
        new StaticDiscount(0.95, 1, 0.08, 1.04, 0.5, 0.08),
        new SkewShock(new SkewLimit(0.15, -0.05), new SkewLimit(0.15, -0.05), 0.01, 4, 0.6, -0.1),
        new BasisContingency(1.045, 0.955, 0.5, 2),
        new OtherContingency(new PegLoss(0.98, 2), new ConfidenceCharge(0.55, 1), 0.015, 0.005, 0.003, 0.002),
        MaintenanceLossFactor: 0.8,
        InitialLossFactor: 1,
        PublishedGrid())));

    /// <inheritdoc/>
    public string Name => "derive-pmrm";

    /// <inheritdoc/>
    public string Source => "Derive v2-core, PMRM_2.sol";

    /// <inheritdoc/>
    public string Parameters => "those of Derive's published portfolios; feeds fully confident, no interest";

    /// <inheritdoc/>
    public string Blind => "offsets across underlyings, size of the position";

    /// <inheritdoc/>
    public RulebookAnswer Judge(Portfolio portfolio)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        var taken = new DeriveIntake(portfolio);
        if (taken.Refused is { } reason) return RulebookAnswer.No(reason);
        if (portfolio.Contracts.Select(c => c.Terms.Underlying).Distinct().Count() > 1) return RulebookAnswer.No("one manager per underlying, and this account trades several");

        int underlying = portfolio.Contracts.Length > 0 ? portfolio.Contracts[0].Terms.Underlying : Largest(portfolio);
        if (underlying < 0) return RulebookAnswer.Of([Money(taken)], []);

        var collateral = ImmutableArray.CreateBuilder<CollateralPosition>();
        var uncounted = new List<string>();
        for (int a = 0; a < portfolio.Assets.Length; a++)
        {
            HeldAsset held = portfolio.Assets[a];
            if (a == taken.Cash || held.Coins == 0) continue;
            if (Haircuts(held, a, underlying) is not var (maintenance, initial, moves)) uncounted.Add($"{held.Asset} as collateral");
            else collateral.Add(new CollateralPosition(held.Asset.Value, held.Coins, new ScoredPrice(held.Price, 1), maintenance, initial, moves));
        }

        var book = new PortfolioBook(
            taken.CashCoins,
            new ScoredPrice(portfolio.Assets[underlying].Price / taken.CashPrice, 1),
            taken.CashPrice,
            taken.Perpetual(underlying),
            [.. taken.Expiries(underlying).Select(e => new OptionExpiry(e.Years * SecondsPerYear, new ScoredPrice(e.Forward, 1), 0, 1, 1, e.Options))],
            collateral.DrainToImmutable());

        return RulebookAnswer.Of(Rules.Judge(book).Lines.Select(taken.InNumeraire), uncounted);
    }

    /// <summary>The grid of the published portfolios: 23 joint moves, six dampened tails, two skews.</summary>
    private static ImmutableArray<SpotVolScenario> PublishedGrid()
    {
        var grid = ImmutableArray.CreateBuilder<SpotVolScenario>();
        grid.Add(new SpotVolScenario(1.18, SurfaceMove.Up, 1));
        foreach (double spot in (double[])[1.135, 1.09, 1.045, 1, 0.955, 0.91, 0.865])
            foreach (SurfaceMove move in (SurfaceMove[])[SurfaceMove.Down, SurfaceMove.None, SurfaceMove.Up])
                grid.Add(new SpotVolScenario(spot, move, 1));
        grid.Add(new SpotVolScenario(0.82, SurfaceMove.Up, 1));
        foreach ((double spot, double dampening) in ((double, double)[])[(0.34, 0.6 / 11), (0.67, 1.2 / 11), (1.5, 0.072), (2, 0.036), (3, 0.018), (4, 0.012)])
            grid.Add(new SpotVolScenario(spot, SurfaceMove.Up, dampening));
        grid.Add(new SpotVolScenario(1, SurfaceMove.LinearSkew, 1));
        grid.Add(new SpotVolScenario(1, SurfaceMove.AbsoluteSkew, 1));

        return grid.DrainToImmutable();
    }

    // The haircuts of the published portfolios: maintenance, initial besides, and whether it offsets the underlying.
    private static (double Maintenance, double Initial, bool Moves)? Haircuts(HeldAsset held, int asset, int underlying) => held.Class switch
    {
        _ when asset == underlying => (0.015, 0.005, true),
        _ when held.Follows == underlying => (0.03, 0.01, true),
        AssetClass.Stable => (0.02, 0.03, false),
        AssetClass.Major => (0.25, 0.05, false),
        AssetClass.Staked => (0.2, 0.05, false),
        _ => null,
    };

    private static int Largest(Portfolio portfolio)
    {
        int largest = -1;
        for (int a = 0; a < portfolio.Assets.Length; a++)
        {
            HeldAsset held = portfolio.Assets[a];
            if (held.Class == AssetClass.Major && held.Coins != 0 && (largest < 0 || held.Coins * held.Price > portfolio.Assets[largest].Coins * portfolio.Assets[largest].Price)) largest = a;
        }

        return largest;
    }

    private static RulebookLine Money(DeriveIntake taken) => taken.InNumeraire(new RulebookLine("cash", taken.CashCoins, taken.CashCoins));
}
