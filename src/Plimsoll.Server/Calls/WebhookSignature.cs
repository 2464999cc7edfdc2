using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Server.Calls;

/// <summary>
/// Signs what is posted to an endpoint: HMAC-SHA256, under the endpoint's secret, over the time of sending in Unix seconds,
/// a full stop, and the body as it is sent. The time is in it so that an old message cannot be played again.
/// </summary>
public static class WebhookSignature
{
    /// <summary>The header with the time of sending, Unix seconds.</summary>
    public const string TimestampHeader = "Plimsoll-Timestamp";

    /// <summary>The header with the signature.</summary>
    public const string SignatureHeader = "Plimsoll-Signature";

    private const string Scheme = "v1=";

    /// <summary>The signature as it stands in the header: <c>v1=</c> and 64 hex digits.</summary>
    public static string Of(string secret, long unixSeconds, ReadOnlySpan<byte> body) => Scheme + Convert.ToHexStringLower(Digest(secret, unixSeconds, body));

    /// <summary>Whether a body was signed by somebody who knows the secret, at about the time it says.</summary>
    /// <param name="secret">The endpoint's secret.</param>
    /// <param name="timestamp">What the header says of the time.</param>
    /// <param name="signature">What the header says of the signature.</param>
    /// <param name="body">The body as it came.</param>
    /// <param name="now">The receiver's time, Unix seconds.</param>
    /// <param name="tolerance">How far the two times may lie apart, in seconds.</param>
    public static bool Verifies(string secret, string? timestamp, string? signature, ReadOnlySpan<byte> body, long now, long tolerance = 300)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long at) || at > now + tolerance || now > at + tolerance) return false;
        if (signature?.StartsWith(Scheme, StringComparison.Ordinal) != true || signature.Length != Scheme.Length + (2 * SHA256.HashSizeInBytes)) return false;

        Span<byte> claimed = stackalloc byte[SHA256.HashSizeInBytes];

        return Convert.FromHexString(signature.AsSpan(Scheme.Length), claimed, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(claimed, Digest(secret, at, body));
    }

    private static byte[] Digest(string secret, long unixSeconds, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(unixSeconds.ToString(CultureInfo.InvariantCulture) + "."));
        hmac.AppendData(body);

        return hmac.GetHashAndReset();
    }
}
