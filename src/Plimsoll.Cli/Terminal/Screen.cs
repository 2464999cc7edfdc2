using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>
/// Where a verb's answer and its progress go. Answers are tables with colour on a terminal, plain where the output is
/// redirected or <c>NO_COLOR</c> is set, or one JSON document; progress is only ever on the error stream.
/// </summary>
internal sealed class Screen
{
    private const int RedirectedWidth = 100;
    private const int NarrowestTables = 80;

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    private readonly TextWriter _output;
    private readonly TextWriter _error;

    /// <summary>A screen over two streams.</summary>
    public Screen(TextWriter output, TextWriter error)
    {
        (_output, _error) = (output, error);
        Page = ConsoleOver(output, ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected);
        IsWatched = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;
        Status = ConsoleOver(error, IsWatched);
    }

    /// <summary>Where tables go.</summary>
    public IAnsiConsole Page { get; }

    /// <summary>Where progress goes.</summary>
    public IAnsiConsole Status { get; }

    /// <summary>Whether somebody watches the progress.</summary>
    public bool IsWatched { get; }

    /// <summary>Writes the one JSON document of an answer.</summary>
    public void Json(object answer) => _output.WriteLine(ToJson(answer));

    /// <summary>The JSON of an answer, as it is written to the screen and to files.</summary>
    public static string ToJson(object answer) => JsonSerializer.Serialize(answer, Readable);

    /// <summary>Writes a line as it is, however long.</summary>
    public void Line(string text = "") => _output.WriteLine(text);

    /// <summary>Writes the line an answer ends in, in a colour and never broken.</summary>
    public void Verdict(string colour, string text)
    {
        // The console would break a long line at its own width; the terminal does that better, and a pipe must not see it.
        bool coloured = Page.Profile.Capabilities.ColorSystem != ColorSystem.NoColors && Page.Profile.Capabilities.Ansi;
        int code = colour switch { "green" => 32, "yellow" => 33, _ => 31 };
        _output.WriteLine(coloured ? $"\u001b[1;{code}m{text}\u001b[0m" : text);
    }

    /// <summary>Says something beside the answer.</summary>
    public void Say(string text) => _error.WriteLine(text);

    private static IAnsiConsole ConsoleOver(TextWriter writer, bool terminal)
    {
        bool colour = terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colour ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Capabilities.Unicode = true;
        console.Profile.Width = terminal ? Math.Max(NarrowestTables, console.Profile.Width) : RedirectedWidth;

        return console;
    }
}
