using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Plimsoll.Cli.Terminal;

/// <summary>A verb with examples that run, shown at the end of its help.</summary>
internal sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>What a newcomer may type after <c>plimsoll</c>.</summary>
    public IReadOnlyList<string> Examples => examples;

    /// <summary>Makes the help of a root and its verbs end in examples.</summary>
    public static void ShowExamples(RootCommand root)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Description = "Show this help.";
        help.Action = new HelpWithExamples((HelpAction)help.Action!, root);
    }

    private sealed class HelpWithExamples(HelpAction usual, RootCommand root) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            int code = usual.Invoke(parseResult);
            IReadOnlyList<string> lines = parseResult.CommandResult.Command is Verb verb ? verb.Examples : ["demo --accounts 2000", $"{root.Subcommands[0].Name} --help"];
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string line in lines) output.WriteLine($"  plimsoll {line}");
            output.WriteLine();

            return code;
        }
    }
}
