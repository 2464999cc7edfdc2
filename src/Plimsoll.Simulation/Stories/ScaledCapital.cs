using Plimsoll.Risk.Liquidation;
using Plimsoll.Risk.Liquidation.Terms;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Simulation.Stories;

/// <summary>
/// A rulebook for a smaller or larger venue of the same kind: what it says of the venue's own capital (backstop, layers of insurance,
/// cover, own funds) is meant for the file's number of accounts and scales with the number asked, as endowments do. What it says of
/// markets and of single accounts stays.
/// </summary>
internal static class ScaledCapital
{
    /// <summary>The rulebook for so many accounts where it was written for so many others.</summary>
    public static RiskParameters For(RiskParameters rules, int accounts, int written) => accounts == written ? rules : (rules with
    {
        Liquidation = rules.Liquidation with { MaxFundDrawPerTick = Scaled(rules.Liquidation.MaxFundDrawPerTick, accounts, written) },
        Phases = rules.Phases is { IsNone: false, Backstop: { } backstop } ? rules.Phases with { Backstop = Of(backstop, accounts, written) } : rules.Phases,
        Insurance = rules.Insurance.IsNone ? rules.Insurance : Of(rules.Insurance, accounts, written),
    }).Checked();

    private static BackstopTerms Of(BackstopTerms terms, int accounts, int written) => terms with
    {
        Capital = Scaled(terms.Capital, accounts, written),
        LossLimit = Scaled(terms.LossLimit, accounts, written),
        MostNotional = Scaled(terms.MostNotional, accounts, written),
    };

    private static InsuranceTerms Of(InsuranceTerms terms, int accounts, int written) => terms with
    {
        Layers = [.. terms.Layers.Select(layer => layer with
        {
            PerTick = Scaled(layer.PerTick, accounts, written),
            PerPeriod = Scaled(layer.PerPeriod, accounts, written),
            PerAccount = Scaled(layer.PerAccount, accounts, written),
            Target = Scaled(layer.Target, accounts, written),
        })],
        Pool = terms.Pool is { } pool ? pool with { Cover = Scaled(pool.Cover, accounts, written), Floor = Scaled(pool.Floor, accounts, written) } : null,
        Cover = terms.Cover is { } cover ? cover with { Limit = Scaled(cover.Limit, accounts, written) } : null,
        OwnFunds = Scaled(terms.OwnFunds, accounts, written),
    };

    private static decimal? Scaled(decimal? amount, int accounts, int written) => amount is { } given ? Scaled(given, accounts, written) : null;

    private static decimal Scaled(decimal amount, int accounts, int written) => amount * accounts / written;
}
