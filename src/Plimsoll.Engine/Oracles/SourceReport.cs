using Plimsoll.Markets.Oracles;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>The last report of one source on one asset, as the venue keeps it.</summary>
/// <param name="Report">What it said.</param>
/// <param name="Fault">What became of it when the asset's price was last made.</param>
/// <param name="Repeats">Whether it gave the same answer before, to the last digit.</param>
/// <param name="JointThen">The joint price once the moment in which it first gave that answer was over; 0 until then.</param>
public readonly record struct SourceReport(PriceReport Report, ReportFault Fault, bool Repeats, double JointThen)
{
    /// <summary>Who said so.</summary>
    public AccountId Source => Report.Source;

    /// <summary>The report as it is joined: with what the others said when a repeated answer was new.</summary>
    /// <param name="joint">The joint price that held until now; 0 where the moment is the same.</param>
    internal PriceReport Asked(double joint) => Report with { OthersThen = Repeats ? (JointThen > 0 ? JointThen : joint) : 0 };

    /// <summary>What is kept when the source reports again.</summary>
    internal SourceReport Then(in PriceReport next) =>
        next.Price == Report.Price ? this with { Report = next, Repeats = true } : new SourceReport(next, ReportFault.None, false, 0);
}
