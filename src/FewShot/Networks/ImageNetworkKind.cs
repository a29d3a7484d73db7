namespace MamlRobotics.FewShot;

/// <summary>The networks for pictures.</summary>
public enum ImageNetworkKind
{
    /// <summary>Four convolutions with a stride of 2, as in the code of MAML for Omniglot.</summary>
    Strided,

    /// <summary>Four convolutions with pooling: Vinyals et al. 2016, section 4.1.1, arXiv 1606.04080.</summary>
    [System.Text.Json.Serialization.JsonStringEnumMemberName("conv-4")]
    Conv4,

    /// <summary>Two convolutions with pooling and one hidden layer of 128 units, without normalisation.</summary>
    TwoConvolutions,

    /// <summary>Hidden layers of 256, 128, 64 and 64 units, as MAML without convolutions.</summary>
    Mlp,

    /// <summary>None: the features of a picture are its pixels.</summary>
    Pixels,
}
