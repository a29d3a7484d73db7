// Gradients, gradient modes and inference mode.
#include "shim.h"

#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>

using maml::Borrow;
using maml::Handle;

namespace {

torch::autograd::variable_list variables(Handle* handles, int32_t count) {
  torch::autograd::variable_list list;
  list.reserve(count);
  for (int32_t i = 0; i < count; i++) {
    Borrow borrowed(handles[i]);
    list.push_back(*borrowed);
  }
  return list;
}

}  // namespace

MAML_API int32_t mt_requires_grad(Handle tensor) {
  return maml::guarded<int32_t>(-1, [&] { return static_cast<int32_t>(Borrow(tensor)->requires_grad()); });
}

MAML_API int32_t mt_set_requires_grad(Handle tensor, uint8_t on) {
  return maml::done([&] { Borrow(tensor)->set_requires_grad(on != 0); });
}

MAML_API int32_t mt_is_leaf(Handle tensor) {
  return maml::guarded<int32_t>(-1, [&] { return static_cast<int32_t>(Borrow(tensor)->is_leaf()); });
}

// Success leaves the gradient, or null where there is none, in out.
MAML_API int32_t mt_grad(Handle tensor, Handle* out) {
  return maml::done([&] { *out = maml::release(Borrow(tensor)->grad()); });
}

MAML_API int32_t mt_set_grad(Handle tensor, Handle gradient) {
  return maml::done([&] {
    Borrow borrowed(gradient);
    Borrow(tensor)->mutable_grad() = *borrowed;
  });
}

MAML_API int32_t mt_backward(Handle* outputs, int32_t output_count, Handle* gradients, int32_t gradient_count,
                             Handle* inputs, int32_t input_count, uint8_t retain, uint8_t create) {
  return maml::done([&] {
    torch::autograd::backward(variables(outputs, output_count), variables(gradients, gradient_count),
                              retain != 0, create != 0, variables(inputs, input_count));
  });
}

// Fills out with one gradient per input; null for an input that the outputs do not depend on.
MAML_API int32_t mt_autograd_grad(Handle* outputs, int32_t output_count, Handle* inputs, int32_t input_count,
                                  Handle* gradients, int32_t gradient_count, uint8_t retain, uint8_t create,
                                  uint8_t allow_unused, Handle* out) {
  return maml::done([&] {
    auto results = torch::autograd::grad(variables(outputs, output_count), variables(inputs, input_count),
                                         variables(gradients, gradient_count), retain != 0, create != 0, allow_unused != 0);
    for (size_t i = 0; i < results.size(); i++) {
      out[i] = maml::release(std::move(results[i]));
    }
  });
}

MAML_API uint8_t mt_grad_enabled() { return at::GradMode::is_enabled(); }

MAML_API void mt_set_grad_enabled(uint8_t on) { at::GradMode::set_enabled(on != 0); }

MAML_API c10::InferenceMode* mt_inference_enter(uint8_t on) { return new c10::InferenceMode(on != 0); }

MAML_API void mt_inference_leave(c10::InferenceMode* mode) { delete mode; }

MAML_API uint8_t mt_inference_enabled() { return c10::InferenceMode::is_enabled(); }
