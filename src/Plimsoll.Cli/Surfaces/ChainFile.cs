using System.Text;
using Plimsoll.Cli.Terminal;
using Plimsoll.Markets.Chains;
using Plimsoll.Units;

namespace Plimsoll.Cli.Surfaces;

/// <summary>Chain files that people name.</summary>
internal static class ChainFile
{
    private const long MostBytes = 256 << 20;

    /// <summary>Reads a chain.</summary>
    /// <exception cref="InputException">It is not there, or no chain.</exception>
    public static OptionChain Read(string path, PriceUnit? unit = null) => ChainReader.Read(Encoding.UTF8.GetString(InputFile.Bytes(path, MostBytes)), path, unit);

    /// <summary>The surfaces of a chain, or the one asked for.</summary>
    /// <exception cref="InputException">The chain has none, or not that one.</exception>
    public static IReadOnlyList<string> Chosen(OptionChain chain, string path, string? name)
    {
        IReadOnlyList<string> all = chain.Surfaces;
        if (all.Count == 0)
            throw chain.Unreadable.Count > 0
                ? new InputException($"{path}:{chain.Unreadable[0].Line}", chain.Unreadable[0].Reason)
                : new InputException(path, "found no quotes");

        return name is null ? all : all.Contains(name) ? [name] : throw new InputException("--surface", $"found {name}, expected {string.Join(", ", all)}");
    }
}
