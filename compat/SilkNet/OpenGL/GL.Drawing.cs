// State, clearing and draw calls.
namespace Silk.NET.OpenGL;

public sealed unsafe partial class GL
{
    private delegate* unmanaged<int> getError;
    private delegate* unmanaged<int, int*, void> getIntegerv;
    private delegate* unmanaged<int, byte*> getString;
    private delegate* unmanaged<void> finish;
    private delegate* unmanaged<int, void> enable;
    private delegate* unmanaged<int, void> disable;
    private delegate* unmanaged<int, int, void> blendFunc;
    private delegate* unmanaged<int, int, uint, uint, void> viewport;
    private delegate* unmanaged<int, int, uint, uint, void> scissor;
    private delegate* unmanaged<float, float, float, float, void> clearColor;
    private delegate* unmanaged<uint, void> clear;
    private delegate* unmanaged<int, int, uint, void> drawArrays;
    private delegate* unmanaged<int, int, uint, uint, void> drawArraysInstanced;

    public void Enable(EnableCap cap) => enable((int)cap);
    public void Disable(EnableCap cap) => disable((int)cap);
    public void BlendFunc(BlendingFactor sfactor, BlendingFactor dfactor) => blendFunc((int)sfactor, (int)dfactor);
    public void Viewport(int x, int y, uint width, uint height) => viewport(x, y, width, height);
    public void Scissor(int x, int y, uint width, uint height) => scissor(x, y, width, height);
    public void ClearColor(float red, float green, float blue, float alpha) => clearColor(red, green, blue, alpha);
    public void Clear(ClearBufferMask mask) => clear((uint)mask);
    public void DrawArrays(PrimitiveType mode, int first, uint count) => drawArrays((int)mode, first, count);

    public void DrawArraysInstanced(PrimitiveType mode, int first, uint count, uint instancecount) =>
        drawArraysInstanced((int)mode, first, count, instancecount);

    private void LoadDrawing()
    {
        getError = (delegate* unmanaged<int>)Find("glGetError");
        getIntegerv = (delegate* unmanaged<int, int*, void>)Find("glGetIntegerv");
        getString = (delegate* unmanaged<int, byte*>)Find("glGetString");
        finish = (delegate* unmanaged<void>)Find("glFinish");
        enable = (delegate* unmanaged<int, void>)Find("glEnable");
        disable = (delegate* unmanaged<int, void>)Find("glDisable");
        blendFunc = (delegate* unmanaged<int, int, void>)Find("glBlendFunc");
        viewport = (delegate* unmanaged<int, int, uint, uint, void>)Find("glViewport");
        scissor = (delegate* unmanaged<int, int, uint, uint, void>)Find("glScissor");
        clearColor = (delegate* unmanaged<float, float, float, float, void>)Find("glClearColor");
        clear = (delegate* unmanaged<uint, void>)Find("glClear");
        drawArrays = (delegate* unmanaged<int, int, uint, void>)Find("glDrawArrays");
        drawArraysInstanced = (delegate* unmanaged<int, int, uint, uint, void>)Find("glDrawArraysInstanced");
    }
}
