using Plimsoll.Engine;
using Plimsoll.Risk.Thresholds;

namespace Plimsoll.Server.Projections;

/// <summary>How many accounts are at which stage, and what a fall would set off.</summary>
/// <param name="At">The venue's time, ISO 8601.</param>
/// <param name="Stages">Every stage from health to the end, in that order.</param>
/// <param name="Cascades">Each underlying.</param>
public sealed record LiquidationFunnel(string At, IReadOnlyList<StageFigures> Stages, IReadOnlyList<CascadeFigures> Cascades)
{
    // From health to the end, which is not the order of their numbers.
    private static readonly AccountPhase[] Order =
    [
        AccountPhase.Healthy, AccountPhase.Warned, AccountPhase.Called, AccountPhase.Liquidating, AccountPhase.Liquidated,
        AccountPhase.Auctioned, AccountPhase.Backstopped, AccountPhase.Deleveraged, AccountPhase.Bankrupt,
    ];

    internal static LiquidationFunnel Of(VenueReading reading, IReadOnlyList<CascadeFigures> cascades)
    {
        var stages = new (int Accounts, double Equity, double Notional)[Enum.GetValues<AccountPhase>().Length];
        AccountColumns columns = reading.Accounts;
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns.Names[i] == AccountColumns.Provider) continue;

            ref (int Accounts, double Equity, double Notional) stage = ref stages[(int)columns.Phases[i]];
            stage = (stage.Accounts + 1, stage.Equity + columns.Verdicts[i].Equity, stage.Notional + columns.Verdicts[i].Notional);
        }

        return new LiquidationFunnel(reading.Now.ToString(), [.. Order.Select(phase => Line(phase, stages[(int)phase]))], cascades);
    }

    private static StageFigures Line(AccountPhase phase, (int Accounts, double Equity, double Notional) stage) =>
        new(PhaseName.Of(phase), stage.Accounts, stage.Equity, stage.Notional);
}

/// <summary>The accounts at one stage.</summary>
/// <param name="Stage">The stage, as accounts name it.</param>
/// <param name="Accounts">How many.</param>
/// <param name="Equity">What they are worth, USD.</param>
/// <param name="Notional">Their positions' size, USD.</param>
public sealed record StageFigures(string Stage, int Accounts, double Equity, double Notional);

/// <summary>What a fall of 1 % of an underlying sets off.</summary>
/// <param name="Underlying">Its name.</param>
/// <param name="Forced">What it forces to be sold in the end, USD, who is under water today included. None while no map is drawn.</param>
/// <param name="Moved">How much farther that pushes the price, as a part of it; as far as the map goes where it has no end.</param>
/// <param name="Multiplier">How many times the first fall the whole of it is; none where it has no end, or is not known.</param>
/// <param name="Endless">Whether every sale forces a larger one.</param>
public sealed record CascadeFigures(string Underlying, double? Forced, double? Moved, double? Multiplier, bool Endless)
{
    internal static CascadeFigures Of(string underlying, CascadeStep? cascade) =>
        new(underlying, cascade?.Forced, cascade?.Extra, cascade is { Diverges: false } step ? step.Multiplier : null, cascade is { Diverges: true });
}

/// <summary>What a phase is called.</summary>
internal static class PhaseName
{
    public static string Of(AccountPhase phase) => phase switch
    {
        AccountPhase.Warned => "warned",
        AccountPhase.Called => "called",
        AccountPhase.Liquidating => "liquidating",
        AccountPhase.Liquidated => "liquidated",
        AccountPhase.Auctioned => "auctioned",
        AccountPhase.Backstopped => "backstopped",
        AccountPhase.Deleveraged => "deleveraged",
        AccountPhase.Bankrupt => "bankrupt",
        _ => "healthy",
    };
}
