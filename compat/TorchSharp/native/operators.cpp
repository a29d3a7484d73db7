// Every ATen operator by name: a boxed call for any signature and unboxed calls for the common ones.
#include "shim.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/stack.h>

#include <vector>

using maml::Borrow;
using maml::Handle;

namespace {

enum Tag : int32_t {
  kNone, kTensor, kInt, kDouble, kBool, kInts, kDoubles, kBools, kTensors, kOptionalTensors,
  kString, kDevice, kGenerator, kDefault
};

struct Record {
  int32_t tag;
  int32_t count;  // elements of a list, or the index of a device
  union {
    int64_t integer;
    double real;
    const void* pointer;
  };
};

using OptionalTensorList = decltype(std::declval<const c10::IValue&>().toOptionalTensorList());
using OptionalTensor = OptionalTensorList::value_type;

at::Tensor shared(const void* handle) {
  Borrow borrowed(static_cast<Handle>(const_cast<void*>(handle)));
  return *borrowed;
}

template <class Element, class Source>
c10::List<Element> list(const Record& record) {
  c10::List<Element> result;
  result.reserve(record.count);
  auto* items = static_cast<const Source*>(record.pointer);
  for (int32_t i = 0; i < record.count; i++) {
    result.push_back(static_cast<Element>(items[i]));
  }
  return result;
}

c10::List<at::Tensor> tensors(const Record& record) {
  c10::List<at::Tensor> result;
  result.reserve(record.count);
  auto* items = static_cast<const void* const*>(record.pointer);
  for (int32_t i = 0; i < record.count; i++) {
    result.push_back(shared(items[i]));
  }
  return result;
}

OptionalTensorList optional_tensors(const Record& record) {
  OptionalTensorList result;
  result.reserve(record.count);
  auto* items = static_cast<const void* const*>(record.pointer);
  for (int32_t i = 0; i < record.count; i++) {
    result.push_back(items[i] == nullptr ? OptionalTensor() : OptionalTensor(shared(items[i])));
  }
  return result;
}

at::Generator generator(const Record& record) {
  return *static_cast<const at::Generator*>(record.pointer);
}

c10::IValue value(const Record& record) {
  switch (record.tag) {
    case kNone: return {};
    case kTensor: return shared(record.pointer);
    case kInt: return record.integer;
    case kDouble: return record.real;
    case kBool: return record.integer != 0;
    case kInts: return list<int64_t, int64_t>(record);
    case kDoubles: return list<double, double>(record);
    case kBools: return list<bool, uint8_t>(record);
    case kTensors: return tensors(record);
    case kOptionalTensors: return optional_tensors(record);
    case kString: return std::string(static_cast<const char*>(record.pointer), record.count);
    case kDevice: return c10::Device(static_cast<c10::DeviceType>(record.integer),
                                     static_cast<c10::DeviceIndex>(record.count));
    case kGenerator: return generator(record);
    default: TORCH_CHECK(false, "unknown argument tag ", record.tag);
  }
}

c10::Scalar scalar(const Record& record) {
  switch (record.tag) {
    case kInt: return record.integer;
    case kDouble: return record.real;
    case kBool: return record.integer != 0;
    default: TORCH_CHECK(false, "a scalar was expected, not argument tag ", record.tag);
  }
}

Record tensor_record(at::Tensor tensor) {
  Record record{kTensor, 0, {}};
  record.pointer = maml::release(std::move(tensor));
  return record;
}

// Appends one returned value; a list of tensors becomes that many results.
void append(std::vector<Record>& results, c10::IValue&& value) {
  Record record{kNone, 0, {}};
  if (value.isTensor()) {
    results.push_back(tensor_record(std::move(value).toTensor()));
  } else if (value.isTensorList()) {
    for (const at::Tensor& tensor : value.toTensorVector()) {
      results.push_back(tensor_record(tensor));
    }
  } else {
    if (value.isInt()) {
      record.tag = kInt, record.integer = value.toInt();
    } else if (value.isDouble()) {
      record.tag = kDouble, record.real = value.toDouble();
    } else if (value.isBool()) {
      record.tag = kBool, record.integer = value.toBool();
    }
    results.push_back(record);
  }
}

template <class Signature, class... Arguments>
Handle unboxed(const c10::OperatorHandle* op, Arguments&&... arguments) {
  return maml::guarded<Handle>(nullptr, [&] {
    return maml::release(op->typed<Signature>().call(std::forward<Arguments>(arguments)...));
  });
}

}  // namespace

MAML_API const c10::OperatorHandle* mt_find(const char* name, const char* overload) {
  return maml::guarded<const c10::OperatorHandle*>(nullptr, [&] {
    // Kept for the life of the process: operators are looked up once each.
    return new c10::OperatorHandle(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload));
  });
}

// Calls an operator with one record per argument. Arguments that are missing or marked as default come from the
// schema of the libtorch that runs, so one that a later version appends does not break a caller. Returns the number
// of results, or -1; the results stay valid until this thread's next call.
MAML_API int32_t mt_call(const c10::OperatorHandle* op, const Record* records, int32_t count, const Record** out) {
  static thread_local std::vector<Record> results;
  return maml::guarded<int32_t>(-1, [&] {
    const auto& arguments = op->schema().arguments();
    TORCH_CHECK(static_cast<size_t>(count) <= arguments.size(), "too many arguments for ", op->schema());
    torch::jit::Stack stack;
    stack.reserve(arguments.size());
    for (size_t i = 0; i < arguments.size(); i++) {
      if (i < static_cast<size_t>(count) && records[i].tag != kDefault) {
        stack.push_back(value(records[i]));
      } else {
        TORCH_CHECK(arguments[i].default_value().has_value(), "missing argument ", arguments[i].name(), " of ", op->schema());
        stack.push_back(*arguments[i].default_value());
      }
    }
    op->callBoxed(stack);
    results.clear();
    for (c10::IValue& returned : stack) {
      append(results, std::move(returned));
    }
    *out = results.data();
    return static_cast<int32_t>(results.size());
  });
}

MAML_API Handle mt_call_t(const c10::OperatorHandle* op, Handle a) {
  Borrow first(a);
  return unboxed<at::Tensor(const at::Tensor&)>(op, *first);
}

MAML_API Handle mt_call_tt(const c10::OperatorHandle* op, Handle a, Handle b) {
  Borrow first(a), second(b);
  return unboxed<at::Tensor(const at::Tensor&, const at::Tensor&)>(op, *first, *second);
}

MAML_API Handle mt_call_ttt(const c10::OperatorHandle* op, Handle a, Handle b, Handle c) {
  Borrow first(a), second(b), third(c);
  return unboxed<at::Tensor(const at::Tensor&, const at::Tensor&, const at::Tensor&)>(op, *first, *second, *third);
}

MAML_API Handle mt_call_ts(const c10::OperatorHandle* op, Handle a, const Record* b) {
  Borrow first(a);
  return unboxed<at::Tensor(const at::Tensor&, const c10::Scalar&)>(op, *first, scalar(*b));
}

MAML_API Handle mt_call_tts(const c10::OperatorHandle* op, Handle a, Handle b, const Record* c) {
  Borrow first(a), second(b);
  return unboxed<at::Tensor(const at::Tensor&, const at::Tensor&, const c10::Scalar&)>(op, *first, *second, scalar(*c));
}

MAML_API Handle mt_call_tss(const c10::OperatorHandle* op, Handle a, const Record* b, const Record* c) {
  Borrow first(a);
  return unboxed<at::Tensor(const at::Tensor&, const c10::Scalar&, const c10::Scalar&)>(op, *first, scalar(*b), scalar(*c));
}
