// The functions of one GL context, found by name once, and how a context is given.
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Silk.NET.Core.Contexts;

namespace Silk.NET.OpenGL;

public delegate void DebugProc(GLEnum source, GLEnum type, int id, GLEnum severity, int length, nint message, nint userParam);

public sealed unsafe partial class GL : IDisposable
{
    private readonly Func<string, nint> find;

    // The driver calls it for as long as the context lives, so the collector must not take it.
    private DebugProc? debugCallback;

    private GL(Func<string, nint> find)
    {
        this.find = find;
        LoadObjects();
        LoadShaders();
        LoadDrawing();
        LoadTextures();
    }

    public static GL GetApi(Func<string, nint> getProcAddress)
    {
        ArgumentNullException.ThrowIfNull(getProcAddress);
        return new GL(getProcAddress);
    }

    public static GL GetApi(INativeContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        return new GL(name => ctx.TryGetProcAddress(name, out nint address) ? address : 0);
    }

    public static GL GetApi(IGLContext ctx) => GetApi((INativeContext)ctx);

    public static GL GetApi(IGLContextSource contextSource)
    {
        ArgumentNullException.ThrowIfNull(contextSource);
        return GetApi(contextSource.GLContext ?? throw new InvalidOperationException("The window has no GL context yet."));
    }

    public GLEnum GetError() => (GLEnum)getError();

    public int GetInteger(GetPName pname)
    {
        int value;
        getIntegerv((int)pname, &value);
        return value;
    }

    public string GetStringS(StringName name) => Marshal.PtrToStringUTF8((nint)getString((int)name)) ?? "";

    public void Finish() => finish();

    public void DebugMessageCallback(DebugProc callback, void* userParam)
    {
        var set = (delegate* unmanaged<nint, void*, void>)Find("glDebugMessageCallback");
        debugCallback = callback;
        set(Marshal.GetFunctionPointerForDelegate(callback), userParam);
    }

    public void Dispose()
    {
        // The context, not the binding, owns what was made through it.
    }

    private nint Find(string name)
    {
        nint address = find(name);
        return address != 0 ? address : Missing(name);
    }

    [DoesNotReturn]
    private static nint Missing(string name) => throw new EntryPointNotFoundException($"This OpenGL has no {name}; version 3.3 or later is needed.");
}
