namespace Plimsoll.Risk.Margin.Rulebooks;

/// <summary>
/// A forward split by how much of its settlement average is already known. Options that settle on the average of the last
/// half hour lose their exposure as it runs: the fixed part no longer moves with the market.
/// </summary>
/// <param name="Fixed">The part that is known, in quote units.</param>
/// <param name="Floating">The part that still moves, in quote units.</param>
public readonly record struct SettlementAverage(double Fixed, double Floating)
{
    /// <summary>Length of the averaging, in seconds.</summary>
    public const double Window = 1_800;

    /// <summary>The forward as it stands.</summary>
    public double Forward => Fixed + Floating;

    /// <summary>Splits a forward.</summary>
    /// <param name="forward">The forward, in quote units.</param>
    /// <param name="seconds">Seconds to expiry; below 0 counts as 0.</param>
    public static SettlementAverage Of(double forward, double seconds)
    {
        double floating = seconds >= Window ? forward : forward * Math.Max(seconds, 0) / Window;

        return new SettlementAverage(forward - floating, floating);
    }

    /// <summary>The forward after a move of the spot price.</summary>
    /// <param name="spot">The move as a multiple: 0.9 is a fall by a tenth.</param>
    public double Moved(double spot) => Fixed + (Floating * spot);
}
