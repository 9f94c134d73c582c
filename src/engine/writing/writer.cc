#include "engine/writing/writer.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <utility>

#include "base/error.h"
#include "base/stopwatch.h"
#include "engine/forest/forest_plan.h"
#include "engine/forest/pack.h"
#include "model/decoder.h"
#include "model/key_value_cache.h"

namespace canvass {
namespace {

// Rows of logits held at once: one of a large vocabulary is half a megabyte.
constexpr std::int64_t sampledRows = 32;

// Calls take(row, logits) for each row of states, in order. Vocabularies are often padded past the
// tokenizer's tokens: those beyond cannot be written.
template <typename Take>
void forEachLogits(const LanguageModel& model, const at::Tensor& states, const Take& take) {
  const Decoder& decoder = *model.decoder;
  const std::size_t vocabulary = model.tokenizer->vocabularySize();
  for (std::int64_t first = 0; first < states.size(0); first += sampledRows) {
    const std::int64_t rows = std::min(sampledRows, states.size(0) - first);
    const at::Tensor logits = decoder.logits(states.narrow(0, first, rows)).to(at::kCPU);
    const auto size = std::min(static_cast<std::size_t>(logits.size(1)), vocabulary);
    for (std::int64_t row = 0; row < rows; ++row) {
      const float* data = logits.data_ptr<float>() + row * logits.stride(0);
      take(static_cast<std::size_t>(first + row), std::span<const float>(data, size));
    }
  }
}

// A text while it is being written.
struct Draft {
  std::size_t answer;  // which answer of the forest it continues from
  std::size_t sample;
  RandomStream random;
  std::vector<std::int32_t> path;  // the cache's rows it attends to
  std::vector<TokenId> tokens;     // the last one not yet read
  bool ended = false;
  WrittenText written = {};
};

// Turns tokens into text, following some of the prompt's: a tokenizer may write a first token
// differently.
class Continuation {
 public:
  Continuation(const Tokenizer& tokenizer, const std::vector<TokenId>& prompt)
      : tokenizer_(tokenizer),
        context_(prompt.end() - static_cast<std::ptrdiff_t>(
                                    std::min<std::size_t>(prompt.size(), contextTokens)),
                 prompt.end()),
        before_(tokenizer.decode(context_)) {}

  std::string text(const std::vector<TokenId>& tokens) const {
    std::vector<TokenId> all = context_;
    all.insert(all.end(), tokens.begin(), tokens.end());
    const std::string whole = tokenizer_.decode(all);
    return whole.starts_with(before_) ? whole.substr(before_.size()) : tokenizer_.decode(tokens);
  }

 private:
  static constexpr std::size_t contextTokens = 8;
  const Tokenizer& tokenizer_;
  std::vector<TokenId> context_;
  std::string before_;
};

// Where the first of the stops begins; npos if none was written.
std::size_t findStop(const std::string& text, const std::vector<std::string>& stops) {
  std::size_t first = std::string::npos;
  for (const std::string& stop : stops) first = std::min(first, text.find(stop));
  return first;
}

// The rows of a forest from the root of an answer's prompt down to the answer.
std::vector<std::int32_t> pathTo(const Forest& forest, std::int32_t row) {
  std::vector<std::int32_t> path;
  for (; row >= 0; row = forest.parents[static_cast<std::size_t>(row)]) path.push_back(row);
  std::reverse(path.begin(), path.end());
  return path;
}

// Writes the texts of all tasks of one forest.
class ForestWriter {
 public:
  ForestWriter(const LanguageModel& model, const std::vector<WritingTask>& tasks,
               const WritingOptions& options, const Forest& forest)
      : model_(model), tasks_(tasks), options_(options), forest_(forest), cache_(makeCache()) {}

  // By answer of the forest, then by sample.
  std::vector<std::vector<WrittenText>> write() {
    std::vector<Draft> drafts = begin();
    std::vector<Draft*> open;
    for (std::size_t first = 0; first < drafts.size(); first += options_.textsAtOnce) {
      const std::size_t end = std::min(drafts.size(), first + options_.textsAtOnce);
      cache_.truncate(static_cast<std::int64_t>(forest_.tokens.size()));
      open.clear();
      for (std::size_t i = first; i < end; ++i) open.push_back(&drafts[i]);
      finish(open);
    }
    std::vector<std::vector<WrittenText>> texts(forest_.slots.size());
    for (Draft& draft : drafts) texts[draft.answer].push_back(std::move(draft.written));
    return texts;
  }

 private:
  KeyValueCache makeCache() const {
    const std::size_t drafts =
        std::min(forest_.slots.size() * options_.samples, options_.textsAtOnce);
    const std::size_t capacity = forest_.tokens.size() + drafts * options_.maxTokens;
    return KeyValueCache(model_.decoder->config(), static_cast<std::int64_t>(capacity),
                         model_.decoder->computeType(), model_.decoder->device());
  }

  const WritingTask& taskOf(std::size_t answer) const {
    return tasks_[forest_.slots[answer].prompt];
  }

  // Reads the prompts and draws every text's first token.
  std::vector<Draft> begin() {
    const at::Tensor states = model_.decoder->answerStates(pack(forest_), &cache_);
    std::vector<Draft> drafts;
    forEachLogits(model_, states, [&](std::size_t answer, std::span<const float> logits) {
      const auto path = pathTo(forest_, forest_.answerRows[answer]);
      for (std::size_t sample = 0; sample < options_.samples; ++sample) {
        const std::string stream = fmt::format("text {} of {}", sample, taskOf(answer).name);
        drafts.push_back({answer, sample, RandomStream(options_.seed, stream), path, {}});
        add(drafts.back(), logits);
      }
    });
    return drafts;
  }

  // Continues all of them until each has ended.
  void finish(std::vector<Draft*>& open) {
    std::erase_if(open, [](const Draft* draft) { return draft->ended; });
    while (!open.empty()) {
      std::vector<NextToken> next;
      for (Draft* draft : open) {
        draft->path.push_back(static_cast<std::int32_t>(cache_.rows()) +
                              static_cast<std::int32_t>(next.size()));
        next.push_back({draft->tokens.back(), &draft->path});
      }
      const at::Tensor states = model_.decoder->answerStates(packNext(next), &cache_);
      forEachLogits(model_, states, [&](std::size_t row, std::span<const float> logits) {
        add(*open[row], logits);
      });
      std::erase_if(open, [](const Draft* draft) { return draft->ended; });
    }
  }

  // Draws one more token, and ends the text if it is complete.
  void add(Draft& draft, std::span<const float> logits) {
    const TokenId token = sampleToken(logits, options_.sampling, draft.random);
    const auto& ends = model_.endTokens;
    if (std::find(ends.begin(), ends.end(), token) != ends.end()) {
      return end(draft, TextEnd::endToken);
    }
    draft.tokens.push_back(token);
    if (!options_.stops.empty() && findStop(textOf(draft), options_.stops) != std::string::npos) {
      return end(draft, TextEnd::stop);
    }
    if (draft.tokens.size() >= options_.maxTokens) end(draft, TextEnd::maxTokens);
  }

  void end(Draft& draft, TextEnd why) const {
    draft.ended = true;
    std::string text = textOf(draft);
    text.resize(std::min(text.size(), findStop(text, options_.stops)));
    draft.written = {std::move(text), draft.tokens.size(), why};
  }

  std::string textOf(const Draft& draft) const {
    return Continuation(*model_.tokenizer, taskOf(draft.answer).prompt).text(draft.tokens);
  }

  const LanguageModel& model_;
  const std::vector<WritingTask>& tasks_;
  const WritingOptions& options_;
  const Forest& forest_;
  KeyValueCache cache_;
};

void checkLengths(const LanguageModel& model, const std::vector<WritingTask>& tasks,
                  const WritingOptions& options) {
  const auto limit = static_cast<std::size_t>(model.decoder->config().maxPositions);
  for (const WritingTask& task : tasks) {
    if (task.prompt.size() + options.maxTokens <= limit) continue;
    throw Error(
        fmt::format("a prompt of {} tokens leaves no room for {} more: the model reads at most {}",
                    task.prompt.size(), options.maxTokens, limit),
        task.name, "ask for shorter texts");
  }
}

}  // namespace

WritingWork writeTexts(const TextSink& sink, const LanguageModel& model,
                       const std::vector<WritingTask>& tasks, const WritingOptions& options,
                       Progress& progress) {
  checkLengths(model, tasks, options);
  std::vector<ForestPrompt> prompts;
  for (const WritingTask& task : tasks) prompts.push_back(answeredAtEnd(task.prompt));
  const Stopwatch watch;
  WritingWork work;
  const ForestPlan plan = planForests(prompts, options.forest, model.decoder->threads());
  progress.update(0, tasks.size(), "");
  std::size_t next = 0;
  std::mutex mutex;  // over everything above and what the caller gave
  runWorkers(plan.workers, [&](std::size_t) {
    const c10::NoGradGuard noGradients;
    std::unique_lock lock(mutex);
    while (next < plan.forests.size() && !progress.stopRequested()) {
      const Forest& forest = plan.forests[next++];
      lock.unlock();
      auto texts = ForestWriter(model, tasks, options, forest).write();
      lock.lock();
      work.promptTokens += forest.tokens.size();
      for (std::size_t answer = 0; answer < texts.size(); ++answer) {
        for (const WrittenText& text : texts[answer]) work.writtenTokens += text.tokens;
        sink(forest.slots[answer].prompt, std::move(texts[answer]));
        ++work.tasks;
      }
      progress.update(work.tasks, tasks.size(), "");
    }
  });
  work.seconds = watch.seconds();
  return work;
}

}  // namespace canvass
