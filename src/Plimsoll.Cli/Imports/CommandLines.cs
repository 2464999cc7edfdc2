using System.Text;
using System.Text.Json;
using Plimsoll.Engine.Json;
using Plimsoll.Units;

namespace Plimsoll.Cli.Imports;

/// <summary>Reads commands as JSON lines: <c>{"id":…,"by":…,"at":…,"command":{…}}</c>, a command a line, empty lines left out.</summary>
internal static class CommandLines
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>Reads all lines before anything is done with any of them.</summary>
    /// <exception cref="InputException">A line is no such object; the message names file, line and field.</exception>
    public static List<ImportedCommand> Read(string path, byte[] utf8)
    {
        var commands = new List<ImportedCommand>();
        var names = new HashSet<(AccountId, CommandId)>();
        Instant? last = null;
        string[] lines = Encoding.UTF8.GetString(utf8).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;

            ImportedCommand command = Parse($"{path}:{i + 1}", i + 1, lines[i]);
            if (!names.Add((command.By, command.Id))) throw new InputException($"{path}:{i + 1} id", $"found '{command.Id}' of {command.By} twice, expected each command once");
            if (command.At is { } at && last is { } before && at < before) throw new InputException($"{path}:{i + 1} at", $"found {at}, expected a time not before {before}");
            last = command.At ?? last;
            commands.Add(command);
        }

        return commands.Count > 0 ? commands : throw new InputException(path, "found no command, expected a JSON object on each line");
    }

    private static ImportedCommand Parse(string place, int line, string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Strict);
            JsonElement entry = document.RootElement;
            if (entry.ValueKind != JsonValueKind.Object) throw new InputException(place, "expected an object {\"id\", \"by\", \"command\"}");
            foreach (JsonProperty field in entry.EnumerateObject())
            {
                if (field.Name is not ("id" or "by" or "at" or "command")) throw new InputException($"{place} {field.Name}", "is not a known field, expected id, by, at or command");
            }

            return new ImportedCommand(line, new AccountId(Name(entry, place, "by")), new CommandId(Name(entry, place, "id")), At(entry, place), Command(entry, place));
        }
        catch (JsonException fault)
        {
            throw new InputException(place, $"expected JSON, found: {fault.Message.Split(" LineNumber:", 2)[0].ReplaceLineEndings(" ")}", fault);
        }
        catch (InvalidOperationException fault)
        {
            throw new InputException(place, "found bytes that are not Unicode text", fault);
        }
    }

    private static string Name(JsonElement entry, string place, string field)
    {
        if (!entry.TryGetProperty(field, out JsonElement value)) throw new InputException($"{place} {field}", "is missing");
        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

        return value.ValueKind == JsonValueKind.String && Identifier.IsValid(text) ? text : throw new InputException($"{place} {field}", $"found '{text}', expected 1 to 64 of A-Z a-z 0-9 . _ -");
    }

    private static Instant? At(JsonElement entry, string place)
    {
        if (!entry.TryGetProperty("at", out JsonElement value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long microseconds)) return new Instant(microseconds);
        if (value.ValueKind == JsonValueKind.String && Instant.TryParse(value.GetString(), out Instant at)) return at;

        throw new InputException($"{place} at", $"found {value.GetRawText()}, expected Unix microseconds or a time such as 2020-03-12T10:00:00Z");
    }

    private static Engine.Commands.Command Command(JsonElement entry, string place)
    {
        if (!entry.TryGetProperty("command", out JsonElement value)) throw new InputException($"{place} command", "is missing");

        try
        {
            return Wire.ReadCommand(Encoding.UTF8.GetBytes(value.GetRawText()));
        }
        catch (InputException fault)
        {
            throw new InputException(place, fault.Message, fault);
        }
    }
}
