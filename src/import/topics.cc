#include "import/topics.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/file.h"
#include "base/utf8.h"
#include "survey/question_number.h"
#include "text/lines.h"

namespace canvass {
namespace {

constexpr std::string_view headerLine = "first_id,last_id,topic";

// Takes what comes before the next comma off the front of `line`.
std::string_view takeField(std::string_view& line, const std::string& where) {
  const std::size_t comma = line.find(',');
  if (comma == std::string_view::npos) {
    throw Error("the line has fewer than three fields", where, fmt::format("write {}", headerLine));
  }
  const std::string_view field = line.substr(0, comma);
  line.remove_prefix(comma + 1);
  return field;
}

std::uint64_t takeNumber(std::string_view& line, const std::string& where) {
  const std::string_view field = takeField(line, where);
  const auto number = questionNumber(field);
  if (!number) throw Error(fmt::format("\"{}\" is not a question number", field), where);
  return *number;
}

// The text inside the quotes of a quoted field, where "" is one quote.
std::string unquote(std::string_view quoted, const std::string& where) {
  std::string text;
  for (std::size_t i = 1; i < quoted.size(); ++i) {
    if (quoted[i] != '"') {
      text += quoted[i];
    } else if (i + 1 == quoted.size()) {
      return text;
    } else if (quoted[++i] == '"') {
      text += '"';
    } else {
      throw Error("there is text after the closing quote", where);
    }
  }
  throw Error("a double quote is not closed", where);
}

std::string parseTopic(std::string_view field, const std::string& where) {
  if (field.starts_with('"')) return unquote(field, where);
  if (field.find_first_of(",\"") != std::string_view::npos) {
    throw Error("a topic that holds a comma or a quote must be in double quotes", where);
  }
  return std::string(field);
}

TopicRange parseRange(std::string_view line, const std::string& where) {
  TopicRange range;
  range.first = takeNumber(line, where);
  range.last = takeNumber(line, where);
  range.topic = parseTopic(line, where);
  if (range.last < range.first) {
    throw Error(fmt::format("the range {} to {} is empty", range.first, range.last), where);
  }
  if (range.topic.empty()) throw Error("the topic is empty", where);
  return range;
}

void checkOverlap(const std::vector<TopicRange>& ranges, const TopicRange& added,
                  const std::string& where) {
  for (const TopicRange& range : ranges) {
    if (added.first <= range.last && range.first <= added.last) {
      throw Error(fmt::format("question {} has two topics: {} and {}",
                              std::max(added.first, range.first), range.topic, added.topic),
                  where);
    }
  }
}

}  // namespace

std::vector<TopicRange> readTopics(const std::filesystem::path& path) {
  return parseTopics(readFile(path), path.string());
}

std::vector<TopicRange> parseTopics(std::string_view text, const std::string& name) {
  requireUtf8(text, name);
  std::vector<TopicRange> ranges;
  bool inBody = false;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string where = linePlace(name, number);
    const std::string_view line = takeLine(text);
    if (line.starts_with('#')) continue;
    if (!inBody && line != headerLine) {
      throw Error(fmt::format("the header is \"{}\"", line), where,
                  fmt::format("it must be {}", headerLine));
    }
    if (inBody) {
      TopicRange range = parseRange(line, where);
      checkOverlap(ranges, range, where);
      ranges.push_back(std::move(range));
    }
    inBody = true;
  }
  if (ranges.empty()) throw Error("the file names no topics", name);
  return ranges;
}

std::vector<std::string> applyTopics(const std::vector<TopicRange>& topics, Survey& survey) {
  std::vector<std::string> uncovered;
  for (Question& question : survey.questions) {
    const auto number = questionNumber(question.id);
    const auto range = std::find_if(topics.begin(), topics.end(), [&number](const TopicRange& one) {
      return number && one.first <= *number && *number <= one.last;
    });
    if (range == topics.end()) {
      uncovered.push_back(question.id);
    } else {
      question.topic = range->topic;
    }
  }
  return uncovered;
}

}  // namespace canvass
