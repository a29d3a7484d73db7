namespace Silk.NET.GLFW;

/// <summary>GLFW cannot do what it was asked for.</summary>
public class GlfwException : Exception
{
    public GlfwException()
    {
    }

    public GlfwException(string message) : base(message)
    {
    }

    public GlfwException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
