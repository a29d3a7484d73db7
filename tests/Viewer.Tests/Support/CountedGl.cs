using System.Runtime.InteropServices;
using Silk.NET.OpenGL;

namespace MamlRobotics.Viewer.Tests;

/// <summary>A binding to the current context that counts what is made through it and not deleted again.</summary>
internal static unsafe class CountedGl
{
    private const int Buffer = 0, VertexArray = 1, Framebuffer = 2, Texture = 3, Shader = 4, Program = 5, Kinds = 6;

    private static readonly int[] Alive = new int[Kinds], Ever = new int[Kinds];

    /// <summary>Buffers, vertex arrays, framebuffers, textures, shaders and programs that exist now.</summary>
    public static IReadOnlyList<int> Live => [.. Alive];

    /// <summary>The same, of all that ever existed.</summary>
    public static IReadOnlyList<int> Made => [.. Ever];

    private static Func<string, nint> source = Egl.Find;

    /// <param name="find">Finds the functions of the current context</param>
    public static GL Bind(Func<string, nint> find)
    {
        source = find;
        Array.Clear(Alive);
        Array.Clear(Ever);
        return GL.GetApi(Find);
    }

    private static nint Find(string name) => name switch
    {
        "glGenBuffers" => (nint)(delegate* unmanaged<int, uint*, void>)&GenBuffers,
        "glGenVertexArrays" => (nint)(delegate* unmanaged<int, uint*, void>)&GenVertexArrays,
        "glGenFramebuffers" => (nint)(delegate* unmanaged<int, uint*, void>)&GenFramebuffers,
        "glGenTextures" => (nint)(delegate* unmanaged<int, uint*, void>)&GenTextures,
        "glDeleteBuffers" => (nint)(delegate* unmanaged<int, uint*, void>)&DeleteBuffers,
        "glDeleteVertexArrays" => (nint)(delegate* unmanaged<int, uint*, void>)&DeleteVertexArrays,
        "glDeleteFramebuffers" => (nint)(delegate* unmanaged<int, uint*, void>)&DeleteFramebuffers,
        "glDeleteTextures" => (nint)(delegate* unmanaged<int, uint*, void>)&DeleteTextures,
        "glCreateShader" => (nint)(delegate* unmanaged<int, uint>)&CreateShader,
        "glCreateProgram" => (nint)(delegate* unmanaged<uint>)&CreateProgram,
        "glDeleteShader" => (nint)(delegate* unmanaged<uint, void>)&DeleteShader,
        "glDeleteProgram" => (nint)(delegate* unmanaged<uint, void>)&DeleteProgram,
        _ => source(name),
    };

    private static void Many(string name, int count, uint* names, int kind, int sign)
    {
        ((delegate* unmanaged<int, uint*, void>)source(name))(count, names);
        Alive[kind] += sign * count;
        if (sign > 0) Ever[kind] += count;
    }

    private static void Count(int kind)
    {
        Alive[kind]++;
        Ever[kind]++;
    }

    [UnmanagedCallersOnly]
    private static void GenBuffers(int count, uint* names) => Many("glGenBuffers", count, names, Buffer, 1);

    [UnmanagedCallersOnly]
    private static void GenVertexArrays(int count, uint* names) => Many("glGenVertexArrays", count, names, VertexArray, 1);

    [UnmanagedCallersOnly]
    private static void GenFramebuffers(int count, uint* names) => Many("glGenFramebuffers", count, names, Framebuffer, 1);

    [UnmanagedCallersOnly]
    private static void GenTextures(int count, uint* names) => Many("glGenTextures", count, names, Texture, 1);

    [UnmanagedCallersOnly]
    private static void DeleteBuffers(int count, uint* names) => Many("glDeleteBuffers", count, names, Buffer, -1);

    [UnmanagedCallersOnly]
    private static void DeleteVertexArrays(int count, uint* names) => Many("glDeleteVertexArrays", count, names, VertexArray, -1);

    [UnmanagedCallersOnly]
    private static void DeleteFramebuffers(int count, uint* names) => Many("glDeleteFramebuffers", count, names, Framebuffer, -1);

    [UnmanagedCallersOnly]
    private static void DeleteTextures(int count, uint* names) => Many("glDeleteTextures", count, names, Texture, -1);

    [UnmanagedCallersOnly]
    private static uint CreateShader(int type)
    {
        Count(Shader);
        return ((delegate* unmanaged<int, uint>)source("glCreateShader"))(type);
    }

    [UnmanagedCallersOnly]
    private static uint CreateProgram()
    {
        Count(Program);
        return ((delegate* unmanaged<uint>)source("glCreateProgram"))();
    }

    [UnmanagedCallersOnly]
    private static void DeleteShader(uint name)
    {
        Alive[Shader]--;
        ((delegate* unmanaged<uint, void>)source("glDeleteShader"))(name);
    }

    [UnmanagedCallersOnly]
    private static void DeleteProgram(uint name)
    {
        Alive[Program]--;
        ((delegate* unmanaged<uint, void>)source("glDeleteProgram"))(name);
    }
}
