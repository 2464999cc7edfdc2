using Plimsoll.Markets.Oracles;
using Plimsoll.Units;

namespace Plimsoll.Engine;

/// <summary>The last report of one source on one asset, as the venue keeps it.</summary>
/// <param name="Report">What it said.</param>
/// <param name="Fault">What became of it when the asset's price was last made.</param>
/// <param name="Settled">The answer it had given when time last passed over it; 0 before that.</param>
/// <param name="SettledAt">When it had seen that answer first.</param>
/// <param name="JointThen">The joint price when that answer was new.</param>
public readonly record struct SourceReport(PriceReport Report, ReportFault Fault, double Settled, Instant SettledAt, double JointThen)
{
    /// <summary>Who said so.</summary>
    public AccountId Source => Report.Source;

    /// <summary>Whether it has given the same answer again, to the last digit.</summary>
    public bool Repeats => Report.Price == Settled && Report.ObservedAt > SettledAt;

    /// <summary>The report as it is joined: a repeated answer with what was joint when it was new.</summary>
    internal PriceReport Asked => Report with { OthersThen = Repeats ? JointThen : 0 };

    /// <summary>The same once time has passed over it while a joint price held. A moment in which it changed its answer and took it back leaves no trace.</summary>
    internal SourceReport SettledBy(double joint) =>
        Report.Price == Settled ? this : this with { Settled = Report.Price, SettledAt = Report.ObservedAt, JointThen = joint };

    /// <summary>The same when the source reports again.</summary>
    internal SourceReport Then(in PriceReport next) => this with { Report = next, Fault = ReportFault.None };
}
