namespace MamlRobotics.MetaRL.Tests;

/// <summary>A fact that needs a CUDA device, and says so where there is none.</summary>
internal sealed class CudaFactAttribute : FactAttribute
{
    internal const string Reason = "There is no CUDA device that this libtorch can use.";

    public CudaFactAttribute()
    {
        if (!cuda.is_available()) Skip = Reason;
    }
}

/// <summary>A theory that needs a CUDA device, and says so where there is none.</summary>
internal sealed class CudaTheoryAttribute : TheoryAttribute
{
    public CudaTheoryAttribute()
    {
        if (!cuda.is_available()) Skip = CudaFactAttribute.Reason;
    }
}
