#include "reliability/hostile_files.h"

#include <fmt/format.h>

namespace canvass::test {

std::string smallSurvey() {
  return R"({"canvass":"survey","version":2,"language":"en"}
{"question":{"id":"Q1","text":"Tea?","scale":"ordinal","options":[{"label":"A","text":"Yes"},{"label":"B","text":"No"}]}}
{"question":{"id":"Q2","text":"Rain?","scale":"ordinal","options":[{"label":"A","text":"Yes"},{"label":"B","text":"No"}]}}
{"population":{"id":"Peru","name":"Peru","phrase":"someone from Peru"}}
{"population":{"id":"Chile","name":"Chile","phrase":"someone from Chile"}}
{"item":{"question":"Q1","population":"Peru","distribution":[0.75,0.25],"n":120}}
{"item":{"question":"Q1","population":"Chile","distribution":[0.25,0.75],"n":120}}
{"item":{"question":"Q2","population":"Peru","distribution":[0.5,0.5],"n":120}}
{"item":{"question":"Q2","population":"Chile","distribution":[0.4,0.6],"n":120}}
)";
}

std::string smallMappingOf(const std::string& variable) {
  return "[survey]\nlanguage = \"en\"\n[[populations]]\nby = []\nname = \"all\"\n"
         "phrase = \"someone\"\nminimum = 1\n[[questions]]\nvariable = \"" +
         variable +
         "\"\ntext = \"Tea?\"\nscale = \"nominal\"\n"
         "options = [{ code = 1, text = \"yes\" }, { code = 2, text = \"no\" }]\n";
}

std::string surveyOf(std::size_t questions, std::size_t populations) {
  std::string text = "{\"canvass\":\"survey\",\"version\":2,\"language\":\"en\"}\n";
  for (std::size_t i = 0; i < questions; ++i) {
    text += fmt::format(
        R"({{"question":{{"id":"Q{0}","text":"Is number {0} good?","scale":"ordinal","options":[{{"label":"A","text":"Yes"}},{{"label":"B","text":"No"}}]}}}})"
        "\n",
        i);
  }
  for (std::size_t j = 0; j < populations; ++j) {
    text += fmt::format(
        R"({{"population":{{"id":"P{0}","name":"P{0}","phrase":"someone from P{0}","attributes":{{"country":"P{0}"}}}}}})"
        "\n",
        j);
  }
  for (std::size_t i = 0; i < questions; ++i) {
    for (std::size_t j = 0; j < populations; ++j) {
      text += fmt::format(
          R"({{"item":{{"question":"Q{}","population":"P{}","distribution":[0.75,0.25],"n":120}}}})"
          "\n",
          i, j);
    }
  }
  return text;
}

std::string mappingOfGroups(std::size_t values) {
  std::string text = "[survey]\nlanguage = \"en\"\n[attributes.g]\nvariable = \"g\"\nvalues = [";
  for (std::size_t i = 0; i < values; ++i) {
    text += fmt::format("{{ code = {0}, name = \"g{0}\" }},\n", i);
  }
  return text +
         "]\n[[populations]]\nby = [\"g\"]\nphrase = \"someone of {g}\"\nminimum = 1\n"
         "[[questions]]\nvariable = \"q\"\ntext = \"Tea?\"\nscale = \"nominal\"\n"
         "options = [{ code = 1, text = \"yes\" }, { code = 2, text = \"no\" }]\n";
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string result;
  result.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

std::string nestedLists(std::size_t depth) { return repeated("[", depth) + repeated("]", depth); }

std::string nestedObjects(std::size_t depth) {
  return repeated(R"({"a":)", depth) + "1" + repeated("}", depth);
}

}  // namespace canvass::test
