namespace Plimsoll.Units;

/// <summary>
/// What came from outside cannot be used. The message is one line that names the place (file, line, field) and
/// what was expected there; nothing was changed.
/// </summary>
public sealed class InputException : Exception
{
    /// <summary>An input fault at a stated place.</summary>
    /// <param name="place">File, line and field, as far as known, e.g. <c>book.json:12 quantity</c>.</param>
    /// <param name="expected">What was found and what was expected instead.</param>
    public InputException(string place, string expected) : base($"{place}: {expected}") => Place = place;

    /// <summary>An input fault at a stated place, with its cause.</summary>
    public InputException(string place, string expected, Exception cause) : base($"{place}: {expected}", cause) => Place = place;

    /// <summary>File, line and field.</summary>
    public string Place { get; }
}
