namespace Plimsoll.Risk.Exposure;

/// <summary>What a group of accounts is exposed to in one bucket.</summary>
/// <param name="Net">Longs less shorts.</param>
/// <param name="Gross">Every position's and every coin balance's size added, whatever its side; never under the net.</param>
public readonly record struct Exposed(Greeks Net, Greeks Gross)
{
    /// <summary>Whether there is anything in it.</summary>
    public bool IsEmpty => Gross == default;
}
