namespace Plimsoll.Risk.Margin;

/// <summary>Room for the sums of one account, on the stack of the thread that judges.</summary>
internal readonly unsafe struct KernelScratch(int* slotOf, int* ids, double** rows, double* numbers, double* gains)
{
    /// <summary>Most roots, expiries or strikes of an account: one for each entry, and one more for what each position settles in.</summary>
    public const int Slots = 2 * AccountKernel.Room;

    /// <summary>How many numbers <see cref="Numbers"/> has room for.</summary>
    public const int NumberRoom = 4 * Slots;

    /// <summary>How many numbers <see cref="Gains"/> has room for.</summary>
    public const int GainRoom = ScenarioGrid.MaxScenarios * Slots;

    /// <summary>A zero for each asset, and one again after each account.</summary>
    public readonly int* SlotOf = slotOf;

    public readonly int* Ids = ids;

    public readonly double** Rows = rows;

    public readonly double* Numbers = numbers;

    public readonly double* Gains = gains;
}
