// Textures and reading pixels back.
namespace Silk.NET.OpenGL;

public sealed unsafe partial class GL
{
    private delegate* unmanaged<int, uint*, void> genTextures;
    private delegate* unmanaged<int, uint*, void> deleteTextures;
    private delegate* unmanaged<int, uint, void> bindTexture;
    private delegate* unmanaged<int, void> activeTexture;
    private delegate* unmanaged<int, int, int, uint, uint, int, int, int, void*, void> texImage2D;
    private delegate* unmanaged<int, int, int, void> texParameteri;
    private delegate* unmanaged<int, int, void> pixelStorei;
    private delegate* unmanaged<int, int, uint, uint, int, int, void*, void> readPixels;

    public uint GenTexture() => Made(genTextures);
    public void DeleteTexture(uint textures) => deleteTextures(1, &textures);
    public void BindTexture(TextureTarget target, uint texture) => bindTexture((int)target, texture);
    public void ActiveTexture(TextureUnit texture) => activeTexture((int)texture);

    public void TexImage2D(
        TextureTarget target, int level, InternalFormat internalformat, uint width, uint height, int border, PixelFormat format, PixelType type, void* pixels) =>
        texImage2D((int)target, level, (int)internalformat, width, height, border, (int)format, (int)type, pixels);

    public void TexParameter(TextureTarget target, TextureParameterName pname, int param) => texParameteri((int)target, (int)pname, param);
    public void PixelStore(PixelStoreParameter pname, int param) => pixelStorei((int)pname, param);

    public void ReadPixels(int x, int y, uint width, uint height, PixelFormat format, PixelType type, void* pixels) =>
        readPixels(x, y, width, height, (int)format, (int)type, pixels);

    private void LoadTextures()
    {
        genTextures = (delegate* unmanaged<int, uint*, void>)Find("glGenTextures");
        deleteTextures = (delegate* unmanaged<int, uint*, void>)Find("glDeleteTextures");
        bindTexture = (delegate* unmanaged<int, uint, void>)Find("glBindTexture");
        activeTexture = (delegate* unmanaged<int, void>)Find("glActiveTexture");
        texImage2D = (delegate* unmanaged<int, int, int, uint, uint, int, int, int, void*, void>)Find("glTexImage2D");
        texParameteri = (delegate* unmanaged<int, int, int, void>)Find("glTexParameteri");
        pixelStorei = (delegate* unmanaged<int, int, void>)Find("glPixelStorei");
        readPixels = (delegate* unmanaged<int, int, uint, uint, int, int, void*, void>)Find("glReadPixels");
    }
}
