namespace Plimsoll.Markets.Oracles;

/// <summary>What became of a report, in words for a person.</summary>
public static class FaultWords
{
    extension(ReportFault fault)
    {
        /// <summary>A clause that follows the source's name: <c>is too old</c>.</summary>
        public string InWords => fault switch
        {
            ReportFault.None => "was used",
            ReportFault.NotPositive => "says no price",
            ReportFault.FromTheFuture => "comes from the future",
            ReportFault.TooOld => "is too old",
            ReportFault.TooUncertain => "is too unsure",
            ReportFault.AtTheLeastAnswer => "stands at its least answer",
            ReportFault.OwnBook => "is the venue's own book, with too few beside it",
            ReportFault.Jump => "jumps alone",
            ReportFault.Outlier => "lies too far from the others",
            ReportFault.Repeated => "has reported since",
            ReportFault.Frozen => "repeats itself while the others move",
            ReportFault.WithoutConfidence => "states no confidence",
            _ => fault.ToString(),
        };
    }
}
