namespace Plimsoll.Server.Calls;

/// <summary>Somebody's address that notices are posted to.</summary>
/// <param name="Name">Its name, an identifier.</param>
/// <param name="Url">Where to; encrypted, unless on this machine.</param>
/// <param name="Secret">Under which it is signed, at least 32 characters.</param>
/// <param name="LeastSeverity">The least severity it is told of.</param>
/// <param name="After">None for what is told at once. Otherwise only calls reach it, and only those that have stood so long without anybody acknowledging them.</param>
public sealed record WebhookEndpoint(string Name, Uri Url, string Secret, string LeastSeverity = "warning", TimeSpan? After = null)
{
    /// <summary>The address without what may be secret in it.</summary>
    public string Place => $"{Url.Scheme}://{Url.Authority}{Url.AbsolutePath}";

    /// <summary>Whether a notice is for this endpoint.</summary>
    public bool Wants(Notice notice) => After is not null
        ? notice.Acknowledge
        : notice.Severity == "info" ? LeastSeverity == "info" || notice.EndsCall || notice.Kind == Notice.Acknowledged : LeastSeverity != "critical" || notice.Severity == "critical";

    /// <inheritdoc/>
    public override string ToString() => $"{Name} at {Place}";
}
