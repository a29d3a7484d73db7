// Buffers, vertex arrays and framebuffers.
namespace Silk.NET.OpenGL;

public sealed unsafe partial class GL
{
    private delegate* unmanaged<int, uint*, void> genBuffers;
    private delegate* unmanaged<int, uint*, void> deleteBuffers;
    private delegate* unmanaged<int, uint, void> bindBuffer;
    private delegate* unmanaged<int, nuint, void*, int, void> bufferData;
    private delegate* unmanaged<int, nint, nuint, void*, void> bufferSubData;
    private delegate* unmanaged<int, uint*, void> genVertexArrays;
    private delegate* unmanaged<int, uint*, void> deleteVertexArrays;
    private delegate* unmanaged<uint, void> bindVertexArray;
    private delegate* unmanaged<uint, void> enableVertexAttribArray;
    private delegate* unmanaged<uint, int, int, byte, uint, void*, void> vertexAttribPointer;
    private delegate* unmanaged<uint, uint, void> vertexAttribDivisor;
    private delegate* unmanaged<int, uint*, void> genFramebuffers;
    private delegate* unmanaged<int, uint*, void> deleteFramebuffers;
    private delegate* unmanaged<int, uint, void> bindFramebuffer;
    private delegate* unmanaged<int, int, int, uint, int, void> framebufferTexture2D;
    private delegate* unmanaged<int, int> checkFramebufferStatus;
    private delegate* unmanaged<int, int, int, int, int, int, int, int, uint, int, void> blitFramebuffer;

    public uint GenBuffer() => Made(genBuffers);
    public void DeleteBuffer(uint buffers) => deleteBuffers(1, &buffers);
    public void BindBuffer(BufferTargetARB target, uint buffer) => bindBuffer((int)target, buffer);
    public void BufferData(BufferTargetARB target, nuint size, void* data, BufferUsageARB usage) => bufferData((int)target, size, data, (int)usage);

    public void BufferData<T0>(BufferTargetARB target, ReadOnlySpan<T0> data, BufferUsageARB usage) where T0 : unmanaged
    {
        fixed (T0* first = data) bufferData((int)target, (nuint)(data.Length * sizeof(T0)), first, (int)usage);
    }

    public void BufferSubData(BufferTargetARB target, nint offset, nuint size, void* data) => bufferSubData((int)target, offset, size, data);

    public uint GenVertexArray() => Made(genVertexArrays);
    public void DeleteVertexArray(uint arrays) => deleteVertexArrays(1, &arrays);
    public void BindVertexArray(uint array) => bindVertexArray(array);
    public void EnableVertexAttribArray(uint index) => enableVertexAttribArray(index);

    public void VertexAttribPointer(uint index, int size, VertexAttribPointerType type, bool normalized, uint stride, void* pointer) =>
        vertexAttribPointer(index, size, (int)type, (byte)(normalized ? 1 : 0), stride, pointer);

    public void VertexAttribDivisor(uint index, uint divisor) => vertexAttribDivisor(index, divisor);

    public uint GenFramebuffer() => Made(genFramebuffers);
    public void DeleteFramebuffer(uint framebuffers) => deleteFramebuffers(1, &framebuffers);
    public void BindFramebuffer(FramebufferTarget target, uint framebuffer) => bindFramebuffer((int)target, framebuffer);

    public void FramebufferTexture2D(FramebufferTarget target, FramebufferAttachment attachment, TextureTarget textarget, uint texture, int level) =>
        framebufferTexture2D((int)target, (int)attachment, (int)textarget, texture, level);

    public GLEnum CheckFramebufferStatus(FramebufferTarget target) => (GLEnum)checkFramebufferStatus((int)target);

    public void BlitFramebuffer(
        int srcX0, int srcY0, int srcX1, int srcY1, int dstX0, int dstY0, int dstX1, int dstY1, ClearBufferMask mask, BlitFramebufferFilter filter) =>
        blitFramebuffer(srcX0, srcY0, srcX1, srcY1, dstX0, dstY0, dstX1, dstY1, (uint)mask, (int)filter);

    private static uint Made(delegate* unmanaged<int, uint*, void> generate)
    {
        uint name;
        generate(1, &name);
        return name;
    }

    private void LoadObjects()
    {
        genBuffers = (delegate* unmanaged<int, uint*, void>)Find("glGenBuffers");
        deleteBuffers = (delegate* unmanaged<int, uint*, void>)Find("glDeleteBuffers");
        bindBuffer = (delegate* unmanaged<int, uint, void>)Find("glBindBuffer");
        bufferData = (delegate* unmanaged<int, nuint, void*, int, void>)Find("glBufferData");
        bufferSubData = (delegate* unmanaged<int, nint, nuint, void*, void>)Find("glBufferSubData");
        genVertexArrays = (delegate* unmanaged<int, uint*, void>)Find("glGenVertexArrays");
        deleteVertexArrays = (delegate* unmanaged<int, uint*, void>)Find("glDeleteVertexArrays");
        bindVertexArray = (delegate* unmanaged<uint, void>)Find("glBindVertexArray");
        enableVertexAttribArray = (delegate* unmanaged<uint, void>)Find("glEnableVertexAttribArray");
        vertexAttribPointer = (delegate* unmanaged<uint, int, int, byte, uint, void*, void>)Find("glVertexAttribPointer");
        vertexAttribDivisor = (delegate* unmanaged<uint, uint, void>)Find("glVertexAttribDivisor");
        genFramebuffers = (delegate* unmanaged<int, uint*, void>)Find("glGenFramebuffers");
        deleteFramebuffers = (delegate* unmanaged<int, uint*, void>)Find("glDeleteFramebuffers");
        bindFramebuffer = (delegate* unmanaged<int, uint, void>)Find("glBindFramebuffer");
        framebufferTexture2D = (delegate* unmanaged<int, int, int, uint, int, void>)Find("glFramebufferTexture2D");
        checkFramebufferStatus = (delegate* unmanaged<int, int>)Find("glCheckFramebufferStatus");
        blitFramebuffer = (delegate* unmanaged<int, int, int, int, int, int, int, int, uint, int, void>)Find("glBlitFramebuffer");
    }
}
