using System.Security.Cryptography;
using System.Text;
using Plimsoll.Units;

namespace Plimsoll.Server.Access;

/// <summary>What a caller may do.</summary>
/// <param name="Role">Which of the four.</param>
/// <param name="Account">Whose account, for a trader or a bidder.</param>
/// <param name="Person">The operator's own name; without one he may neither acknowledge nor override.</param>
public sealed record Caller(CallerRole Role, AccountId? Account = null, AccountId? Person = null)
{
    /// <summary>Whoever is on this machine, where there are no keys.</summary>
    public static Caller Anybody { get; } = new(CallerRole.Operator) { IsOpen = true };

    /// <summary>Whether there are no keys, so that a name is taken at its word.</summary>
    public bool IsOpen { get; private init; }

    /// <summary>Whether he may read everything.</summary>
    public bool ReadsAll => Role is CallerRole.Reader or CallerRole.Operator;

    /// <summary>Whether he may read one account.</summary>
    public bool Reads(string account) => ReadsAll || (Role == CallerRole.Trader && Account?.Value == account);

    /// <summary>Under which name he asks for what names a person; none where he has none.</summary>
    public AccountId? Name => Person ?? Account;
}

/// <summary>The four roles.</summary>
public enum CallerRole
{
    /// <summary>Reads everything and changes nothing.</summary>
    Reader = 0,

    /// <summary>Reads the market and his own account, and commands for it.</summary>
    Trader = 1,

    /// <summary>Reads and commands everything.</summary>
    Operator = 2,

    /// <summary>Reads auctions and bids in them for his own account, and nothing else.</summary>
    Bidder = 3,
}

/// <summary>
/// Who may do what, from a file that holds no key, only what keys hash to: one line each, <c>sha256-in-hex role</c>, with
/// role <c>reader</c>, <c>trader:ACCOUNT</c>, <c>bidder:ACCOUNT</c>, <c>operator:NAME</c> or <c>operator</c>; empty lines and
/// lines from a <c>#</c> on are left out. What needs two persons needs two keys of operators with different names.
/// </summary>
public sealed class ApiKeys
{
    private readonly Dictionary<Hash256, Caller> _callers;

    private ApiKeys(Dictionary<Hash256, Caller> callers) => _callers = callers;

    /// <summary>No keys: everybody is an operator.</summary>
    public static ApiKeys None { get; } = new([]);

    /// <summary>Whether there are no keys, so that everybody is an operator.</summary>
    public bool IsOpen => _callers.Count == 0;

    /// <summary>Reads a file of keys.</summary>
    /// <exception cref="InputException">The file is missing, holds no key, or a line cannot be read.</exception>
    public static ApiKeys Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, fault.Message, fault);
        }

        var callers = new Dictionary<Hash256, Caller>();
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Split('#')[0].Trim();
            if (line.Length == 0) continue;

            (Hash256 hash, Caller caller) = Parse(line, $"{path}:{i + 1}");
            if (!callers.TryAdd(hash, caller)) throw new InputException($"{path}:{i + 1} key", "stands there twice");
        }

        return callers.Count > 0 ? new ApiKeys(callers) : throw new InputException(path, "holds no key, expected at least one line of a hash and a role");
    }

    /// <summary>Who holds a key; none for a key nobody was given.</summary>
    public Caller? Find(string key)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(key), hash);

        // Looked up by its hash: how long that takes says nothing about any key.
        return _callers.GetValueOrDefault(new Hash256(hash));
    }

    private static (Hash256 Hash, Caller Caller) Parse(string line, string place)
    {
        string[] parts = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2) throw new InputException(place, "expected a hash and a role");
        if (parts[0].Length != 2 * Hash256.Size || parts[0].Any(c => !char.IsAsciiHexDigit(c))) throw new InputException($"{place} hash", "expected the SHA-256 of the key as 64 hex digits");

        Caller? caller = parts[1] switch
        {
            "reader" => new Caller(CallerRole.Reader),
            "operator" => new Caller(CallerRole.Operator),
            ['t', 'r', 'a', 'd', 'e', 'r', ':', .. var account] when Identifier.IsValid(account) => new Caller(CallerRole.Trader, new AccountId(account)),
            ['b', 'i', 'd', 'd', 'e', 'r', ':', .. var account] when Identifier.IsValid(account) => new Caller(CallerRole.Bidder, new AccountId(account)),
            ['o', 'p', 'e', 'r', 'a', 't', 'o', 'r', ':', .. var person] when Identifier.IsValid(person) && person != Engine.Envelope.Venue.Value => new Caller(CallerRole.Operator, Person: new AccountId(person)),
            _ => null,
        };

        return caller is null
            ? throw new InputException($"{place} role", $"found '{parts[1]}', expected reader, trader:ACCOUNT, bidder:ACCOUNT, operator:NAME or operator")
            : (new Hash256(Convert.FromHexString(parts[0])), caller);
    }
}
