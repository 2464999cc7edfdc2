using Plimsoll.Markets.Instruments;

namespace Plimsoll.Risk.Margin.Rulebooks.Deribit;

/// <summary>Requirements of one short option, in coin of the underlying, mark price included.</summary>
/// <param name="Initial">Initial margin.</param>
/// <param name="Maintenance">Maintenance margin.</param>
public readonly record struct OptionMargin(decimal Initial, decimal Maintenance);

/// <summary>
/// Deribit's standard margin of one short option of one coin; long options ask for nothing beyond their premium. Source:
/// Deribit, "Options margin (standard margin)": call initial = max(15 % − OTM ÷ underlying, 10 %) + mark, maintenance =
/// 7.5 % + mark; put initial = max(call's first term + mark, maintenance), maintenance = max(7.5 %, 7.5 % × mark) + mark.
/// </summary>
/// <param name="Side">The right the option gives.</param>
/// <param name="Underlying">Price of the underlying, above 0.</param>
/// <param name="OutOfTheMoney">How far the strike lies out of the money, in quote units, 0 in the money.</param>
/// <param name="Mark">Mark price in coin.</param>
public readonly record struct ShortOption(OptionSide Side, decimal Underlying, decimal OutOfTheMoney, decimal Mark)
{
    private const decimal Most = 0.15m;
    private const decimal Least = 0.10m;
    private const decimal Kept = 0.075m;

    /// <summary>The requirements.</summary>
    public OptionMargin Margin
    {
        get
        {
            decimal initial = Math.Max(Most - (OutOfTheMoney / Underlying), Least) + Mark;
            if (Side == OptionSide.Call) return new OptionMargin(initial, Kept + Mark);

            decimal maintenance = Math.Max(Kept, Kept * Mark) + Mark;

            return new OptionMargin(Math.Max(initial, maintenance), maintenance);
        }
    }
}
