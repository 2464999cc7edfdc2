using System.Collections.Immutable;
using System.Globalization;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Collateral;
using Plimsoll.Risk.Liquidation;

namespace Plimsoll.Risk.Margin;

/// <summary>
/// The house's starting parameters: fifteen joint spot moves to ±25 % of the majors with volatility up and down, and two
/// tails of ±50 % that count by half. Other coins move 1.6 times as far; stablecoins and state money do not move.
/// </summary>
internal static class DefaultRulebook
{
    private const decimal VolUp = 0.30m;
    private const decimal VolDown = -0.25m;
    private static readonly decimal[] SpotMoves =
        [-0.25m, -0.20m, -0.16m, -0.12m, -0.08m, -0.05m, -0.02m, 0m, 0.02m, 0.05m, 0.08m, 0.12m, 0.16m, 0.20m, 0.25m];

    public static RiskParameters For(Catalog catalog) => new RiskParameters
    {
        Collateral = [.. catalog.Assets.Select(Collateral)],
        Grids = [.. Enum.GetValues<AssetClass>().Select(Grid)],
        Initial = new Threshold(0.60m, 0.02m),
        Target = new Threshold(0.50m, 0.015m),
        Maintenance = new Threshold(0.40m, 0.01m),
        CallAt = 0.8m,
        Liquidation = new LiquidationTerms(
            0.005m,
            [
                new SlippageTerms(AssetClass.Major, 0.0005m, 0.0002m, 0.03m),
                new SlippageTerms(AssetClass.Alt, 0.002m, 0.002m, 0.10m),
                new SlippageTerms(AssetClass.Stable, 0.0001m, 0.0001m, 0.02m),
                new SlippageTerms(AssetClass.Staked, 0.001m, 0.0005m, 0.05m),
                new SlippageTerms(AssetClass.Fiat, 0m, 0m, 0m),
            ]),
    }.Checked();

    private static CollateralTerms Collateral(Asset asset) => new(asset.Id, asset.Class switch
    {
        AssetClass.Major => [new(0m, 0.05m), new(10_000_000m, 0.10m), new(50_000_000m, 0.20m)],
        AssetClass.Alt => [new(0m, 0.20m), new(1_000_000m, 0.35m), new(10_000_000m, 0.60m)],
        AssetClass.Stable => [new(0m, 0m), new(50_000_000m, 0.02m)],
        AssetClass.Staked => [new(0m, 0.10m), new(10_000_000m, 0.20m)],
        _ => [new CollateralTier(0m, 0m)],
    });

    private static ScenarioGrid Grid(AssetClass assetClass)
    {
        decimal stretch = assetClass switch { AssetClass.Major or AssetClass.Staked => 1m, AssetClass.Alt => 1.6m, _ => 0m };
        ImmutableArray<Scenario>.Builder scenarios = ImmutableArray.CreateBuilder<Scenario>(ScenarioGrid.MaxScenarios);
        foreach (decimal move in SpotMoves)
        {
            scenarios.Add(new Scenario($"{NameOf(move)}-vol-up", move * stretch, VolUp, 1m));
            scenarios.Add(new Scenario($"{NameOf(move)}-vol-down", move * stretch, VolDown, 1m));
        }

        scenarios.Add(new Scenario("tail-down", -0.5m * stretch, VolUp, 0.5m));
        scenarios.Add(new Scenario("tail-up", 0.5m * stretch, VolUp, 0.5m));

        return new ScenarioGrid(assetClass, scenarios.MoveToImmutable());
    }

    private static string NameOf(decimal move)
    {
        string percent = (Math.Abs(move) * 100m).ToString("0", CultureInfo.InvariantCulture);

        return move < 0m ? $"down-{percent}" : move > 0m ? $"up-{percent}" : "flat";
    }
}
