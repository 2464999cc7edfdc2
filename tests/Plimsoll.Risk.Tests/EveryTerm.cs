using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Tests;

/// <summary>A rulebook with every optional section saying something, and one with none.</summary>
internal static class EveryTerm
{
    public static RiskParameters On(RiskParameters rules) => rules with
    {
        OffsetCredit = 0.8m,
        Leverage =
        [
            new LeverageTerms(null, AssetClass.Major,
            [
                new LeverageTier(0m, new LineRates(0.02m, 0.015m, 0.01m)),
                new LeverageTier(100_000m, new LineRates(0.05m, 0.03m, 0.025m)),
                new LeverageTier(500_000m, new LineRates(0.10m, 0.06m, 0.05m)),
            ]),
            new LeverageTerms(null, AssetClass.Alt, [new LeverageTier(0m, new LineRates(0.05m, 0.03m, 0.025m)), new LeverageTier(20_000m, new LineRates(0.2m, 0.12m, 0.1m))]),
        ],
        OpenInterest = [new OpenInterestTerms(null, AssetClass.Major, 50_000_000m, 500_000_000m), new OpenInterestTerms(null, AssetClass.Alt, 1_000_000m, 5_000_000m)],
        Contingencies = new MarginContingencies
        {
            Basis = new BasisTerms(0.01m, 0.03m, 0.005m),
            Skew = new SkewTerms(0.15m, -0.05m, 2m, 0.01m),
            NakedShort = new LineRates(0.005m, 0.004m, 0.003m),
            Depeg = new DepegTerms(2, [new DepegLine(new AssetScope(null, AssetClass.Stable), 0.1m, 0.02m), new DepegLine(new AssetScope(null, AssetClass.Staked), 0.15m, 0m)]),
            CloseOut = new CloseOutTerms(LineRates.Same(1m),
            [
                new CloseOutLine(new AssetScope(null, AssetClass.Major), 0.0004m, 1m, 0.03m, 20_000_000_000m, 2m),
                new CloseOutLine(new AssetScope(null, AssetClass.Alt), 0.002m, 1m, 0.06m, 500_000m, 4m),
            ]),
            Confidence = new ConfidenceTerms(0.001m, 2m),
            Concentration = new ConcentrationTerms(0.05m, 0.1m, 0.2m),
        },
    };

    public static RiskParameters Off(RiskParameters rules) => rules with
    {
        OffsetCredit = 1m,
        Leverage = [],
        OpenInterest = [],
        Contingencies = MarginContingencies.None,
    };
}
