using Plimsoll.Engine.Commands;
using Plimsoll.Units;

namespace Plimsoll.Cli.Imports;

/// <summary>A command read from a file.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="By">Who asks.</param>
/// <param name="Id">His own name for it: asked again under it, nothing happens twice.</param>
/// <param name="At">The venue's time, where the file says one.</param>
/// <param name="Command">What is asked.</param>
internal sealed record ImportedCommand(int Line, AccountId By, CommandId Id, Instant? At, Command Command);
