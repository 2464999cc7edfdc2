using System.Text.Json;
using System.Text.Json.Serialization;
using Plimsoll.Engine.Commands;
using Plimsoll.Engine.Json;
using Plimsoll.Simulation.Agents;
using Plimsoll.Units;

namespace Plimsoll.Simulation.Cascades;

/// <summary>Reads an <see cref="Incident"/>: strict, and checked before anything of it is used.</summary>
public static class IncidentFile
{
    /// <summary>The most steps.</summary>
    public const int MaxSteps = 10_000;

    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        MaxDepth = 24,
        Converters = { new JsonStringEnumConverter<HarmMeasure>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="InputException">It cannot be read or breaks the format; the message names file, line and field.</exception>
    public static Incident Read(string path) => Parse(path, VenueFileReader.Bytes(path));

    /// <summary>Reads and checks the text of a file.</summary>
    /// <param name="path">What messages call it.</param>
    /// <param name="utf8">The text.</param>
    /// <exception cref="InputException">It breaks the format.</exception>
    public static Incident Parse(string path, ReadOnlySpan<byte> utf8)
    {
        try
        {
            Incident incident = JsonSerializer.Deserialize<Incident>(utf8, Strict) ?? throw new InputException(path, "found null, expected an incident");
            Check(path, incident);

            return incident;
        }
        catch (JsonException fault)
        {
            string field = fault.Path is { Length: > 2 } at ? $" {at[2..]}" : "";
            throw new InputException($"{path}:{fault.LineNumber + 1}{field}", fault.Message.Split(" Path:", 2)[0].ReplaceLineEndings(" "), fault);
        }
    }

    /// <summary>A command of the file, with who asks it.</summary>
    /// <param name="field">Where it stands, for the message.</param>
    /// <param name="element">An engine's command in its own JSON, with <c>by</c> beside its members where somebody else than the venue asks.</param>
    /// <exception cref="InputException">It is none.</exception>
    internal static (AccountId By, Command Command) ReadCommand(string field, JsonElement element)
    {
        try
        {
            if (element.ValueKind != JsonValueKind.Object) throw new InputException("command", "expected an object");

            AccountId by = Engine.Envelope.Venue;
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream))
            {
                json.WriteStartObject();
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    if (member.NameEquals("by")) by = new AccountId(member.Value.GetString() ?? "");
                    else member.WriteTo(json);
                }

                json.WriteEndObject();
            }

            if (!Identifier.IsValid(by.Value)) throw new InputException("by", $"found '{by.Value}', expected an account");

            return (by, Wire.ReadCommand(stream.ToArray()));
        }
        catch (Exception fault) when (fault is InputException or InvalidOperationException)
        {
            throw new InputException(field, fault.Message, fault);
        }
    }

    private static void Check(string path, Incident incident)
    {
        void Expect(bool holds, string field, string expected)
        {
            if (!holds) throw new InputException($"{path} {field}", $"expected {expected}");
        }

        Expect(Identifier.IsValid(incident.Name), "name", "1 to 64 of A-Z a-z 0-9 . _ -");
        Expect(incident.Reported.Loss > 0 && double.IsFinite(incident.Reported.Loss), "reported.loss", "a number above 0");
        Expect(incident.Scale > 0 && double.IsFinite(incident.Scale), "scale", "a number above 0");
        Expect(!incident.Listing.IsDefaultOrEmpty, "listing", "commands that list assets");
        Expect(!incident.Guards.IsDefaultOrEmpty, "guards", "at least one guard");
        Expect(incident.Steps.Length is > 0 and <= MaxSteps, "steps", $"1 to {MaxSteps} steps");
        Instant last = default;
        for (int i = 0; i < incident.Steps.Length; i++)
        {
            Expect(Instant.TryParse(incident.Steps[i].At, out Instant at), $"steps[{i}].at", "a time such as 2022-10-11T22:00:00Z");
            Expect(at >= last, $"steps[{i}].at", "a time not before the step's before it");
            last = at;
            CheckAll($"{path} steps[{i}].commands", incident.Steps[i].Commands);
        }

        CheckAll($"{path} listing", incident.Listing);
        foreach (IncidentGuard guard in incident.Guards) CheckAll($"{path} guards {guard.Guard}", guard.Commands);
    }

    private static void CheckAll(string field, IReadOnlyList<JsonElement>? commands)
    {
        for (int i = 0; i < commands?.Count; i++) ReadCommand($"{field}[{i}]", commands[i]);
    }
}
