namespace MamlRobotics.Viewer;

/// <summary>
/// The shader programs. They draw edges by signed distances, which are as sharp as the screen at any scale without
/// multisampling. The colours that they write are premultiplied by their opacity.
/// </summary>
internal static partial class Shaders
{
    private const string Common = """
        #version 330 core
        uniform vec2 uSize;
        uniform float uScale;

        """;

    private const string Place = """
        vec4 place(vec2 point)
        {
            vec2 unit = point / uSize * 2.0 - 1.0;
            return vec4(unit.x, -unit.y, 0.0, 1.0);
        }
        vec2 corner() { return vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0; }

        """;

    public const string BoxVertex = Common + Place + """
        layout(location = 0) in vec4 aRect;
        layout(location = 1) in vec3 aShape;
        layout(location = 2) in vec4 aFill;
        layout(location = 3) in vec4 aOutline;
        out vec2 vAt;
        flat out vec2 vHalf;
        flat out vec3 vShape;
        flat out vec4 vFill;
        flat out vec4 vOutline;
        void main()
        {
            vAt = corner() * (aRect.zw + 0.5 * aShape.z + 1.0 / uScale);
            vHalf = aRect.zw;
            vShape = aShape;
            vFill = vec4(aFill.rgb * aFill.a, aFill.a);
            vOutline = vec4(aOutline.rgb * aOutline.a, aOutline.a);
            gl_Position = place(aRect.xy + vAt);
        }
        """;

    public const string BoxFragment = Common + """
        in vec2 vAt;
        flat in vec2 vHalf;
        flat in vec3 vShape;
        flat in vec4 vFill;
        flat in vec4 vOutline;
        out vec4 colour;
        void main()
        {
            vec2 q = abs(vAt) - vHalf + vShape.x;
            float d = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - vShape.x;
            float inside = clamp(0.5 - d / max(vShape.z, 1.0 / uScale), 0.0, 1.0);
            if (vShape.z > 0.0) inside *= inside;
            float half_stroke = 0.5 * vShape.y;
            float ring = vShape.y > 0.0 ? clamp(0.5 - (abs(d + half_stroke) - half_stroke) * uScale, 0.0, 1.0) : 0.0;
            vec4 outline = vOutline * ring;
            colour = vFill * inside * (1.0 - outline.a) + outline;
        }
        """;

    public const string LineVertex = Common + Place + """
        layout(location = 0) in vec2 aBefore;
        layout(location = 1) in vec3 aFrom;
        layout(location = 2) in vec3 aTo;
        layout(location = 3) in vec3 aAfter;
        layout(location = 4) in vec4 aFromColour;
        layout(location = 5) in vec4 aToColour;
        flat out vec2 vFrom;
        flat out vec2 vTo;
        flat out vec2 vFromNormal;
        flat out vec2 vToNormal;
        flat out vec2 vWidths;
        flat out vec4 vFromColour;
        flat out vec4 vToColour;

        // Normal of the plane that halves the joint of two directions.
        vec2 joint(vec2 one, vec2 other)
        {
            vec2 sum = one + other;
            return dot(sum, sum) > 1e-6 ? normalize(sum) : one;
        }
        void main()
        {
            vec2 along = aTo.xy - aFrom.xy;
            float span = length(along);
            if (aTo.z < 0.0 || span < 1e-4)
            {
                gl_Position = vec4(2.0, 2.0, 0.0, 1.0);
                return;
            }
            vec2 direction = normalize(along), normal = vec2(-direction.y, direction.x);
            vec2 before = aFrom.xy - aBefore, after = aAfter.xy - aTo.xy;
            vFromNormal = dot(before, before) > 1e-8 ? joint(direction, normalize(before)) : vec2(0.0);
            vToNormal = dot(after, after) > 1e-8 ? joint(direction, normalize(after)) : vec2(0.0);
            float reach = 0.5 * max(abs(aFrom.z), aTo.z) + 1.0 / uScale;
            vec2 c = corner();
            vec2 at = (c.x < 0.0 ? aFrom.xy : aTo.xy) + reach * (c.x * direction + c.y * normal);
            vFrom = aFrom.xy;
            vTo = aTo.xy;
            vWidths = vec2(abs(aFrom.z), aTo.z);
            vFromColour = vec4(aFromColour.rgb * aFromColour.a, aFromColour.a);
            vToColour = vec4(aToColour.rgb * aToColour.a, aToColour.a);
            gl_Position = place(at);
        }
        """;

    public const string LineFragment = Common + """
        flat in vec2 vFrom;
        flat in vec2 vTo;
        flat in vec2 vFromNormal;
        flat in vec2 vToNormal;
        flat in vec2 vWidths;
        flat in vec4 vFromColour;
        flat in vec4 vToColour;
        out vec4 colour;
        void main()
        {
            // The point is computed instead of interpolated, so that both segments of a joint see the same point. Then each
            // pixel belongs to exactly one of them, and translucent lines neither blend twice nor leave a gap.
            vec2 point = vec2(gl_FragCoord.x, uSize.y * uScale - gl_FragCoord.y) / uScale;
            vec2 along = vTo - vFrom, at = point - vFrom;
            if (dot(at, vFromNormal) < 0.0 || (vToNormal != vec2(0.0) && dot(point - vTo, vToNormal) >= 0.0)) discard;
            float share = clamp(dot(at, along) / dot(along, along), 0.0, 1.0);
            float width = mix(vWidths.x, vWidths.y, share) * uScale;
            // A line thinner than a pixel keeps a pixel's width and loses opacity instead.
            float d = length(at - along * share) * uScale - 0.5 * max(width, 1.0);
            colour = mix(vFromColour, vToColour, share) * clamp(0.5 - d, 0.0, 1.0) * min(width, 1.0);
        }
        """;

    public const string GlyphVertex = Common + Place + """
        layout(location = 0) in vec4 aRect;
        layout(location = 1) in vec4 aTexture;
        layout(location = 2) in vec2 aPen;
        layout(location = 3) in vec4 aColour;
        out vec2 vTexture;
        flat out vec2 vPen;
        flat out vec4 vColour;
        void main()
        {
            vec2 unit = corner() * 0.5 + 0.5;
            vTexture = aTexture.xy + unit * aTexture.zw;
            vPen = aPen;
            vColour = vec4(aColour.rgb * aColour.a, aColour.a);
            gl_Position = place(aRect.xy + unit * aRect.zw);
        }
        """;

    public const string GlyphFragment = Common + """
        uniform sampler2D uAtlas;
        uniform float uRange;
        in vec2 vTexture;
        flat in vec2 vPen;
        flat in vec4 vColour;
        out vec4 colour;
        void main()
        {
            float d = texture(uAtlas, vTexture).r * uRange;
            colour = vColour * clamp((vPen.x - d) * vPen.y * uScale + 0.5, 0.0, 1.0);
        }
        """;
}
