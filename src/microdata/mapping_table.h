#pragma once

#include <toml++/toml.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "microdata/mapping.h"

namespace canvass {

// The TOML of a mapping, or of another file that a user writes. Throws Error at name:line:column if
// it is none, or not UTF-8.
toml::table parseToml(std::string_view text, const std::string& name);

// One table of a mapping while it is read. Every access reports the location and the key if what is
// there is not what was asked for.
class MappingTable {
 public:
  // `title`: what messages call the table: "[design]", "the question".
  MappingTable(const toml::table& table, std::string file, std::string title);

  // "mapping.toml:12:3"
  const std::string& where() const { return where_; }
  const std::string& title() const { return title_; }
  std::string placeOf(std::string_view key) const;

  void rejectUnknownKeys(std::initializer_list<std::string_view> known) const;
  bool has(std::string_view key) const { return table_.contains(key); }
  bool isText(std::string_view key) const { return has(key) && find(key)->is_string(); }

  std::string text(std::string_view key) const;  // required, not empty
  std::string textOr(std::string_view key, std::string otherwise) const;
  std::optional<double> number(std::string_view key) const;
  std::vector<std::string> texts(std::string_view key) const;  // a list; required
  std::vector<double> numbers(std::string_view key) const;     // a list; required
  // A whole number of at least 1; required.
  std::size_t count(std::string_view key) const;
  // A list of numbers, texts and ranges { from = 1, to = 9 }; empty if the key is absent.
  CodeSet codes(std::string_view key) const;
  // What one option or category stands for: `code`, `codes`, or `from` and `to`. Required.
  CodeSet ownCodes() const;
  std::map<std::string, std::string> textTable(std::string_view key) const;

  // The table under the key; nothing if it is absent.
  std::optional<MappingTable> table(std::string_view key, std::string title) const;
  // The list of tables under the key; empty if it is absent.
  std::vector<MappingTable> tables(std::string_view key, const std::string& title) const;
  // The keys, in the order of the file.
  std::vector<std::string> keys() const;

  [[noreturn]] void fail(std::string_view key, const std::string& what,
                         const std::string& remedy = {}) const;

 private:
  const toml::node* find(std::string_view key) const { return table_.get(key); }
  const toml::node& require(std::string_view key) const;
  std::string place(const toml::node& node) const;
  std::string codeOf(const toml::node& node, std::string_view key) const;
  void addCode(const toml::node& node, std::string_view key, CodeSet& codes) const;
  NumberRange range() const;

  const toml::table& table_;
  std::string file_;
  std::string title_;
  std::string where_;
};

}  // namespace canvass
