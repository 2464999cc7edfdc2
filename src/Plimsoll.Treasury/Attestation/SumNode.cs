using Plimsoll.Units;

namespace Plimsoll.Treasury.Attestation;

/// <summary>A node of the sum tree as a proof shows it.</summary>
/// <param name="Hash">Binds all that lies below.</param>
/// <param name="Sums">What lies below, per asset, in smallest units; never negative.</param>
public readonly record struct SumNode(Hash256 Hash, ReadOnlyMemory<Int128> Sums);
