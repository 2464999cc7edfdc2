using System.Collections.Immutable;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Markets.Instruments;
using Plimsoll.Risk.Margin;
using Plimsoll.Units;

namespace Plimsoll.Cli.Books;

/// <summary>Sets of risk parameters in files: a set's own JSON, or the set in force in a venue's file.</summary>
internal static class ParameterFiles
{
    private const long MostBytes = 16 << 20;

    /// <summary>A set's own JSON file.</summary>
    /// <exception cref="InputException">It cannot be read or contradicts itself; the message names file and field.</exception>
    public static RiskParameters Read(string path)
    {
        byte[] json = InputFile.Bytes(path, MostBytes);
        try
        {
            return RiskParameters.FromJson(json);
        }
        catch (InputException fault)
        {
            throw new InputException(path, fault.Message, fault);
        }
    }

    /// <summary>Either: a set's own JSON file, or the set in force in a venue's file.</summary>
    /// <exception cref="InputException">It is neither, or the venue has no parameters.</exception>
    public static RiskParameters ReadEither(string path) => IsVenue(path)
        ? ExposedBook.Venue(path).Parameters ?? throw new InputException(path, "no risk parameters have been set yet")
        : Read(path);

    /// <summary>A catalog to hold a set against: of a venue's file, or of a market file.</summary>
    public static Catalog Catalog(string? venue, string? market) =>
        venue is not null ? ExposedBook.Venue(venue).Catalog : JudgedBook.List(market!).Market.Catalog;

    /// <summary>Refuses a set that cannot be proposed to a venue: faults against what it lists.</summary>
    /// <exception cref="InputException">There is one; the first is named.</exception>
    public static void MustFit(string path, ImmutableArray<string> faults)
    {
        if (faults is [var fault, ..]) throw new InputException(path, fault);
    }

    private static bool IsVenue(string path)
    {
        ReadOnlySpan<byte> head = "SQLite format 3\0"u8;
        if (!File.Exists(path)) return false;

        Span<byte> found = stackalloc byte[16];
        using FileStream file = File.OpenRead(path);

        return file.ReadAtLeast(found, found.Length, throwOnEndOfStream: false) == found.Length && found.SequenceEqual(head);
    }
}
