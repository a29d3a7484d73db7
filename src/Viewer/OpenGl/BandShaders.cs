namespace MamlRobotics.Viewer;

/// <summary>The program of bands, which are areas between two edges with a vertical cut at each end.</summary>
internal static partial class Shaders
{
    public const string BandVertex = Common + Place + """
        layout(location = 0) in vec3 aFrom;
        layout(location = 1) in vec4 aFromColour;
        layout(location = 2) in vec3 aTo;
        layout(location = 3) in vec4 aToColour;
        flat out vec3 vFrom;
        flat out vec3 vTo;
        flat out vec4 vFromColour;
        flat out vec4 vToColour;
        void main()
        {
            vec2 c = corner();
            vec3 end = c.x < 0.0 ? aFrom : aTo;
            // Neighbours share their vertical edges exactly. Only the slanted edges are softened, and need room for it.
            vec2 slope = (aTo.yz - aFrom.yz) / max(aTo.x - aFrom.x, 1e-4);
            float room = length(vec2(1.0, max(abs(slope.x), abs(slope.y)))) / uScale;
            vFrom = aFrom;
            vTo = aTo;
            vFromColour = vec4(aFromColour.rgb * aFromColour.a, aFromColour.a);
            vToColour = vec4(aToColour.rgb * aToColour.a, aToColour.a);
            gl_Position = place(vec2(end.x, c.y < 0.0 ? end.y - room : end.z + room));
        }
        """;

    public const string BandFragment = Common + """
        flat in vec3 vFrom;
        flat in vec3 vTo;
        flat in vec4 vFromColour;
        flat in vec4 vToColour;
        out vec4 colour;
        void main()
        {
            vec2 point = vec2(gl_FragCoord.x, uSize.y * uScale - gl_FragCoord.y) / uScale;
            float width = max(vTo.x - vFrom.x, 1e-4), share = clamp((point.x - vFrom.x) / width, 0.0, 1.0);
            vec2 edges = mix(vFrom.yz, vTo.yz, share), steep = inversesqrt(1.0 + pow((vTo.yz - vFrom.yz) / width, vec2(2.0)));
            vec2 inside = clamp(vec2(point.y - edges.x, edges.y - point.y) * steep * uScale + 0.5, 0.0, 1.0);
            colour = mix(vFromColour, vToColour, share) * max(inside.x + inside.y - 1.0, 0.0);
        }
        """;
}
