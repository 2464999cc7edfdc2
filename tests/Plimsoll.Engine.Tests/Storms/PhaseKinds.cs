using Plimsoll.Engine.Commands;

namespace Plimsoll.Engine.Tests.Storms;

/// <summary>Events that only a rulebook with phases brings about; <see cref="PhaseStormTests"/> sees them.</summary>
internal static class PhaseKinds
{
    public static IReadOnlySet<Type> All { get; } = new HashSet<Type>
    {
        typeof(AccountWarned), typeof(WarningLifted), typeof(LiquidationBegun), typeof(LiquidationSliced), typeof(LiquidationEnded), typeof(PeriodWorked),
        typeof(LastResortReached), typeof(AuctionOpened), typeof(AuctionTurned), typeof(BidTaken), typeof(AuctionEnded), typeof(BackstopTook), typeof(BackstopClosed), typeof(BackstopReopened),
    };
}
