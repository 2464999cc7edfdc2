using Plimsoll.Units;

namespace Plimsoll.Markets.Bars;

/// <summary>What a stretch of a kline file holds.</summary>
/// <param name="First">When its first bar begins.</param>
/// <param name="Last">When its last bar begins.</param>
/// <param name="Bars">Bars it holds.</param>
/// <param name="Missing">Bars that are not there between first and last; the price before each gap is held over it.</param>
/// <param name="SuspiciousWicks">Bars whose extreme lies more than half beyond their body; kept, only counted.</param>
/// <param name="FirstSuspiciousWick">When the first of them begins.</param>
public sealed record KlineSurvey(Instant First, Instant Last, int Bars, int Missing, int SuspiciousWicks, Instant? FirstSuspiciousWick);
