namespace MamlRobotics.Tests.Support;

/// <summary>A fact on machines without a CUDA device.</summary>
internal sealed class FactWithoutCudaAttribute : FactAttribute
{
    internal const string Reason = "There is a CUDA device.";

    public FactWithoutCudaAttribute()
    {
        if (cuda.is_available()) Skip = Reason;
    }
}

/// <summary>A theory on machines without a CUDA device.</summary>
internal sealed class TheoryWithoutCudaAttribute : TheoryAttribute
{
    public TheoryWithoutCudaAttribute()
    {
        if (cuda.is_available()) Skip = FactWithoutCudaAttribute.Reason;
    }
}
