namespace Plimsoll.Simulation.Paths;

/// <summary>How much of a shock's fall has happened at each tick: straight lines between corners.</summary>
internal sealed class ShockShape
{
    public static readonly ShockShape FlashCrash = new(TimeSpan.FromMinutes(1), movesPegged: false, (0, 0), (60, 0), (70, 1), (130, 1 / 3.0), (240, 1 / 3.0));
    public static readonly ShockShape Grind = new(TimeSpan.FromMinutes(15), movesPegged: false, (0, 0), (288, 1));
    public static readonly ShockShape Depeg = new(TimeSpan.FromMinutes(10), movesPegged: true, (0, 0), (6, 0), (42, 1), (186, 1), (330, 0));

    private readonly (int Tick, double Part)[] corners;

    private ShockShape(TimeSpan step, bool movesPegged, params (int Tick, double Part)[] corners)
    {
        Step = step;
        MovesPegged = movesPegged;
        this.corners = corners;
    }

    /// <summary>Time between ticks.</summary>
    public TimeSpan Step { get; }

    /// <summary>Whether it moves the pegged assets and leaves the others, or the other way round.</summary>
    public bool MovesPegged { get; }

    /// <summary>Ticks after the first.</summary>
    public int Ticks => corners[^1].Tick;

    /// <summary>The part of the fall that has happened, 0 to 1.</summary>
    public double PartAt(int tick)
    {
        int after = Math.Max(1, Array.FindIndex(corners, corner => corner.Tick >= tick));
        (int fromTick, double from) = corners[after - 1];
        (int toTick, double to) = corners[after];

        return from + ((to - from) * (tick - fromTick) / (toTick - fromTick));
    }
}
