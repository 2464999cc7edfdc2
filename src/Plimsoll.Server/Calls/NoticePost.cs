using System.Text.Json;
using Plimsoll.Server.Api;
using Plimsoll.Storage.Sqlite;

namespace Plimsoll.Server.Calls;

/// <summary>The body that is posted to an endpoint: one or more notices, as they stood when they were put into the outbox.</summary>
internal static class NoticePost
{
    /// <summary>The most notices of one body.</summary>
    public const int Most = 50;

    /// <summary>A notice as it waits in the outbox.</summary>
    public static byte[] Line(Notice notice, bool escalated) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        notice.Id,
        notice.Sequence,
        notice.Time,
        notice.Kind,
        notice.Severity,
        notice.Account,
        notice.Text,
        notice.Acknowledge,
        Escalated = escalated,
    }, ApiJson.Options);

    /// <summary>The body of a delivery.</summary>
    /// <param name="venue">The venue's name.</param>
    /// <param name="endpoint">The endpoint's name.</param>
    /// <param name="sentAt">The server's time.</param>
    /// <param name="due">The notices, each tried so often before.</param>
    public static byte[] Body(string venue, string endpoint, DateTimeOffset sentAt, IReadOnlyList<DueMessage> due)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = ApiJson.Options.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("venue", venue);
            json.WriteString("endpoint", endpoint);
            json.WriteString("sentAt", sentAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
            json.WriteNumber("attempt", due.Max(message => message.Attempts) + 1);
            json.WriteStartArray("notices");
            foreach (DueMessage message in due) json.WriteRawValue(message.Body, skipInputValidation: true);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
