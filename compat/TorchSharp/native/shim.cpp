// Tensors' lifetimes and metadata, generators, threads, CUDA and the last error.
#include "shim.h"

#include <ATen/Parallel.h>
#include <c10/core/Stream.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/version.h>

#include <dlfcn.h>
#include <malloc.h>

#include <mutex>

using maml::Borrow;
using maml::Handle;

namespace {

thread_local std::string last_error;

c10::Device device_of(int32_t type, int32_t index) {
  return c10::Device(static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>(index));
}

// By default every tensor above a few hundred kilobytes is mapped from the system and unmapped again, and its pages are
// cleared by the kernel each time: in a training loop of such tensors that is a third of the time.
__attribute__((constructor)) void keep_freed_memory() {
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
}

bool has_cuda() {
  return c10::impl::hasDeviceGuardImpl(c10::DeviceType::CUDA) && at::hasCUDA();
}

}  // namespace

namespace maml {
void remember(const char* message) { last_error = message; }
}  // namespace maml

MAML_API const char* mt_error() { return last_error.c_str(); }

MAML_API const char* mt_version() { return TORCH_VERSION; }

MAML_API void mt_free(Handle tensor) {
  at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(tensor));
}

// A second reference to the same tensor, autograd state included.
MAML_API Handle mt_alias(Handle tensor) {
  at::Tensor copy = *Borrow(tensor);
  return maml::release(std::move(copy));
}

MAML_API int32_t mt_dim(Handle tensor) { return static_cast<int32_t>(tensor->dim()); }

MAML_API int64_t mt_numel(Handle tensor) { return tensor->numel(); }

MAML_API int64_t mt_size(Handle tensor, int32_t dim) { return tensor->sizes()[dim]; }

MAML_API void mt_sizes(Handle tensor, int64_t* out) {
  for (int64_t size : tensor->sizes()) *out++ = size;
}

MAML_API void mt_strides(Handle tensor, int64_t* out) {
  for (int64_t stride : tensor->strides()) *out++ = stride;
}

MAML_API int32_t mt_dtype(Handle tensor) { return static_cast<int32_t>(c10::typeMetaToScalarType(tensor->dtype())); }

MAML_API int32_t mt_element_size(Handle tensor) { return static_cast<int32_t>(tensor->itemsize()); }

MAML_API int32_t mt_device(Handle tensor, int32_t* index) {
  *index = tensor->device().index();
  return static_cast<int32_t>(tensor->device().type());
}

MAML_API uint8_t mt_is_contiguous(Handle tensor) { return tensor->is_contiguous(); }

MAML_API void* mt_data(Handle tensor) {
  return maml::guarded<void*>(nullptr, [&] { return Borrow(tensor)->data_ptr(); });
}

// Host memory that this tensor alone holds: what the garbage collector should know about.
MAML_API int64_t mt_own_bytes(Handle tensor) {
  if (!tensor->has_storage() || !tensor->device().is_cpu() || tensor->unsafe_storage().use_count() != 1) return 0;
  return static_cast<int64_t>(tensor->numel() * tensor->itemsize());
}

MAML_API int32_t mt_manual_seed(int64_t seed) {
  return maml::done([&] { at::manual_seed(static_cast<uint64_t>(seed)); });
}

MAML_API at::Generator* mt_generator_default(int32_t type, int32_t index) {
  return maml::guarded<at::Generator*>(nullptr, [&] {
    // Making a tensor initialises CUDA without naming a hook that versions rename.
    if (type != 0) at::empty({0}, at::TensorOptions(device_of(type, index)));
    return new at::Generator(at::globalContext().defaultGenerator(device_of(type, index)));
  });
}

MAML_API at::Generator* mt_generator_clone(at::Generator* generator) {
  return maml::guarded<at::Generator*>(nullptr, [&] {
    std::lock_guard<std::mutex> lock(generator->mutex());
    return new at::Generator(generator->clone());
  });
}

MAML_API int32_t mt_generator_seed(at::Generator* generator, int64_t seed) {
  return maml::done([&] {
    std::lock_guard<std::mutex> lock(generator->mutex());
    generator->set_current_seed(static_cast<uint64_t>(seed));
  });
}

MAML_API int64_t mt_generator_initial_seed(const at::Generator* generator) {
  return static_cast<int64_t>(generator->current_seed());
}

MAML_API Handle mt_generator_state(at::Generator* generator) {
  return maml::guarded<Handle>(nullptr, [&] {
    std::lock_guard<std::mutex> lock(generator->mutex());
    return maml::release(generator->get_state());
  });
}

MAML_API int32_t mt_generator_set_state(at::Generator* generator, Handle state) {
  return maml::done([&] {
    std::lock_guard<std::mutex> lock(generator->mutex());
    generator->set_state(*Borrow(state));
  });
}

MAML_API void mt_generator_free(at::Generator* generator) { delete generator; }

MAML_API int32_t mt_num_threads() { return at::get_num_threads(); }

MAML_API int32_t mt_set_num_threads(int32_t count) {
  return maml::done([&] {
    at::set_num_threads(count);
    // libtorch tells OpenMP and MKL; Debian's is linked to OpenBLAS, whose own threads it does not know of.
    if (auto set = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(count);
  });
}

MAML_API int32_t mt_num_interop_threads() { return static_cast<int32_t>(at::get_num_interop_threads()); }

MAML_API int32_t mt_set_num_interop_threads(int32_t count) {
  return maml::done([&] { at::set_num_interop_threads(count); });
}

MAML_API int32_t mt_cuda_device_count() {
  return maml::guarded<int32_t>(0, [&]() -> int32_t {
    return has_cuda() ? c10::impl::VirtualGuardImpl(c10::DeviceType::CUDA).deviceCount() : 0;
  });
}

MAML_API uint8_t mt_cudnn_available() {
  return maml::guarded<uint8_t>(0, [&]() -> uint8_t { return at::hasCUDA() && at::globalContext().hasCuDNN(); });
}

// Waits for the device's current stream, the only one that this binding fills.
MAML_API int32_t mt_cuda_synchronize(int32_t index) {
  return maml::done([&] {
    TORCH_CHECK(has_cuda(), "CUDA is not available");
    c10::impl::VirtualGuardImpl guard(c10::DeviceType::CUDA);
    auto device = index < 0 ? guard.getDevice() : device_of(static_cast<int32_t>(c10::DeviceType::CUDA), index);
    guard.getStream(device).synchronize();
  });
}

MAML_API uint8_t mt_tf32_matmul() { return at::globalContext().allowTF32CuBLAS(); }

MAML_API void mt_set_tf32_matmul(uint8_t on) { at::globalContext().setAllowTF32CuBLAS(on != 0); }

MAML_API uint8_t mt_tf32_cudnn() { return at::globalContext().allowTF32CuDNN(); }

MAML_API void mt_set_tf32_cudnn(uint8_t on) { at::globalContext().setAllowTF32CuDNN(on != 0); }
