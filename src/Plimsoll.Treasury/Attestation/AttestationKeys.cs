using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Plimsoll.Units;

namespace Plimsoll.Treasury.Attestation;

/// <summary>
/// The secrets behind an attestation, all derived from one master secret: a key per account, given once to its owner,
/// and a key for padding.
/// </summary>
public sealed class AttestationKeys
{
    /// <summary>The shortest master secret, in bytes: as long as the hash it feeds.</summary>
    public const int MinSecretBytes = 32;

    // No account can have this name, since '/' is not a character of an identifier.
    private const string PaddingName = "/padding";

    private readonly byte[] _extracted;
    private readonly AccountKey _padding;

    /// <summary>Keys from a master secret.</summary>
    /// <param name="masterSecret">At least <see cref="MinSecretBytes"/> bytes nobody can guess; they are not kept.</param>
    /// <exception cref="InputException">Too few bytes.</exception>
    public AttestationKeys(ReadOnlySpan<byte> masterSecret)
    {
        if (masterSecret.Length < MinSecretBytes)
            throw new InputException("attestation secret", $"found {masterSecret.Length} bytes, expected at least {MinSecretBytes}");

        _extracted = new byte[Hash256.Size];
        HKDF.Extract(HashAlgorithmName.SHA256, masterSecret, "plimsoll attestation 1"u8, _extracted);
        _padding = Expand(PaddingName);
    }

    /// <summary>
    /// The key of one account: HKDF-SHA256 (RFC 5869) of the master secret, salt <c>plimsoll attestation 1</c>, info the
    /// account's name. Whoever has it can recognise the account in every epoch, so it belongs to its owner alone.
    /// </summary>
    public AccountKey Of(AccountId account) => Expand(account.Value);

    /// <summary>The salt of a padding leaf: differs for every epoch and place, so that no padding is ever used twice.</summary>
    internal Hash256 PaddingSalt(long epoch, int position) => _padding.Derive("padding", epoch, position);

    private AccountKey Expand(string info)
    {
        Span<byte> text = stackalloc byte[Identifier.MaxLength];
        Span<byte> key = stackalloc byte[Hash256.Size];
        int length = Encoding.UTF8.GetBytes(info, text);
        HKDF.Expand(HashAlgorithmName.SHA256, _extracted, key, text[..length]);

        return new AccountKey(key);
    }
}

/// <summary>
/// An account's own attestation key: with it its owner recomputes tag and salt of his leaf and knows the leaf is his.
/// Printed it shows nothing.
/// </summary>
public readonly record struct AccountKey
{
    private readonly Hash256 _key;

    /// <summary>A key from its bytes.</summary>
    /// <param name="key">32 bytes.</param>
    /// <exception cref="InputException">Another number of bytes.</exception>
    public AccountKey(ReadOnlySpan<byte> key) => _key = new Hash256(key);

    /// <summary>What stands for the account in one epoch: HMAC-SHA256(key, "tag" ‖ epoch as i64 little-endian).</summary>
    public Hash256 Tag(long epoch) => Derive("tag", epoch, position: null);

    /// <summary>What hides the balances in one epoch: HMAC-SHA256(key, "salt" ‖ epoch as i64 little-endian).</summary>
    public Hash256 Salt(long epoch) => Derive("salt", epoch, position: null);

    /// <summary>The 32 bytes, to hand to the account's owner.</summary>
    public byte[] ToArray() => _key.ToArray();

    /// <summary>Names the type only: a secret must not reach a log.</summary>
    public override string ToString() => nameof(AccountKey);

    internal Hash256 Derive(string purpose, long epoch, int? position)
    {
        Span<byte> key = stackalloc byte[Hash256.Size];
        Span<byte> message = stackalloc byte[32];
        Span<byte> mac = stackalloc byte[Hash256.Size];
        _key.CopyTo(key);
        int length = Encoding.ASCII.GetBytes(purpose, message);
        BinaryPrimitives.WriteInt64LittleEndian(message[length..], epoch);
        length += sizeof(long);
        if (position is { } place)
        {
            BinaryPrimitives.WriteInt32LittleEndian(message[length..], place);
            length += sizeof(int);
        }

        HMACSHA256.HashData(key, message[..length], mac);

        return new Hash256(mac);
    }
}
