namespace Plimsoll.Risk.Margin.Rulebooks.Drift;

/// <summary>Which question Drift asks of an account.</summary>
public enum MarginKind : byte
{
    /// <summary>May it open?</summary>
    Initial = 0,

    /// <summary>May an order of its fill? Half way between the other two.</summary>
    Fill = 1,

    /// <summary>Must it be liquidated?</summary>
    Maintenance = 2,
}
