using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;
using Plimsoll.Risk.WhatIf;
using Plimsoll.Units;

namespace Plimsoll.Risk.Efficiency;

/// <summary>What one asset of an account could be let go of.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Free">The most that can be taken out on its own, whole coins.</param>
/// <param name="Value">Its worth, in the numeraire.</param>
public sealed record FreeLine(string Asset, string Free, double Value);

/// <summary>What an account would have to hold in another margin mode.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="Initial">What opening requires there.</param>
/// <param name="Maintenance">What maintenance requires there.</param>
public sealed record ModeLine(string Mode, double Initial, double Maintenance);

/// <summary>How well an account uses its collateral; money in the numeraire.</summary>
/// <param name="Account">Which.</param>
/// <param name="Notional">Size of its positions.</param>
/// <param name="Locked">What opening requires.</param>
/// <param name="NotionalPerLocked">Notional per unit locked; none where nothing is locked.</param>
/// <param name="Used">The part of counted collateral that is locked; none where nothing counts.</param>
/// <param name="LostToHaircuts">Equity that does not count.</param>
/// <param name="FreeHealth">Initial health, where it is above zero.</param>
/// <param name="Free">By asset, each on its own: what may be withdrawn now.</param>
/// <param name="Modes">What the same positions require in each margin mode.</param>
public sealed record EfficiencyReport(
    string Account,
    double Notional,
    double Locked,
    double? NotionalPerLocked,
    double? Used,
    double LostToHaircuts,
    double FreeHealth,
    IReadOnlyList<FreeLine> Free,
    IReadOnlyList<ModeLine> Modes)
{
    /// <summary>Measures an account.</summary>
    /// <param name="account">Its name.</param>
    /// <param name="book">What it holds.</param>
    /// <param name="desk">Who judges.</param>
    /// <param name="catalog">What is listed.</param>
    /// <param name="free">What may be taken out of an asset; none for what the judge alone would let go of.</param>
    public static EfficiencyReport Of(string account, WhatIfBook book, WhatIfDesk desk, Catalog catalog, Func<AssetIndex, Amount>? free = null)
    {
        Verdict verdict = desk.Verdict(book, null);
        var lines = new List<FreeLine>();
        foreach (AssetIndex asset in desk.AssetsOf(book))
        {
            AssetScale scale = catalog[asset].Scale;
            Amount most = free?.Invoke(asset) ?? FreeCollateral.Most(book, asset, desk, scale);
            if (most.Sign > 0) lines.Add(new FreeLine(catalog[asset].Id.Value, scale.Format(most), scale.ToModel(most) * desk.PriceOf(asset)));
        }

        return new EfficiencyReport(
            account,
            verdict.Notional,
            verdict.InitialRequirement,
            verdict.InitialRequirement > 0 ? verdict.Notional / verdict.InitialRequirement : null,
            verdict.Counted > 0 ? verdict.InitialRequirement / verdict.Counted : null,
            verdict.Equity - verdict.Counted,
            Math.Max(0, verdict.InitialHealth),
            lines,
            [In(MarginMode.Portfolio), In(MarginMode.Cross)]);

        ModeLine In(MarginMode mode)
        {
            Verdict there = desk.Verdict(book.In(mode), null);

            return new ModeLine(mode.ToString().ToLowerInvariant(), there.InitialRequirement, there.MaintenanceRequirement);
        }
    }
}
