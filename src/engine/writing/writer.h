#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/progress.h"
#include "engine/forest/forest.h"
#include "engine/language_model.h"
#include "engine/writing/token_sampler.h"

namespace canvass {

// A model writes texts: prompts are read as a forest, and every text continues from what its prompt
// left in the key-value cache, many at a time.

struct WritingTask {
  std::vector<TokenId> prompt;  // not empty
  // Of the random numbers: a text depends on the seed, this name and which sample it is, not on
  // what is written alongside it.
  std::string name;
};

struct WritingOptions {
  SamplingOptions sampling = {};
  std::size_t samples = 1;              // texts of each task
  std::size_t maxTokens = 32;           // of each text
  std::vector<std::string> stops = {};  // a text ends before the first of these
  std::uint64_t seed = 0;
  ForestOptions forest = {};
  std::size_t textsAtOnce = 256;  // that one worker continues at a time: more takes more memory
};

enum class TextEnd {
  endToken,   // the model ended it
  stop,       // one of the stops was written
  maxTokens,  // it was cut off
};

struct WrittenText {
  std::string text;
  std::size_t tokens = 0;  // written, not counting the end token
  TextEnd end = TextEnd::maxTokens;
};

// Takes the texts of one task, in the order of the samples; with no concurrent calls.
using TextSink = std::function<void(std::size_t task, std::vector<WrittenText>)>;

// The cost of writing.
struct WritingWork {
  std::size_t tasks = 0;
  std::size_t promptTokens = 0;   // computed, after sharing
  std::size_t writtenTokens = 0;  // of all texts
  double seconds = 0.0;
};

// Writes the texts of all tasks, in no particular order of tasks. Stops early if progress requests
// it. Throws Error naming the task if prompt and text together are longer than the model's
// positions.
WritingWork writeTexts(const TextSink& sink, const LanguageModel& model,
                       const std::vector<WritingTask>& tasks, const WritingOptions& options,
                       Progress& progress);

}  // namespace canvass
