using System.Diagnostics.CodeAnalysis;

namespace Plimsoll.Units;

/// <summary>
/// A law of the house: something that is never false in a correct program. It is checked in release too, because
/// a kernel that disagrees with its own books must stop rather than go on.
/// </summary>
public static class Law
{
    /// <summary>Stops the kernel when a law does not hold.</summary>
    /// <param name="holds">Whether the law holds.</param>
    /// <param name="law">The law, as a sentence that is true in a correct program.</param>
    /// <exception cref="LawBrokenException">The law does not hold.</exception>
    public static void Holds([DoesNotReturnIf(false)] bool holds, string law)
    {
        if (!holds) throw new LawBrokenException(law);
    }
}

/// <summary>A law of the house was broken; the state that broke it must not be used any more.</summary>
public sealed class LawBrokenException(string law) : Exception($"A law of the house was broken: {law}");
