using System.Runtime.InteropServices;
using System.Text;

namespace MamlRobotics.Policies;

/// <summary>
/// The versions of other libraries that a 64-bit ELF library needs. They are in section .gnu.version_r, which the Linux Standard
/// Base describes; the System V ABI describes the layout of sections.
/// </summary>
internal static class ElfVersions
{
    private const uint VersionNeeds = 0x6ffffffe;
    private const ushort Weak = 2;

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Section(
        uint Name, uint Type, ulong Flags, ulong Address, ulong Offset, ulong Size, uint Link, uint Info, ulong Align, ulong EntrySize);

    /// <summary>Another library of which versions are needed. Offsets are relative to this entry.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Need(ushort Version, ushort Count, uint File, uint First, uint Next);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct NeededVersion(uint Hash, ushort Flags, ushort Index, uint Name, uint Next);

    /// <summary>Marks a needed version as weak, so that the loader continues where it is missing.</summary>
    /// <param name="image">The bytes of the library, which are changed in place</param>
    /// <param name="file">The other library, such as libstdc++.so.6</param>
    /// <returns>False where the image is not a 64-bit ELF library or does not need that version.</returns>
    public static bool MakeOptional(Span<byte> image, string file, string version)
    {
        if (FindSection(image) is not { } needs) return false;
        int strings = (int)SectionAt(image, (int)needs.Link).Offset, place = (int)needs.Offset;
        for (uint index = 0; index < needs.Info; index++)
        {
            Need need = MemoryMarshal.Read<Need>(image[place..]);
            bool isFile = IsText(image, strings + (int)need.File, file);
            if (isFile && Mark(image, place + (int)need.First, need.Count, strings, version)) return true;
            place += (int)need.Next;
        }
        return false;
    }

    private static bool Mark(Span<byte> image, int place, int count, int strings, string version)
    {
        for (int index = 0; index < count; index++)
        {
            NeededVersion needed = MemoryMarshal.Read<NeededVersion>(image[place..]);
            if (IsText(image, strings + (int)needed.Name, version))
            {
                MemoryMarshal.Write(image[place..], needed with { Flags = (ushort)(needed.Flags | Weak) });
                return true;
            }
            place += (int)needed.Next;
        }
        return false;
    }

    private static Section? FindSection(ReadOnlySpan<byte> image)
    {
        ReadOnlySpan<byte> little64 = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1];
        if (!image.StartsWith(little64)) return null;
        ushort sections = MemoryMarshal.Read<ushort>(image[60..]);
        for (int index = 0; index < sections; index++)
            if (SectionAt(image, index) is { Type: VersionNeeds } found) return found;
        return null;
    }

    private static Section SectionAt(ReadOnlySpan<byte> image, int index)
    {
        int table = (int)MemoryMarshal.Read<ulong>(image[40..]);
        return MemoryMarshal.Read<Section>(image[(table + index * Marshal.SizeOf<Section>())..]);
    }

    private static bool IsText(ReadOnlySpan<byte> image, int place, string text) =>
        image[place..].StartsWith(Encoding.ASCII.GetBytes(text + "\0"));
}
