#include "prompt/template_file.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <initializer_list>

#include "base/error.h"

namespace canvass {
namespace {

// Reads the parts of a file and reports each fault with its location.
class TemplateReader {
 public:
  TemplateReader(std::string_view text, std::string where)
      : text_(text), where_(std::move(where)) {}

  TemplateFile read() {
    const toml::table table = parse();
    rejectUnknownKeys(table, "a template",
                      {"description", "reads", "evidence", "labels", "wording"});
    TemplateFile file;
    file.description = text(table, "a template", "description");
    file.reading = reading(table);
    if (table.contains("evidence")) file.evidence = count(table, "evidence", 100);
    file.labels = labels(table);
    file.wordings = wordings(table);
    return file;
  }

 private:
  toml::table parse() const {
    try {
      return toml::parse(text_);
    } catch (const toml::parse_error& error) {
      throw Error(std::string(error.description()), placeOf(error.source().begin),
                  "docs/templates.md shows the form");
    }
  }

  std::string placeOf(const toml::source_position& at) const {
    return at.line == 0 ? where_ : fmt::format("{}:{}:{}", where_, at.line, at.column);
  }
  [[noreturn]] void fail(const toml::node& node, const std::string& what,
                         const std::string& remedy = {}) const {
    throw Error(what, placeOf(node.source().begin), remedy);
  }

  void rejectUnknownKeys(const toml::table& table, const char* title,
                         std::initializer_list<std::string_view> known) const {
    for (const auto& [key, node] : table) {
      if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
      throw Error(fmt::format("{} has no key \"{}\"", title, key.str()),
                  placeOf(key.source().begin),
                  fmt::format("the known keys are {}", fmt::join(known, ", ")));
    }
  }

  const toml::node& require(const toml::table& table, const char* title, const char* key) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) fail(table, fmt::format("{} is missing the key \"{}\"", title, key));
    return *node;
  }
  std::string text(const toml::table& table, const char* title, const char* key) const {
    const toml::node& node = require(table, title, key);
    if (!node.is_string()) fail(node, fmt::format("\"{}\" must be a text in quotes", key));
    return node.as_string()->get();
  }

  Reading reading(const toml::table& table) const {
    const toml::node* node = table.get("reads");
    if (node == nullptr) return Reading::firstToken;
    const std::string word = node->value_or(std::string());
    if (word == "first-token") return Reading::firstToken;
    if (word == "percentages") return Reading::percentages;
    fail(*node, "\"reads\" is how the answer is read", "write \"first-token\" or \"percentages\"");
  }

  // A whole number from 1 to `max`.
  std::size_t count(const toml::table& table, const char* key, std::int64_t max) const {
    const toml::node& node = *table.get(key);
    const auto* number = node.as_integer();
    if (number == nullptr || number->get() < 1 || number->get() > max) {
      fail(node, fmt::format("\"{}\" must be a whole number from 1 to {}", key, max));
    }
    return static_cast<std::size_t>(number->get());
  }

  std::vector<std::string> labels(const toml::table& table) const {
    std::vector<std::string> all;
    const toml::node* node = table.get("labels");
    if (node == nullptr) return all;
    const auto* list = node->as_array();
    if (list == nullptr) fail(*node, "\"labels\" must be a list of texts", "write [\"1\", \"2\"]");
    for (const toml::node& label : *list) {
      const std::string one = label.value_or(std::string());
      if (!label.is_string() || one.empty()) fail(label, "a label must be a text, not empty");
      if (std::find(all.begin(), all.end(), one) != all.end()) {
        fail(label, fmt::format("the label \"{}\" appears twice", one));
      }
      all.push_back(one);
    }
    return all;
  }

  std::vector<Wording> wordings(const toml::table& table) const {
    const toml::node& node = require(table, "a template", "wording");
    if (!node.is_table() || node.as_table()->empty()) {
      fail(node, "\"wording\" holds the turns of each language", "write [[wording.en]]");
    }
    std::vector<Wording> all;
    for (const auto& [language, turns] : *node.as_table()) {
      all.push_back(wording(std::string(language.str()), turns));
    }
    return all;
  }

  Wording wording(const std::string& language, const toml::node& node) const {
    const auto* turns = node.as_array();
    if (turns == nullptr || turns->empty()) {
      fail(node, fmt::format("the wording in \"{}\" is not a list of turns", language),
           fmt::format("begin each turn with [[wording.{}]]", language));
    }
    Wording wording{language, {}};
    for (const toml::node& one : *turns) {
      if (!one.is_table()) fail(one, "a turn must be a table with role and text");
      wording.turns.push_back(turn(*one.as_table()));
    }
    if (wording.turns.back().role != "assistant") {
      fail(turns->back(), "the last turn is not the assistant's",
           "end in a turn with role = \"assistant\" whose text opens the answer; it may be empty");
    }
    const auto written = std::count_if(wording.turns.begin(), wording.turns.end(),
                                       [](const TurnText& turn) { return turn.writes > 0; });
    if (written > 1 || wording.turns.back().writes > 0) {
      fail(node, "the model may write in one turn, before the one that opens the answer");
    }
    if (wording.turns.size() == 1) {
      fail(node, "there is no turn before the answer", "ask something in a user turn");
    }
    return wording;
  }

  TurnText turn(const toml::table& table) const {
    rejectUnknownKeys(table, "a turn", {"role", "text", "writes"});
    const std::string role = text(table, "a turn", "role");
    if (role != "system" && role != "user" && role != "assistant") {
      fail(*table.get("role"), fmt::format("there is no role \"{}\"", role),
           "write \"system\", \"user\" or \"assistant\"");
    }
    TurnText turn{role, text(table, "a turn", "text"), lineOfText(*table.get("text"))};
    if (table.contains("writes")) turn.writes = count(table, "writes", 1'000'000);
    if (turn.writes > 0 && role != "assistant") {
      fail(*table.get("writes"), "only the assistant's turns are written by the model");
    }
    return turn;
  }

  // A text in three quotes begins on the next line if nothing follows the quotes.
  std::size_t lineOfText(const toml::node& node) const {
    const auto at = node.source().begin;
    std::size_t begin = 0;
    for (std::size_t line = 1; line < at.line; ++line) begin = text_.find('\n', begin) + 1;
    const std::string_view rest = text_.substr(begin, text_.find('\n', begin) - begin);
    const bool opens = rest.find_last_not_of(" \t\r") != std::string_view::npos &&
                       (rest.substr(0, rest.find_last_not_of(" \t\r") + 1).ends_with("\"\"\"") ||
                        rest.substr(0, rest.find_last_not_of(" \t\r") + 1).ends_with("'''"));
    return at.line + (opens ? 1 : 0);
  }

  std::string_view text_;
  std::string where_;
};

}  // namespace

TemplateFile parseTemplateFile(std::string_view text, const std::string& where) {
  return TemplateReader(text, where).read();
}

}  // namespace canvass
