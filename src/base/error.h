#pragma once

#include <stdexcept>
#include <string>

namespace canvass {

// The one exception that canvass throws for anything a user can cause or cure.
// The message says where (file, line or record), what is wrong, and what to do about it.
class Error : public std::runtime_error {
 public:
  // `what`: the fault in one sentence, without a trailing full stop.
  // `where`: "file:line", "file, record 12" or empty.
  // `remedy`: what the user can do; empty where `what` already says it.
  explicit Error(const std::string& what, const std::string& where = {},
                 const std::string& remedy = {});
};

// "file, record 12": records are counted from 1, as a person counts them.
std::string recordPlace(const std::string& file, std::size_t record);
// "file:12": lines are counted from 1.
std::string linePlace(const std::string& file, std::size_t line);

}  // namespace canvass
