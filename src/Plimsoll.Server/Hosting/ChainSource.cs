using Plimsoll.Markets.Chains;

namespace Plimsoll.Server.Hosting;

/// <summary>A chain of option quotes that the surface is fitted to in place of the venue's own marks.</summary>
/// <param name="Name">What it is called on the page: the name of its file.</param>
/// <param name="Chain">Its quotes; they do not change while the server runs.</param>
public sealed record ChainSource(string Name, OptionChain Chain);
