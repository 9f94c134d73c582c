#pragma once

#include <filesystem>

#include "support/test_support.h"
#include "survey/survey.h"

namespace canvass::test {

// 6 questions in 8 countries, whose answers differ.
Survey drinksSurvey();

// Models of the survey, made once for all tests: a new decoder, and an encoder with its head.
const std::filesystem::path& newModelFolder();
const std::filesystem::path& scorerFolder();

// A small encoder without a head.
std::filesystem::path encoderFolder();

}  // namespace canvass::test
