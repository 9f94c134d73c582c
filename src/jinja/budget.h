#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// What a template may cost. A chat template is a program that a stranger wrote into a model's
// folder: it must end soon, in little memory, and with the stack whole. Every limit of the
// interpreter is here. Real templates stay far below each of them: a conversation of 100 messages
// takes some 60,000 steps.
namespace canvass::jinja {

class Value;

// The text of a template. The longest chat templates in use have 30,000 bytes; one of this length
// is read in half a second and 100 MB.
inline constexpr std::size_t kMaxTemplateBytes = std::size_t{1} << 20;
// Brackets and blocks inside of each other: reading them recurses, some ten calls each.
inline constexpr int kMaxWrittenDepth = 200;
// Expressions inside of each other, where a chain such as a.b.c or 1 + 2 + 3 nests too: to free
// them recurses.
inline constexpr int kMaxExpressionHeight = 500;

// Of a macro, and arguments of a call that have a name: each is compared with all others.
inline constexpr std::size_t kMaxParameters = 1000;

// Steps of one rendering, the currency of time and memory: each takes at most about 100 ns and
// leaves at most about 48 bytes behind.
inline constexpr std::uint64_t kMaxSteps = 4'000'000;
inline constexpr std::uint64_t kStepsOfEvaluation = 10;  // of an expression or a body
inline constexpr std::uint64_t kStepsOfTurn = 30;        // of a loop, with its `loop`
inline constexpr std::uint64_t kStepsOfCall = 10;        // of a filter or a test
inline constexpr std::uint64_t kStepsOfScope = 50;       // that outlives its block
inline constexpr std::uint64_t kStepsOfComparison = 2;   // of two values
inline constexpr std::uint64_t kStepsOfItem = 1;         // copied into a list
inline constexpr std::size_t kBytesOfStep = 48;          // of a text that is made or copied
inline constexpr std::size_t kBytesOfReadingStep = 16;   // of one that is read by characters

// Of one text, and of all that is written: a prompt of four million tokens.
inline constexpr std::size_t kMaxTextBytes = std::size_t{16} << 20;
// Of one list.
inline constexpr std::size_t kMaxItems = 1'000'000;
// As in Jinja's sandbox.
inline constexpr std::int64_t kMaxRange = 100'000;
// Calls, blocks and expressions inside of each other while they run: a macro that calls itself
// would exhaust the stack.
inline constexpr int kMaxRunningDepth = 2000;
// Lists and dictionaries inside of each other: printing, comparing and freeing them recurses.
inline constexpr int kMaxValueDepth = 500;
// Bytes that a message shows of what the template says, which may be a whole text.
inline constexpr std::size_t kMaxMessageBytes = 1000;

// The steps of the rendering that runs in this thread, for as long as the object lives. Operators,
// filters and methods are functions of values alone, as Python's are: what they spend is counted
// here instead of in a parameter that each of them would have to pass on.
class Budget {
 public:
  Budget();
  ~Budget();
  Budget(const Budget&) = delete;
  Budget& operator=(const Budget&) = delete;

  // Throws Failure if none are left.
  void spend(std::uint64_t steps);

 private:
  Budget* outer_;
  std::uint64_t spent_ = 0;
};

// All throw Failure if the rendering that runs has no more steps for it. Outside of one, where
// values come from canvass itself, they cost nothing.
void spend(std::uint64_t steps);
// For a text of so many bytes, made or copied.
void spendOnText(std::size_t bytes);
// For a text of so many bytes, read character by character.
void spendOnCharacters(std::size_t bytes);
// For a copy of the value: the bytes of its text.
void spendOnCopy(const Value& value);

// Throw Failure if a text or a list would be too large.
void requireTextSize(std::uint64_t bytes);
void requireListSize(std::uint64_t items);
// text += more, within the budget. Throws Failure if the text grows too large.
void append(std::string& text, std::string_view more);

}  // namespace canvass::jinja
