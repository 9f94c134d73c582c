#include "nn/attention.h"

#include "nn/kernel_call.h"

namespace canvass {
namespace {

using Layout = std::shared_ptr<const AttentionLayout>;

const AttentionQueries& queriesOf(const AttentionLayout& layout, Asking asking) {
  return asking == Asking::everyRow ? layout.everyRow : layout.answers;
}

kernels::AttentionBranch kernelBranch(const AttentionLayout& layout,
                                      const AttentionQueries& queries, std::size_t branch) {
  const std::size_t start = queries.branchStart[branch];
  return {layout.branches[branch].keyRows.data(), queries.rows.data() + start,
          queries.positions.data() + start,
          static_cast<std::int64_t>(queries.branchStart[branch + 1] - start)};
}

template <typename T>
kernels::AttentionTensors<T> kernelTensors(const at::Tensor& queries, const at::Tensor& keys,
                                           const at::Tensor& values, std::int64_t head,
                                           const AttentionRule& rule) {
  return {kernelData<T>(queries),
          kernelData<T>(keys),
          kernelData<T>(values),
          queries.size(1),
          keys.size(1),
          queries.size(2),
          head,
          rule.window,
          static_cast<float>(rule.scale),
          static_cast<float>(rule.cap)};
}

// A thread's own scratch memory, kept from call to call.
float* scratchFor(const AttentionLayout& layout, std::int64_t headSize) {
  thread_local std::vector<float> memory;
  const std::size_t needed = kernels::attentionScratch(layout.longestPath, headSize);
  if (memory.size() < needed) memory.resize(needed);
  return memory.data();
}

at::Tensor attend(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values,
                  const AttentionLayout& layout, Asking asking, const AttentionRule& rule,
                  OperationTimes& times) {
  const Timed timed(times.attentionSeconds);
  const AttentionQueries& asked = queriesOf(layout, asking);
  at::Tensor out =
      at::empty({queries.size(0), queries.size(1) * queries.size(2)}, queries.options());
  const auto answered = static_cast<std::int64_t>(asked.rows.size());
  if (answered < out.size(0)) out.zero_();
  const std::int64_t heads = keys.size(1);
  const auto tasks = static_cast<std::int64_t>(layout.branches.size()) * heads;
  withElementType(queries.scalar_type(), [&](auto element) {
    using T = decltype(element);
    at::parallel_for(0, tasks, 1, [&](std::int64_t begin, std::int64_t end) {
      float* scratch = scratchFor(layout, queries.size(2));
      for (std::int64_t task = begin; task < end; ++task) {
        const auto branch = kernelBranch(layout, asked, static_cast<std::size_t>(task / heads));
        if (branch.queryCount == 0) continue;
        kernels::kernelsFor<T>().attend(kernelTensors<T>(queries, keys, values, task % heads, rule),
                                        branch, kernelData<T>(out), scratch);
      }
    });
  });
  return out;
}

struct Gradients {
  at::Tensor queries, keys, values;
};

// Branches of one tree add to the same keys: a thread has a whole tree and head to itself.
Gradients attendBackward(const at::Tensor& above, const at::Tensor& queries, const at::Tensor& keys,
                         const at::Tensor& values, const AttentionLayout& layout, Asking asking,
                         const AttentionRule& rule, OperationTimes& times) {
  const Timed timed(times.attentionSeconds);
  const AttentionQueries& asked = queriesOf(layout, asking);
  Gradients out{at::zeros_like(queries), at::zeros(keys.sizes(), at::kFloat),
                at::zeros(values.sizes(), at::kFloat)};
  const std::int64_t heads = keys.size(1);
  const auto trees = static_cast<std::int64_t>(layout.treeStart.size()) - 1;
  withElementType(queries.scalar_type(), [&](auto element) {
    using T = decltype(element);
    const kernels::AttentionGradients<T> gradients{kernelData<T>(above), kernelData<T>(out.queries),
                                                   kernelData<float>(out.keys),
                                                   kernelData<float>(out.values)};
    at::parallel_for(0, trees * heads, 1, [&](std::int64_t begin, std::int64_t end) {
      float* scratch = scratchFor(layout, queries.size(2));
      for (std::int64_t task = begin; task < end; ++task) {
        const auto tensors = kernelTensors<T>(queries, keys, values, task % heads, rule);
        const auto tree = static_cast<std::size_t>(task / heads);
        for (std::size_t b = layout.treeStart[tree]; b < layout.treeStart[tree + 1]; ++b) {
          const auto branch = kernelBranch(layout, asked, b);
          if (branch.queryCount == 0) continue;
          kernels::kernelsFor<T>().attendBackward(tensors, branch, gradients, scratch);
        }
      }
    });
  });
  return out;
}

// What the backward pass needs in addition to tensors.
struct AttentionHolder : torch::CustomClassHolder {
  AttentionHolder(Layout seen, Asking asks, const AttentionRule& attends,
                  std::shared_ptr<OperationTimes> spent)
      : layout(std::move(seen)), asking(asks), rule(attends), times(std::move(spent)) {}
  Layout layout;
  Asking asking;
  AttentionRule rule;
  std::shared_ptr<OperationTimes> times;
};

class ForestAttention : public torch::autograd::Function<ForestAttention> {
 public:
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& queries,
                            const at::Tensor& keys, const at::Tensor& values,
                            const c10::intrusive_ptr<AttentionHolder>& held) {
    context->save_for_backward({queries, keys, values});
    context->saved_data["held"] = c10::IValue::make_capsule(held);
    return attend(queries, keys, values, *held->layout, held->asking, held->rule, *held->times);
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto capsule = context->saved_data["held"].toCapsule();
    const auto& held = *static_cast<AttentionHolder*>(capsule.get());
    const auto type = saved[0].scalar_type();
    const Gradients out = attendBackward(gradients[0].contiguous(), saved[0], saved[1], saved[2],
                                         *held.layout, held.asking, held.rule, *held.times);
    return {out.queries, out.keys.to(type), out.values.to(type), at::Tensor()};
  }
};

}  // namespace

at::Tensor forestAttention(const at::Tensor& queries, const at::Tensor& keys,
                           const at::Tensor& values, const Layout& layout, Asking asking,
                           const AttentionRule& rule, const ExecutionContext& context) {
  return ForestAttention::apply(
      queries.contiguous(), keys.contiguous(), values.contiguous(),
      c10::make_intrusive<AttentionHolder>(layout, asking, rule, context.times));
}

}  // namespace canvass
