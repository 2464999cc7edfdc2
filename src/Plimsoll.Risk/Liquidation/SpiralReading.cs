using Plimsoll.Risk.Liquidation.Spirals;
using Plimsoll.Risk.Margin;

namespace Plimsoll.Risk.Liquidation;

/// <summary>
/// Whether selling an account makes it worse. What it has at stake in each market is netted; n together, with equity e behind it,
/// is owed to n − e, as if every position were a loan against itself: ℓ = 1 − e/n. λ = 1 + Σn²κ/n is what selling all of it does
/// to what is left; the incentive is what a sale loses at once. Coins whose class is stable or fiat are at no stake.
/// </summary>
/// <param name="LoanToValue">ℓ; 0 where nothing is at stake.</param>
/// <param name="Bound">1 ÷ ((1 + i)·λ).</param>
public readonly record struct SpiralReading(double LoanToValue, double Bound)
{
    /// <summary>Whether selling lowers what is left faster than what is owed.</summary>
    public bool IsBeyond => LoanToValue >= Bound;

    internal static SpiralReading Of(LiquidationTrial trial, MarginModel model, MarketDepth depth)
    {
        double[] net = Net(trial, model);
        (double gross, double squares, double least) = (0, 0, 0);
        for (int a = 0; a < net.Length; a++)
        {
            double size = Math.Abs(net[a]);
            gross += size;
            squares += size * size * depth.Impact(a);
            least += size * model.Slippage(a, 0);
        }

        if (!(gross > 0) || !double.IsFinite(squares)) return new SpiralReading(0, 1);

        double incentive = model.PenaltyRate + (least / gross);

        return new SpiralReading(1 - (trial.Before.Equity / gross), SpiralBound.LoanToValue(incentive, 1 + (squares / gross)));
    }

    private static double[] Net(LiquidationTrial trial, MarginModel model)
    {
        var net = new double[model.AssetCount];
        foreach (CloseTerms position in trial.Positions)
            if (position.IsPriced) net[position.Underlying] += position.Direction * position.Notional(position.Lots.Size.Count);

        for (int i = 0; i < trial.Assets.Length; i++)
        {
            int asset = trial.Assets[i];
            if (!model.IsCash(asset)) net[asset] += trial.Owned[i] * trial.PriceAt(i);
        }

        return net;
    }
}
