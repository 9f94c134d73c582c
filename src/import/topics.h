#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "survey/survey.h"

namespace canvass {

// The questions numbered first..last are on this topic.
struct TopicRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::string topic;
};

// A CSV file with the header line first_id,last_id,topic; a topic that contains a comma is in
// double quotes. Lines that start with # are comments. Throws Error naming file:line for a
// different header, numbers that are not whole or not in order, an empty topic or ranges that
// overlap.
std::vector<TopicRange> readTopics(const std::filesystem::path& path);
std::vector<TopicRange> parseTopics(std::string_view text, const std::string& name);

// Gives each question the topic of the range that its number is in; ids are numbers with or
// without a leading Q: "164", "Q164". Returns the ids of the questions that no range covers: their
// topics stay as they are.
std::vector<std::string> applyTopics(const std::vector<TopicRange>& topics, Survey& survey);

}  // namespace canvass
