namespace Plimsoll.Risk.Margin;

/// <summary>
/// Where the numbers of eight accounts lie on their way through the steps of <see cref="OctetKernel"/>: places, in numbers
/// of eight bytes, of one block of the stack on a cache line. Lanes hold number k of all eight accounts side by side.
/// </summary>
internal static unsafe class OctetScratch
{
    /// <summary>Most positions of an account, and most assets.</summary>
    public const int Positions = ContractRecords.Pads, Assets = 4;

    /// <summary>Bytes of a cache line.</summary>
    public const int Line = 64;

    /// <summary>Lanes of each position.</summary>
    public const int Quantities = 0, Sizes = Quantities + Wide, Gained = Sizes + Wide;

    /// <summary>Lanes of each entry, positions and then assets: keys, what it loses alone, and which later entries share its root.</summary>
    public const int Keys = Gained + Wide, Losses = Keys + Wide + Narrow, Members = Losses + Wide + Narrow;

    /// <summary>Sums by root and by strike, each in the place of the first position that has it.</summary>
    public const int RootsSeen = Members + Wide + Narrow, Deltas = RootsSeen + Wide, Vegas = Deltas + Wide, StrikesSeen = Vegas + Wide, Nakeds = StrikesSeen + Wide;

    /// <summary>Lanes of each asset: coins owned, then counted, and what doubt asks of them.</summary>
    public const int Coins = Nakeds + Wide, CoinDoubts = Coins + Narrow;

    /// <summary>One number of each account.</summary>
    public const int Equity = CoinDoubts + Narrow, Counted = Equity + 8, Notional = Counted + 8, Least = Notional + 8, At = Least + 8,
        OwnLeast = At + 8, Alone = OwnLeast + 8, Depeg = Alone + 8, Basis = Depeg + 8, Skew = Basis + 8, Worst = Skew + 8, Bound = Worst + 8,
        Initial = Bound + 8, Target = Initial + 8, Maintenance = Target + 8, Doubt = Maintenance + 8, Naked = Doubt + 8, Closing = Naked + 8, Followers = Closing + 8;

    /// <summary>Whole numbers of half the width: how many positions and assets each account has, and where they begin in the books.</summary>
    public const int Held = Followers + 8, Owned = Held + 4, Starts = Owned + 4, CoinStarts = Starts + 4;

    /// <summary>The same width: where the record of each contract and of each asset begins, in bytes.</summary>
    public const int Contracts = CoinStarts + 4, AssetsOf = Contracts + (Wide / 2);

    /// <summary>Addresses of the verdicts.</summary>
    public const int Verdicts = AssetsOf + (Narrow / 2);

    /// <summary>Not lanes but a row of eight for each account: of its 32 scenarios the least of every four, where that stands, and the same of its positions alone.</summary>
    public const int LeastRows = Verdicts + 8, AtRows = LeastRows + (Lanes.Count * 8), OwnRows = AtRows + (Lanes.Count * 8);

    /// <summary>Bytes of the whole.</summary>
    public const int Room = (OwnRows + (Lanes.Count * 8)) * sizeof(double);

    private const int Wide = Positions * Lanes.Count;
    private const int Narrow = Assets * Lanes.Count;

    /// <summary>Takes so many bytes of a room, on a cache line.</summary>
    public static byte* Aligned(ref byte* room, int bytes)
    {
        var start = (byte*)(((nuint)room + (Line - 1)) & ~(nuint)(Line - 1));
        room = start + bytes;

        return start;
    }
}
