using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Plimsoll.Units;

/// <summary>
/// SHA-256. Short texts go straight to OpenSSL 3 where the system has it: the framework asks it for the algorithm anew
/// each time, which costs more than the hash of a journal entry, and there all threads meet at one counter.
/// </summary>
internal static unsafe class Sha256
{
    /// <summary>Beyond it the detour no longer matters, and a call must not hold up the runtime.</summary>
    private const int Short = 1024;

    private static readonly OpenSsl? Direct = OpenSsl.Find();

    [ThreadStatic]
    private static Context? _context;

    /// <summary>Hashes bytes.</summary>
    /// <param name="bytes">Any number of them.</param>
    /// <param name="digest">Gets the 32 bytes.</param>
    public static void Hash(ReadOnlySpan<byte> bytes, Span<byte> digest)
    {
        if (Direct is not { } openSsl || bytes.Length > Short || !openSsl.TryHash(_context ??= new Context(openSsl), bytes, digest))
            SHA256.HashData(bytes, digest);
    }

    /// <summary>One thread's place to hash in.</summary>
    private sealed class Context : SafeHandle
    {
        private readonly OpenSsl _openSsl;

        public Context(OpenSsl openSsl) : base(invalidHandleValue: 0, ownsHandle: true)
        {
            _openSsl = openSsl;
            SetHandle(openSsl.New());
        }

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            _openSsl.Free(handle);

            return true;
        }
    }

    /// <summary>The functions of the library, by address. None blocks, and on a short text none takes a microsecond.</summary>
    private sealed class OpenSsl
    {
        private readonly nint _algorithm;
        private readonly delegate* unmanaged[Cdecl]<nint> _new;
        private readonly delegate* unmanaged[Cdecl]<nint, void> _free;
        private readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, nint, nint, int> _start;
        private readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte*, nuint, int> _add;
        private readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte*, uint*, int> _end;

        private OpenSsl(nint library)
        {
            _new = (delegate* unmanaged[Cdecl]<nint>)NativeLibrary.GetExport(library, "EVP_MD_CTX_new");
            _free = (delegate* unmanaged[Cdecl]<nint, void>)NativeLibrary.GetExport(library, "EVP_MD_CTX_free");
            _start = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, nint, nint, int>)NativeLibrary.GetExport(library, "EVP_DigestInit_ex");
            _add = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte*, nuint, int>)NativeLibrary.GetExport(library, "EVP_DigestUpdate");
            _end = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte*, uint*, int>)NativeLibrary.GetExport(library, "EVP_DigestFinal_ex");

            var fetch = (delegate* unmanaged[Cdecl]<nint, byte*, byte*, nint>)NativeLibrary.GetExport(library, "EVP_MD_fetch");
            fixed (byte* name = "SHA256\0"u8) _algorithm = fetch(0, name, null);
        }

        /// <summary>The system's OpenSSL 3, ready to hash; <c>null</c> where there is none.</summary>
        public static OpenSsl? Find()
        {
            if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libcrypto.so.3", out nint library)) return null;

            try
            {
                var found = new OpenSsl(library);

                return found._algorithm == 0 ? null : found;
            }
            catch (EntryPointNotFoundException)
            {
                return null;
            }
        }

        /// <summary>A context that knows its algorithm; zero where there is no memory for one.</summary>
        public nint New()
        {
            nint context = _new();

            // From here on the context is only started again, which needs no search for the algorithm.
            if (context == 0 || _start(context, _algorithm, 0) == 1) return context;
            _free(context);

            return 0;
        }

        public void Free(nint context) => _free(context);

        public bool TryHash(Context context, ReadOnlySpan<byte> bytes, Span<byte> digest)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(digest.Length, Hash256.Size);
            nint handle = context.DangerousGetHandle();
            fixed (byte* from = bytes)
            fixed (byte* to = digest)
            {
                bool done = handle != 0
                    && _start(handle, 0, 0) == 1
                    && _add(handle, from, (nuint)bytes.Length) == 1
                    && _end(handle, to, null) == 1;
                GC.KeepAlive(context);

                return done;
            }
        }
    }
}
