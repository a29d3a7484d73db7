// A CUDA device for machines without one. Its memory is the host's, its operators are the CPU's; what it does not allow is
// what a device does not: an operator on tensors of both. It counts what is sent and what is read back.
#include <ATen/ATen.h>
#include <ATen/EmptyTensor.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <ATen/native/CPUFallback.h>
#include <ATen/ops/_reshape_alias_native.h>
#include <ATen/ops/as_strided_native.h>
#include <ATen/ops/view_native.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/library.h>
#include <torch/version.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace {

#if TORCH_VERSION_MAJOR < 2
template <class T> using Maybe = c10::optional<T>;
#else
template <class T> using Maybe = std::optional<T>;
#endif

const c10::Device device(c10::DeviceType::CUDA, 0);

struct Counts {
  std::atomic<int64_t> operators{0}, sent{0}, read{0}, scalars_read{0};
} counts;

// Copies that the emulation itself makes are none of the program's.
thread_local int emulating = 0;

struct Emulating {
  Emulating() { emulating++; }
  ~Emulating() { emulating--; }
};

struct CUDAHooks : at::CUDAHooksInterface {
  explicit CUDAHooks(at::CUDAHooksArgs) {}
  bool hasCUDA() const override { return true; }
  // Which of these is asked for depends on the version.
  void initCUDA() const {}
  void init() const {}
  bool isBuilt() const { return true; }
  bool isAvailable() const { return true; }
  bool hasPrimaryContext(int64_t) const { return true; }
  bool hasPrimaryContext(c10::DeviceIndex) const { return true; }
};

struct Guard : c10::impl::DeviceGuardImplInterface {
  c10::Stream stream() const { return c10::Stream(c10::Stream::DEFAULT, device); }
  c10::DeviceType type() const override { return device.type(); }
  c10::Device exchangeDevice(c10::Device) const override { return device; }
  c10::Device getDevice() const override { return device; }
  void setDevice(c10::Device) const override {}
  void uncheckedSetDevice(c10::Device) const noexcept override {}
  c10::Stream getStream(c10::Device) const noexcept override { return stream(); }
  c10::Stream getDefaultStream(c10::Device) const override { return stream(); }
  c10::Stream exchangeStream(c10::Stream) const noexcept override { return stream(); }
  c10::DeviceIndex deviceCount() const noexcept override { return 1; }
  void record(void**, const c10::Stream&, const c10::DeviceIndex, const c10::EventFlag) const override {}
  void block(void*, const c10::Stream&) const override {}
  bool queryEvent(void*) const override { return true; }
  void destroyEvent(void*, const c10::DeviceIndex) const noexcept override {}
  void synchronizeStream(const c10::Stream&) const override {}
};

struct Memory : c10::Allocator {
  c10::DataPtr allocate(size_t bytes) const {
    void* memory = std::malloc(bytes);
    // What is read before it is written shows: not a number.
    std::memset(memory, 0xFF, bytes);
    return {memory, memory, &std::free, device};
  }
  c10::DataPtr allocate(size_t bytes) { return static_cast<const Memory*>(this)->allocate(bytes); }
  c10::DeleterFnPtr raw_deleter() const override { return &std::free; }
  void copy_data(void* to, const void* from, size_t bytes) const { std::memcpy(to, from, bytes); }
} memory;

const c10::DispatchKeySet keys(c10::DispatchKey::CUDA);

at::Tensor empty(at::IntArrayRef size, Maybe<at::ScalarType> type, Maybe<at::Layout>, Maybe<at::Device>, Maybe<bool>,
                 Maybe<at::MemoryFormat> format) {
  return at::detail::empty_generic(size, &memory, keys, c10::dtype_or_default(type), format);
}

at::Tensor empty_strided(at::IntArrayRef size, at::IntArrayRef stride, Maybe<at::ScalarType> type, Maybe<at::Layout>,
                         Maybe<at::Device>, Maybe<bool>) {
  return at::detail::empty_strided_generic(size, stride, &memory, keys, c10::dtype_or_default(type));
}

// The same memory as the host sees it.
at::Tensor on_host(const at::Tensor& tensor) {
  return tensor.is_cpu() ? tensor : at::from_blob(tensor.data_ptr(), tensor.sizes(), tensor.strides(), tensor.options().device(c10::kCPU));
}

at::Tensor& copy(at::Tensor& to, const at::Tensor& from, bool) {
  if (!emulating && to.is_cpu()) counts.read++;
  if (!emulating && from.is_cpu()) counts.sent++;
  at::NoGradGuard values;
  on_host(to).copy_(on_host(from));
  return to;
}

at::Tensor copy_from_and_resize(const at::Tensor& from, const at::Tensor& to) {
  if (to.sizes() != from.sizes()) to.unsafeGetTensorImpl()->shallow_copy_from(at::empty(from.sizes(), to.options()).getIntrusivePtr());
  on_host(to).copy_(from);
  return to;
}

at::Scalar read_scalar(const at::Tensor& tensor) {
  if (!emulating) counts.scalars_read++;
  return on_host(tensor).item();
}

void require_here(const at::Tensor& tensor, const c10::OperatorHandle& op) {
  // A number that was a constant of the program may come as a tensor without dimensions.
  TORCH_CHECK(!tensor.defined() || tensor.is_cuda() || tensor.dim() == 0, "tensors of two devices in ", op.schema());
}

void run_on_host(const c10::OperatorHandle& op, torch::jit::Stack* stack) {
  for (const c10::IValue& argument : torch::jit::last(*stack, op.schema().arguments().size())) {
    if (argument.isTensor()) require_here(argument.toTensor(), op);
    if (argument.isTensorList()) for (const at::Tensor& tensor : argument.toTensorVector()) require_here(tensor, op);
  }
  counts.operators++;
  Emulating now;
  at::native::cpu_fallback(op, stack);
}

}  // namespace

namespace at {
REGISTER_CUDA_HOOKS(CUDAHooks)
}
C10_REGISTER_GUARD_IMPL(CUDA, Guard)
namespace c10 {
REGISTER_ALLOCATOR(DeviceType::CUDA, &memory)
}

TORCH_LIBRARY_IMPL(_, CUDA, all) { all.fallback(torch::CppFunction::makeFromBoxedFunction<&run_on_host>()); }

TORCH_LIBRARY_IMPL(aten, CUDA, aten) {
  aten.impl("empty.memory_format", TORCH_FN(empty));
  aten.impl("empty_strided", TORCH_FN(empty_strided));
  aten.impl("as_strided", TORCH_FN(at::native::as_strided_tensorimpl));
  aten.impl("view", TORCH_FN(at::native::view));
  aten.impl("_reshape_alias", TORCH_FN(at::native::_reshape_alias));
  aten.impl("copy_", TORCH_FN(copy));
  aten.impl("_copy_from_and_resize", TORCH_FN(copy_from_and_resize));
  aten.impl("_local_scalar_dense", TORCH_FN(read_scalar));
}

// Since the last call: operators, copies to the device, copies from it, numbers read.
extern "C" __attribute__((visibility("default"))) void emulated_cuda_counts(int64_t* out) {
  *out++ = counts.operators.exchange(0);
  *out++ = counts.sent.exchange(0);
  *out++ = counts.read.exchange(0);
  *out++ = counts.scalars_read.exchange(0);
}
