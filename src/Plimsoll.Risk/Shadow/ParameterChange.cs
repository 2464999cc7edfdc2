namespace Plimsoll.Risk.Shadow;

/// <summary>One field in which two sets of parameters differ.</summary>
/// <param name="Path">Where, e.g. <c>collateral BTC.tiers[0].haircut</c>.</param>
/// <param name="Old">What it says in the first set; none where the first does not have it.</param>
/// <param name="New">What it says in the second set; none where the second does not have it.</param>
public readonly record struct ParameterChange(string Path, string? Old, string? New);
