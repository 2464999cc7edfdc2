using Plimsoll.Units;

namespace Plimsoll.Markets.Oracles;

/// <summary>A price as one source reports it.</summary>
/// <param name="Source">Who says so.</param>
/// <param name="Price">In the numeraire.</param>
/// <param name="Confidence">Half the width of the interval the source is sure of, as a part of the price; 0 where it states none.</param>
/// <param name="ObservedAt">When the source saw it.</param>
/// <param name="Depth">What can be traded there near the price, in the numeraire; what the source weighs.</param>
/// <param name="OthersThen">Of a source that repeats its answer to the last digit: the joint price when it first gave it; else 0.</param>
public readonly record struct PriceReport(AccountId Source, double Price, double Confidence, Instant ObservedAt, double Depth = 1, double OthersThen = 0);
