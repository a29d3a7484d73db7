// Finds the load that an arm carries from one trajectory, by gradient descent through the simulator.
// Run: dotnet run -c Release --project examples/PayloadIdentification

using MamlRobotics.Envs;
using MamlRobotics.MetaLearning;
using MamlRobotics.MetaRL;
using MamlRobotics.Policies;

const int Steps = 40, Iterations = 8;
const double Truth = 0.73, Noise = 1e-3, FirstRate = 0.1;
NativeTorch.Load();
RandomStream seed = RandomStream.FromSeed(1);
TaskFamily family = TaskFamilies.Named("arm-payloads");
var dynamics = new TensorDynamics(family.Environment);

// What was seen of the arm: random torques, and its angles and velocities with some noise.
using Tensor actions = Draws("actions", 2 * Steps).view(Steps, 2, 1);
using Tensor start = family.Start([Truth], 0).CopyToTensor().unsqueeze(1);
using Tensor seen = TensorScope.Run(() =>
    Trajectory(full(1, 1, Number(Truth), float64)).Plus(Draws("noise", 4 * Steps).view(Steps, 4, 1) * Number(Noise)));

(double payload, double lastPayload, double lastGradient) = (0, 0, 0);
for (int iteration = 0; iteration < Iterations; iteration++)
{
    (double loss, double gradient) = TensorScope.Free(() =>
    {
        Tensor guess = full(1, 1, Number(payload), float64).requires_grad_();
        Tensor error = Trajectory(guess).Plus(seen.neg()).Square().mean();
        return (error.ReadNumber(), autograd.grad([error], [guess])[0].ReadNumber());
    });
    Console.WriteLine($"iteration {iteration,2}: payload {payload:F4} kg, mean squared error {loss:E2}");
    if (gradient == lastGradient) break;
    // The step size of Barzilai and Borwein 1988: how far the last step went for each unit by which it changed the gradient.
    double rate = iteration == 0 ? FirstRate : Math.Abs((payload - lastPayload) / (gradient - lastGradient));
    (lastPayload, lastGradient) = (payload, gradient);
    payload -= rate * gradient;
}
Console.WriteLine($"found {payload:F4} kg, in truth {Truth:F4} kg");

// The states after each step under a payload. [1, 1] to [Steps, 4, 1]
Tensor Trajectory(Tensor task)
{
    var states = new List<Tensor>();
    for (int t = 0; t < Steps; t++) states.Add(dynamics.Step(task, t == 0 ? start : states[^1], actions[t]).States);
    return stack(states);
}

// Uniform in [-1, 1).
Tensor Draws(string purpose, int count) =>
    Enumerable.Range(0, count).Select(i => 2 * seed.Stream(purpose).Uniform(i) - 1).ToArray().CopyToTensor();
