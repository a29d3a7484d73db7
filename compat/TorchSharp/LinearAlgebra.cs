// Products, decompositions and solvers.
namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => Op.Matmul.Call(this, target);
        public Tensor mm(Tensor target) => Op.Mm.Call(this, target);
        public Tensor bmm(Tensor batch2) => Op.Bmm.Call(this, batch2);
        public Tensor mv(Tensor target) => Op.Mv.Call(this, target);
        public Tensor dot(Tensor target) => Op.Dot.Call(this, target);
        public Tensor outer(Tensor vec2) => Op.Outer.Call(this, vec2);
        public Tensor inverse() => linalg.inv(this);

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Op.Addmm.Boxed(this, mat1, mat2, (double)beta, (double)alpha);

        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1.0f, float alpha = 1.0f) =>
            Op.Addmv.Boxed(this, mat, vec, (double)beta, (double)alpha);
    }

    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);
    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);
    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);
    public static Tensor mv(Tensor input, Tensor target) => input.mv(target);
    public static Tensor dot(Tensor input, Tensor other) => input.dot(other);
    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);
    public static Tensor inverse(Tensor input) => linalg.inv(input);

    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmm(mat1, mat2, beta, alpha);
    public static Tensor addmv(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmv(mat1, mat2, beta, alpha);
    public static Tensor einsum(string equation, params Tensor[] tensors) => Op.Einsum.Boxed(equation, tensors);

    public static class linalg
    {
        public static Tensor cholesky(Tensor input) => Op.Cholesky.Boxed(input);

        public static (Tensor L, Tensor info) cholesky_ex(Tensor input, bool check_errors = false) =>
            Op.CholeskyEx.Two(input, false, check_errors);

        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => Op.Eigvalsh.Boxed(input, UPLO.ToString());
        public static Tensor inv(Tensor input) => Op.Inv.Call(input);

        public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) lstsq(Tensor input, Tensor other) =>
            Four(Op.Lstsq.Many(input, other));

        public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) lstsq(Tensor input, Tensor other, double rcond) =>
            Four(Op.Lstsq.Many(input, other, rcond));

        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) => Op.LinalgNormText.Boxed(input, ord, dims, keepdim);
        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) => Op.LinalgNorm.Boxed(input, ord, dims, keepdim);
        public static Tensor norm(Tensor input, int ord, long[]? dims = null, bool keepdim = false) => Op.LinalgNorm.Boxed(input, (long)ord, dims, keepdim);
        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) => Op.LinalgNorm.Boxed(input, Argument.None, dims, keepdim);
        public static Tensor solve(Tensor A, Tensor B, bool left = true) => Op.Solve.Boxed(A, B, left);

        public static Tensor solve_triangular(Tensor A, Tensor B, bool upper, bool left = true, bool unitriangular = false, Tensor? @out = null) =>
            @out is null
                ? Op.SolveTriangular.Boxed(A, B, upper, left, unitriangular)
                : Op.SolveTriangularOut.Boxed(A, B, upper, left, unitriangular, @out);

        public static Tensor vector_norm(Tensor input, double ord = 2d, long[]? dims = null, bool keepdim = false) => Op.VectorNorm.Boxed(input, ord, dims, keepdim);

        private static (Tensor, Tensor, Tensor, Tensor) Four(Tensor[] parts) => (parts[0], parts[1], parts[2], parts[3]);
    }
}

internal static partial class Op
{
    internal static readonly Operator Matmul = new("matmul");
    internal static readonly Operator Mm = new("mm");
    internal static readonly Operator Bmm = new("bmm");
    internal static readonly Operator Mv = new("mv");
    internal static readonly Operator Dot = new("dot");
    internal static readonly Operator Outer = new("outer");
    internal static readonly Operator Addmm = new("addmm");
    internal static readonly Operator Addmv = new("addmv");
    internal static readonly Operator Einsum = new("einsum");
    internal static readonly Operator Cholesky = new("linalg_cholesky");
    internal static readonly Operator CholeskyEx = new("linalg_cholesky_ex");
    internal static readonly Operator Eigvalsh = new("linalg_eigvalsh");
    internal static readonly Operator Inv = new("linalg_inv");
    internal static readonly Operator Lstsq = new("linalg_lstsq");
    internal static readonly Operator LinalgNorm = new("linalg_norm");
    internal static readonly Operator LinalgNormText = new("linalg_norm", "ord_str");
    internal static readonly Operator Solve = new("linalg_solve");
    internal static readonly Operator SolveTriangular = new("linalg_solve_triangular");
    internal static readonly Operator SolveTriangularOut = new("linalg_solve_triangular", "out");
    internal static readonly Operator VectorNorm = new("linalg_vector_norm");
}
