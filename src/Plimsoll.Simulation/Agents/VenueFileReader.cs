using System.Text.Json;
using System.Text.Json.Serialization;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Agents;

/// <summary>Reads a <see cref="VenueFile"/>: strict, and checked before anything of it is used.</summary>
public static class VenueFileReader
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MaxBytes = 16 << 20;

    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        ReadCommentHandling = JsonCommentHandling.Disallow,
        MaxDepth = 16,
    };

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="InputException">It cannot be read or breaks the format; the message names file, line and field.</exception>
    public static VenueFile Read(string path) => Parse(path, Bytes(path));

    /// <summary>Reads and checks the text of a file.</summary>
    /// <param name="path">What messages call it.</param>
    /// <param name="utf8">The text.</param>
    /// <exception cref="InputException">It breaks the format.</exception>
    public static VenueFile Parse(string path, ReadOnlySpan<byte> utf8)
    {
        try
        {
            VenueFile file = JsonSerializer.Deserialize<VenueFile>(utf8, Strict) ?? throw new InputException(path, "found null, expected a venue");
            new VenueFileCheck(path, file).Run();

            return file;
        }
        catch (JsonException fault)
        {
            string field = fault.Path is { Length: > 2 } at ? $" {at[2..]}" : "";
            throw new InputException($"{path}:{fault.LineNumber + 1}{field}", fault.Message.Split(" Path:", 2)[0].ReplaceLineEndings(" "), fault);
        }
    }

    /// <summary>The bytes of a file that belongs to a venue.</summary>
    /// <exception cref="InputException">It cannot be read or is larger than <see cref="MaxBytes"/>.</exception>
    internal static byte[] Bytes(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxBytes }) throw new InputException(path, $"expected at most {MaxBytes} bytes");

            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException(path, $"expected a readable file, found: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }
}
