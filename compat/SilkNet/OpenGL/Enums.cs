// The GL constants that the subset's functions take, with the names and groups of the binding.
namespace Silk.NET.OpenGL;

public enum GLEnum
{
    NoError = 0,
    DebugSeverityHigh = 0x9146,
    DebugSeverityLow = 0x9148,
    DebugSeverityMedium = 0x9147,
    DebugSeverityNotification = 0x826B,
    FramebufferComplete = 0x8CD5,
    Linear = 0x2601,
    ClampToEdge = 0x812F,
}

public enum BufferTargetARB { ArrayBuffer = 0x8892 }

public enum BufferUsageARB { StreamDraw = 0x88E0, StaticDraw = 0x88E4, DynamicDraw = 0x88E8 }

public enum VertexAttribPointerType { UnsignedByte = 0x1401, Float = 0x1406 }

public enum ShaderType { FragmentShader = 0x8B30, VertexShader = 0x8B31 }

public enum ShaderParameterName { CompileStatus = 0x8B81 }

public enum ProgramPropertyARB { LinkStatus = 0x8B82 }

public enum PrimitiveType { Triangles = 4, TriangleStrip = 5 }

public enum EnableCap { Blend = 0xBE2, ScissorTest = 0xC11, DebugOutputSynchronous = 0x8242, DebugOutput = 0x92E0 }

public enum BlendingFactor { Zero = 0, One = 1, SrcAlpha = 0x302, OneMinusSrcAlpha = 0x303 }

[Flags]
public enum ClearBufferMask : uint { ColorBufferBit = 0x4000 }

public enum FramebufferTarget { ReadFramebuffer = 0x8CA8, DrawFramebuffer = 0x8CA9, Framebuffer = 0x8D40 }

public enum FramebufferAttachment { ColorAttachment0 = 0x8CE0 }

public enum TextureTarget { Texture2D = 0xDE1 }

public enum TextureUnit { Texture0 = 0x84C0 }

public enum TextureParameterName { TextureMagFilter = 0x2800, TextureMinFilter = 0x2801, TextureWrapS = 0x2802, TextureWrapT = 0x2803 }

public enum InternalFormat { Rgba8 = 0x8058, R8 = 0x8229 }

public enum PixelFormat { Red = 0x1903, Rgba = 0x1908 }

public enum PixelType { UnsignedByte = 0x1401 }

public enum PixelStoreParameter { UnpackAlignment = 0xCF5, PackAlignment = 0xD05 }

public enum BlitFramebufferFilter { Nearest = 0x2600, Linear = 0x2601 }

public enum StringName { Vendor = 0x1F00, Renderer = 0x1F01, Version = 0x1F02 }

public enum GetPName { MaxTextureSize = 0xD33 }
