// What the shim's files share: handles, guarded calls and the export macro.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <string>

#define MAML_API extern "C" __attribute__((visibility("default")))

namespace maml {

// A handle is a TensorImpl that owns one reference: no heap object per result.
using Handle = c10::TensorImpl*;

// The message of the last failure on this thread.
void remember(const char* message);

inline Handle release(at::Tensor tensor) {
  return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr;
}

// Views a handle as a tensor for the length of a call without touching its reference count.
class Borrow {
 public:
  explicit Borrow(Handle handle) {
    if (handle != nullptr) {
      tensor_ = at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(handle));
    }
  }
  Borrow(const Borrow&) = delete;
  Borrow& operator=(const Borrow&) = delete;
  ~Borrow() { release(std::move(tensor_)); }
  at::Tensor& operator*() { return tensor_; }
  at::Tensor* operator->() { return &tensor_; }

 private:
  at::Tensor tensor_;
};

// Runs a call; on any exception remembers its message and returns the failure value.
template <class Result, class Call>
Result guarded(Result failure, Call&& call) noexcept {
  try {
    return call();
  } catch (const c10::Error& error) {
    remember(error.what_without_backtrace());
  } catch (const std::exception& error) {
    remember(error.what());
  } catch (...) {
    remember("libtorch failed without a message");
  }
  return failure;
}

// For calls with nothing to return: 0 is success.
template <class Call>
int32_t done(Call&& call) noexcept {
  return guarded<int32_t>(-1, [&] {
    call();
    return 0;
  });
}

}  // namespace maml
