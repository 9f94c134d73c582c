#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "microdata/readstat/statistics_file.h"

namespace canvass {

// What canvass-readstat sends, and how it is read. A frame is a letter for its kind (variables,
// record, error), then its content: numbers as they are in memory, texts preceded by their size.

std::string variablesFrame(const StatisticsContent& content);
std::string recordFrame(const std::vector<Value>& values);
std::string errorFrame(const Error& error);

// Both throw the Error that the frame holds, if it holds one, and Error without a location if it is
// of another kind or damaged.
StatisticsContent variablesFromFrame(std::string_view frame);
// `values`: as many as were asked for; their texts point into the frame.
void recordFromFrame(std::string_view frame, std::vector<Value>& values);

}  // namespace canvass
