using System.Net;
using Plimsoll.Server.Access;
using Plimsoll.Units;

namespace Plimsoll.Server.Hosting;

/// <summary>Where the server may listen.</summary>
internal static class ListenAddress
{
    /// <summary>Reads the address.</summary>
    /// <exception cref="InputException">Not an address, not plain HTTP, or open to others without keys.</exception>
    public static Uri Checked(string text, ApiKeys keys)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme != Uri.UriSchemeHttp || url.PathAndQuery != "/")
            throw new InputException("url", $"'{text}' is not an address like http://127.0.0.1:5080 (encryption is left to a proxy in front)");
        if (keys.IsOpen && !url.IsLoopback)
            throw new InputException("url", $"{text} can be reached from other machines, which needs a file of API keys; without one use http://127.0.0.1:{url.Port}");

        return url;
    }

    /// <summary>The IP addresses to bind; none for a name that means every address.</summary>
    public static IPAddress[] AddressesOf(Uri url) => url.Host switch
    {
        "localhost" => [IPAddress.Loopback],
        var host when IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) => [address],
        _ => throw new InputException("url", $"'{url.Host}' is not localhost or an IP address"),
    };
}
