#include "microdata/mapping_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/utf8.h"
#include "microdata/toml_limits.h"
#include "text/near_matches.h"

namespace canvass {
namespace {

std::string placeText(const std::string& file, const toml::source_position& at) {
  // An implicit table, such as that of [a.b] alone, has no location of its own.
  return at.line == 0 ? file : fmt::format("{}:{}:{}", file, at.line, at.column);
}

constexpr std::size_t longestToml = 1 << 25;
constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

toml::table parseToml(std::string_view text, const std::string& name) {
  if (text.size() > longestToml) {
    throw Error(fmt::format("it has {} MB, and such a file at most {}", text.size() >> 20,
                            longestToml >> 20),
                name, "check that it is the file you mean");
  }
  requireUtf8(text, name);
  if (const auto line = lineOfDeepTomlKey(text)) {
    throw Error(fmt::format("a key has more than {} parts", deepestTomlKey),
                linePlace(name, *line));
  }
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    const auto at = error.source().begin;
    throw Error(fmt::format("not valid TOML: {}", error.description()),
                fmt::format("{}:{}:{}", name, at.line, at.column));
  }
}

MappingTable::MappingTable(const toml::table& table, std::string file, std::string title)
    : table_(table), file_(std::move(file)), title_(std::move(title)) {
  where_ = place(table);
}

std::string MappingTable::place(const toml::node& node) const {
  return placeText(file_, node.source().begin);
}

std::string MappingTable::placeOf(std::string_view key) const {
  const toml::node* node = find(key);
  return node == nullptr ? where_ : place(*node);
}

void MappingTable::fail(std::string_view key, const std::string& what,
                        const std::string& remedy) const {
  throw Error(what, placeOf(key), remedy);
}

void MappingTable::rejectUnknownKeys(std::initializer_list<std::string_view> known) const {
  const std::vector<std::string> names(known.begin(), known.end());
  for (const auto& [key, node] : table_) {
    if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
    const auto near = nearMatches(key.str(), names, 1);
    throw Error(fmt::format("{} has no key \"{}\"", title_, key.str()),
                placeText(file_, key.source().begin),
                near.empty() ? fmt::format("the known keys are {}", fmt::join(names, ", "))
                             : fmt::format("did you mean \"{}\"?", near.front()));
  }
}

const toml::node& MappingTable::require(std::string_view key) const {
  const toml::node* node = find(key);
  if (node == nullptr)
    throw Error(fmt::format("{} is missing the key \"{}\"", title_, key), where_);
  return *node;
}

std::string MappingTable::text(std::string_view key) const {
  const auto* value = require(key).as_string();
  if (value == nullptr) fail(key, fmt::format("\"{}\" must be a text in quotes", key));
  if (value->get().empty()) fail(key, fmt::format("\"{}\" is empty", key));
  return value->get();
}

std::string MappingTable::textOr(std::string_view key, std::string otherwise) const {
  return has(key) ? text(key) : std::move(otherwise);
}

std::optional<double> MappingTable::number(std::string_view key) const {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto value = node->is_number() ? node->value<double>() : std::nullopt;
  if (!value || !std::isfinite(*value)) fail(key, fmt::format("\"{}\" must be a number", key));
  return value;
}

std::vector<double> MappingTable::numbers(std::string_view key) const {
  std::vector<double> all;
  const auto* list = require(key).as_array();
  if (list == nullptr) fail(key, fmt::format("\"{}\" must be a list of numbers", key));
  for (const toml::node& node : *list) {
    const auto number = node.is_number() ? node.value<double>() : std::nullopt;
    if (!number || !std::isfinite(*number)) {
      throw Error(fmt::format("\"{}\" must be a list of numbers", key), place(node));
    }
    all.push_back(*number);
  }
  return all;
}

std::size_t MappingTable::count(std::string_view key) const {
  const auto* value = require(key).as_integer();
  if (value == nullptr || value->get() < 1) {
    fail(key, fmt::format("\"{}\" must be a whole number of at least 1", key));
  }
  return static_cast<std::size_t>(value->get());
}

std::vector<std::string> MappingTable::texts(std::string_view key) const {
  std::vector<std::string> all;
  const auto* list = require(key).as_array();
  if (list == nullptr) fail(key, fmt::format("\"{}\" must be a list of texts", key));
  for (const toml::node& node : *list) {
    if (!node.is_string()) {
      throw Error(fmt::format("\"{}\" must be a list of texts", key), place(node));
    }
    all.push_back(node.as_string()->get());
  }
  return all;
}

std::map<std::string, std::string> MappingTable::textTable(std::string_view key) const {
  std::map<std::string, std::string> texts;
  const auto inner = table(key, fmt::format("\"{}\"", key));
  if (!inner) return texts;
  for (const std::string& name : inner->keys()) texts[name] = inner->text(name);
  return texts;
}

std::string MappingTable::codeOf(const toml::node& node, std::string_view key) const {
  if (const auto* text = node.as_string()) return codeText(valueOf(text->get()));
  const auto number = node.is_number() ? node.value<double>() : std::nullopt;
  if (!number || !std::isfinite(*number)) {
    throw Error(fmt::format("a code of \"{}\" is neither a number nor a text in quotes", key),
                place(node));
  }
  return numberText(*number);
}

NumberRange MappingTable::range() const {
  const NumberRange range{number("from").value_or(-infinity), number("to").value_or(infinity)};
  if (range.high < range.low) fail("from", "the range ends before it begins");
  if (!has("from") && !has("to")) {
    throw Error(fmt::format("{} has neither \"from\" nor \"to\"", title_), where_);
  }
  return range;
}

void MappingTable::addCode(const toml::node& node, std::string_view key, CodeSet& codes) const {
  if (const auto* stretch = node.as_table()) {
    const MappingTable inner(*stretch, file_, fmt::format("a range of \"{}\"", key));
    inner.rejectUnknownKeys({"from", "to"});
    codes.ranges.push_back(inner.range());
  } else {
    codes.codes.push_back(codeOf(node, key));
  }
}

CodeSet MappingTable::codes(std::string_view key) const {
  CodeSet codes;
  const toml::node* node = find(key);
  if (node == nullptr) return codes;
  const auto* list = node->as_array();
  if (list == nullptr)
    fail(key, fmt::format("\"{}\" must be a list of codes", key), "write [1, 2]");
  for (const toml::node& one : *list) addCode(one, key, codes);
  return codes;
}

CodeSet MappingTable::ownCodes() const {
  const int ways = int{has("code")} + int{has("codes")} + int{has("from") || has("to")};
  if (ways != 1) {
    throw Error(fmt::format("{} says {} which codes it stands for", title_,
                            ways == 0 ? "not" : "in more than one way"),
                where_, "write one of code = 1, codes = [1, 2], or from = 18 and to = 29");
  }
  CodeSet own;
  if (has("codes")) own = codes("codes");
  if (has("code")) addCode(*find("code"), "code", own);
  if (has("from") || has("to")) own.ranges.push_back(range());
  if (own.empty()) fail("codes", fmt::format("{} does not stand for any code", title_));
  return own;
}

std::optional<MappingTable> MappingTable::table(std::string_view key, std::string title) const {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (!node->is_table()) fail(key, fmt::format("\"{}\" must be a table", key));
  return MappingTable(*node->as_table(), file_, std::move(title));
}

std::vector<MappingTable> MappingTable::tables(std::string_view key,
                                               const std::string& title) const {
  std::vector<MappingTable> all;
  const toml::node* node = find(key);
  if (node == nullptr) return all;
  if (!node->is_array()) fail(key, fmt::format("\"{}\" must be a list of tables", key));
  for (const toml::node& one : *node->as_array()) {
    if (!one.is_table()) {
      throw Error(fmt::format("\"{}\" must be a list of tables", key), place(one));
    }
    all.emplace_back(*one.as_table(), file_, title);
  }
  return all;
}

std::vector<std::string> MappingTable::keys() const {
  std::vector<std::pair<toml::source_position, std::string>> placed;
  for (const auto& [key, node] : table_) {
    placed.emplace_back(key.source().begin, std::string(key.str()));
  }
  std::sort(placed.begin(), placed.end());
  std::vector<std::string> names;
  for (auto& [at, name] : placed) names.push_back(std::move(name));
  return names;
}

}  // namespace canvass
