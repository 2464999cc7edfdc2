using Plimsoll.Risk.Liquidation.Terms;

namespace Plimsoll.Engine.Insurance;

/// <summary>Who bore how much so far and what fed the layers, in the numeraire at the time; part of the state.</summary>
public sealed class LossTotals
{
    internal double[] Drawn { get; } = new double[InsuranceBook.Bearers];

    internal double[] Fed { get; } = new double[InsuranceBook.Bearers];

    /// <summary>What the other side gave up by taking bankrupt positions over at other prices than the mark.</summary>
    public double Deleveraged { get; internal set; }

    /// <summary>What accounts with positions paid.</summary>
    public double Socialised { get; internal set; }

    /// <summary>Premiums paid to the pool.</summary>
    public double Premiums { get; internal set; }

    /// <summary>What the venue's own funds bore.</summary>
    public double OwnFunds => Drawn[InsuranceBook.Own];

    /// <summary>What a layer gave.</summary>
    public double DrawnFrom(InsuranceLayer layer) => Drawn[(int)layer];

    /// <summary>What fees and penalties a layer was fed, beyond the penalties that stay with the base.</summary>
    public double FedTo(InsuranceLayer layer) => Fed[(int)layer];
}
